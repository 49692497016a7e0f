"""The checkers of pages in JavaScript and Java: axe-core, HTML_CodeSniffer, the Nu HTML checker, Lighthouse.

`make test` installs them beside this file from package-lock.json; where that is not possible their tests are skipped
with the reason (and fail where CI is set).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent / "node_modules"
AXE = HERE / "axe-core/axe.min.js"
SNIFFER = HERE / "html_codesniffer/build/HTMLCS.js"
VNU = HERE / "vnu-jar/build/dist/vnu.jar"
LIGHTHOUSE = HERE / ".bin/lighthouse"

# axe takes joined Arabic letters for the ligatures of an icon font and does not judge their contrast. Latin letters in
# their place, in the same boxes and colours, are judged.
AS_LATIN = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/[\u0600-\u06ff\u200c]/g, "a");
}"""
RUN_AXE = "async (options) => (await axe.run(document, options)).violations"
RUN_SNIFFER = """() => new Promise((tell) => HTMLCS.process("WCAG2AA", document, () => tell(
  HTMLCS.getMessages().filter((m) => m.type === HTMLCS.ERROR).map((m) => `${m.code}: ${m.msg} ${m.element.outerHTML}`)
)))"""


def missing() -> str:
    """Why the judges cannot be asked, `""` when they can."""
    absent = [str(path.name) for path in (AXE, SNIFFER, VNU, LIGHTHOUSE) if not path.exists()]
    absent += [program for program in ("node", "java") if not shutil.which(program)]
    return f"not installed: {', '.join(absent)} (npm packages of tests/browser/checkers)" if absent else ""


def axe(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA and its own best practices, one line each."""
    page.evaluate(_source(AXE))
    return _told(page.evaluate(RUN_AXE, {"resultTypes": ["violations"]}))


def contrast(page: Page) -> list[str]:
    """What axe-core finds in the colours once its blindness for Arabic is overcome; changes the page's letters."""
    page.evaluate(AS_LATIN)
    return _told(page.evaluate(RUN_AXE, {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}))


def sniffer(page: Page) -> list[str]:
    """The errors that HTML_CodeSniffer, pa11y's engine, finds against WCAG 2 AA."""
    page.evaluate(_source(SNIFFER))
    return [str(message)[:400] for message in page.evaluate(RUN_SNIFFER)]


def markup(files: Iterable[Path]) -> list[str]:
    """Errors and warnings of the Nu HTML checker in these files, one line each."""
    command = ["java", "-jar", str(VNU), "--format", "json", "--exit-zero-always", *map(str, files)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(answer.stderr)["messages"]
    return [f"{Path(m['url']).name}:{m.get('lastLine')} {m['message']} {m.get('extract', '')}" for m in messages]


def lighthouse(address: str, language: str, categories: Iterable[str], device: str = "mobile") -> dict[str, int]:
    """Lighthouse's score of each category, 0 to 100, for the page at this address in Debian's Chromium.

    `language`: what the browser asks for; a page in a chosen one is not for robots, who have its address without.
    `device`: `mobile`, a telephone on a slow line, or `desktop`. A run that asks to be made again, for the browser gave
    it no trace of the page, is made again.
    """
    preset = ["--preset=desktop"] if device == "desktop" else []
    command = [
        str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--only-categories={','.join(categories)}",
        f"--extra-headers={json.dumps({'Accept-Language': language})}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu", *preset,
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": "/usr/bin/chromium"}
    for _try in range(5):
        answer = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if answer.returncode == 0 or "Please run Lighthouse again" not in answer.stderr:
            break
    if answer.returncode:
        raise RuntimeError(answer.stderr)
    scores: dict[str, Any] = json.loads(answer.stdout)["categories"]
    return {name: round(category["score"] * 100) for name, category in scores.items()}


def _told(violations: list[dict[str, Any]]) -> list[str]:
    return [f"{v['id']}: {v['help']} {[node['html'][:160] for node in v['nodes'][:3]]}" for v in violations]


@cache
def _source(path: Path) -> str:
    """The script as an expression that leaves nothing behind to be sent back to the test."""
    return f"{path.read_text('utf-8')};undefined"
