"""What the archive is made of is pinned, known by licence and bill of materials, and read without running it."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from detect_secrets import SecretsCollection
from detect_secrets.settings import transient_settings

from config.installing import WITHOUT_WHEEL
from tests.test_repository import ROOT, TRACKED
from tools import supply

PINNED = supply.pinned(ROOT / "requirements.txt")


def test_every_package_is_pinned_with_digests_and_comes_as_a_wheel() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text("utf-8").partition("\n")[2])
        named = [block for block in blocks if supply.PINNED.match(block)]
        assert len(named) > 30 and all("--hash=sha256:" in block for block in named)
    assert '"--require-hashes", "--only-binary", ":all:"' in (ROOT / "config/installing.py").read_text("utf-8")
    pinned = "".join(path.read_text("utf-8") for path in ROOT.glob("requirements*.txt"))
    assert all(f"\n{name}==" in pinned for name in WITHOUT_WHEEL)


def test_the_bill_of_materials_names_what_is_pinned_with_its_digests(tmp_path: Path) -> None:
    place = tmp_path / "sbom.json"
    command = [Path(sys.executable).parent / "cyclonedx-py", "requirements", "--output-reproducible", "--of", "JSON"]
    subprocess.run([*command, "-o", place, ROOT / "requirements.txt"], check=True, capture_output=True, timeout=120)
    bill = json.loads(place.read_text("utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    assert {one["name"].lower() for one in bill["components"]} == {name.lower() for name in PINNED}
    digests = [one.get("hashes") or one.get("externalReferences") for one in bill["components"]]
    assert all(digests)


def test_the_page_of_licences_is_that_of_what_is_installed_and_each_package_tells_one() -> None:
    assert (ROOT / "docs/licences.md").read_text("utf-8") == supply.licence_page()
    rows = supply.licence_rows(PINNED)
    assert len(rows) > 30 and [name for name, told in rows.items() if not told] == []
    assert [name for name, told in rows.items() if re.search(r"\bA?GPL|Affero", told) and "LGPL" not in told] == []


@pytest.mark.parametrize(
    ("report", "status", "said"),
    [
        (None, 3, "not run"),
        ({"dependencies": []}, 3, "not run"),
        ({"dependencies": [{"name": "a", "skip_reason": "unknown"}]}, 3, "not run: 1 of 1"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, 0, "1 packages, no known weakness"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}]}]}, 1, "a 1: CVE-1"),
    ],
)
def test_weaknesses_that_could_not_be_asked_for_are_told_as_not_run(report: object, status: int, said: str) -> None:
    told = supply.verdict(report)  # type: ignore[arg-type]
    assert told[0] == status and said in told[1][0]


KINDS = (
    "AWSKeyDetector", "AzureStorageKeyDetector", "GitHubTokenDetector", "GitLabTokenDetector", "JwtTokenDetector",
    "NpmDetector", "OpenAIDetector", "PrivateKeyDetector", "PypiTokenDetector", "SendGridDetector", "SlackDetector",
    "StripeDetector", "TelegramBotTokenDetector",
)  # fmt: skip
LARGEST = 300_000  # bytes: what is longer is data of articles


def secrets_in(*paths: Path) -> list[str]:
    with transient_settings({"plugins_used": [{"name": kind} for kind in KINDS]}):
        found = SecretsCollection()
        for path in paths:
            found.scan_file(str(path))
    return sorted({f"{place}: {one.type}" for place, one in found})


def test_no_key_or_token_is_tracked(tmp_path: Path) -> None:
    laid = tmp_path / "key.pem"
    laid.write_text(f"-----BEGIN RSA {'PRIVATE'} KEY-----\nMIIE\n")
    assert secrets_in(laid) == [f"{laid}: Private Key"]
    words = {
        ".py",
        ".md",
        ".yml",
        ".yaml",
        ".toml",
        ".in",
        ".sh",
        ".conf",
        ".service",
        ".example",
        ".json",
        ".html",
        "",
    }
    paths = [path for path in TRACKED if path.is_file() and path.suffix in words and path.stat().st_size < LARGEST]
    assert len(paths) > 500
    assert secrets_in(*paths) == []


READERS = {"load", "loads", "Unpickler"}


def test_what_reads_pickles_is_guarded() -> None:
    """A subclass that says what may be named is a guard."""
    found = set()
    for path in [*ROOT.glob("archive/**/*.py"), *ROOT.glob("search/**/*.py"), *ROOT.glob("config/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in READERS and ast.unparse(called.value) == "pickle":
                found.add(str(path.relative_to(ROOT)))
            if isinstance(node, ast.ImportFrom) and node.module in {"pickle", "dill", "shelve", "marshal"}:
                found.add(str(path.relative_to(ROOT)))
    assert not found, "docs/adr/0026-pickles.md"
