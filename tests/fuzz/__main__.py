"""`python -m tests.fuzz TARGET --seconds 60`: let atheris look for an input that breaks a claim."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tests

TARGETS = ("analyzer", "parser", "dates", "matcher", "highlighter", "extraction", "recognition")
SEEDS = tests.CAPTURES
INSTALL = """atheris is not installed. It is needed here alone, and has wheels for Linux and macOS:

    python -m pip install --target /tmp/atheris atheris
    PYTHONPATH=/tmp/atheris python -m tests.fuzz analyzer --seconds 60

The same claims are tried on random inputs by `pytest tests/unit -k fuzz`, which needs nothing more."""
WORDS = (
    "خلف‌اف", "خلفوف", "می کند", "عبد الله", "وزير الخارجية", "آذربایجان شرقی", "المملكة", "عمان", "۱۲ مهر ۱۴۰۲",
    "26 اكتوبر 2020", "الموافق", "هـ", "title:", "عنوان:", "country:", "date:", "2019..2020", " OR ", " AND ", " -",
    "«", "»", "\"", "*", "~2", "\u200c", "\u200f", "\u202e", "\u0640", "\u0651", "\ufefb", "\ufdfd", "\u0301", "<p>",
    "<!doctype html>", "<meta property='og:title' content='", "&#1575;", "امروز", "بين 3 و", "Xələfov",
    "Amir-Abdollahian",
)  # fmt: skip


def main() -> None:
    asked = _arguments()
    try:
        import atheris
    except ImportError:
        sys.exit(INSTALL)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with atheris.instrument_imports(include=["search", "archive"], enable_loader_override=False):
        import django

        django.setup()
        from tests.fuzz import claims
    with tempfile.TemporaryDirectory(prefix="diwan-fuzz-") as folder:
        corpus, words = _prepare(Path(folder))
        flags = [f"-max_total_time={asked.seconds}", f"-max_len={asked.longest}", "-timeout=10", "-print_final_stats=1"]
        flags += [f"-dict={words}", f"-artifact_prefix={asked.keep}/", str(corpus)]
        atheris.Setup([sys.argv[0], *flags], _target(asked.target, claims, atheris))
        atheris.Fuzz()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60, help="how long to look")
    parser.add_argument("--longest", type=int, default=600, help="the longest input in bytes")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()), help="where a breaking input is left")
    return parser.parse_args()


def _prepare(folder: Path) -> tuple[Path, Path]:
    """A corpus of the lines of the five pages and a dictionary of words with traps."""
    corpus = folder / "corpus"
    corpus.mkdir()
    lines = {line for page in SEEDS.glob("*.txt") for line in page.read_bytes().splitlines() if line.strip()}
    for number, line in enumerate(sorted(lines)[:300]):
        (corpus / f"{number:03}").write_bytes(line[:600])
    words = folder / "words.dict"
    escaped = ["".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS]
    words.write_text("".join(f'"{word}"\n' for word in escaped), "ascii")
    return corpus, words


def _target(name: str, claims: Any, atheris: Any) -> Callable[[bytes], None]:
    claim = getattr(claims, name)

    def one(payload: bytes) -> None:
        claim(_text(payload))

    def two(payload: bytes) -> None:
        """The first line is the question, the rest the text, whose bytes are also taken for offsets."""
        query, _line, text = _text(payload).partition("\n")
        claim(text or query, query[:256], *([payload[-8:]] if name == "highlighter" else []))

    if name == "extraction":
        return claim  # type: ignore[no-any-return]
    return two if name in {"matcher", "highlighter"} else one


def _text(payload: bytes) -> str:
    """Bytes as text: what is no UTF-8 becomes lone surrogates, which a text may hold, too."""
    return payload.decode("utf-8", "surrogateescape")


if __name__ == "__main__":
    main()
