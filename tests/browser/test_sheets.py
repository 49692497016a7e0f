"""Style sheets lose their comments and blanks on the way to readers, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib import admin

from tests.browser.conftest import Reader

ROOT = Path(__file__).resolve().parents[2]
SHEETS = {sheet.name: sheet for sheet in (ROOT / "static/css").glob("*.css")}
SHEETS["base.css"] = Path(admin.__file__).parent / "static/admin/css/base.css"  # Django's own, of the desk

# Rules as a browser understands them. The names of files, which tell their content when they are collected, are left
# out, and the blanks after commas: it keeps them in the value of a custom property, where they say nothing.
RULES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return Array.from(sheet.cssRules, rule => rule.cssText.replace(/url\\([^)]*\\)/g, "url()").replace(/,\\s+/g, ","));
}"""


@pytest.mark.parametrize("name", SHEETS)
def test_a_browser_reads_the_same_rules_in_what_is_sent_and_what_was_written(
    reader: Callable[..., Reader], name: str
) -> None:
    page = reader("en", scripts=True).open("/admin/login/" if name in {"admin.css", "base.css"} else "/")
    sent = page.locator(f"link[rel=stylesheet][href*='/{name.removesuffix('.css')}.']").get_attribute("href")
    assert sent
    answer = page.request.get(page.evaluate("href => new URL(href, location).href", sent))
    assert answer.ok and "/*" not in answer.text()
    rules = page.evaluate(RULES, answer.text())
    assert rules and rules == page.evaluate(RULES, SHEETS[name].read_text("utf-8"))
