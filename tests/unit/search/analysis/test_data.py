"""The data files, where they come from, and that an index can tell them apart."""

from __future__ import annotations

import doctest
import hashlib
import importlib
import re
import subprocess
import sys

import pytest

from search.analysis import ANALYZER_VERSION, fingerprint, fold
from search.analysis.resources import DATA, read_rows

ROW = re.compile(r"\| (\S+) \| (.+?) \| `([0-9a-f]{64})` \|")


def test_every_data_file_has_its_provenance_and_digest() -> None:
    rows = {name: digest for name, _source, digest in ROW.findall((DATA / "PROVENANCE.md").read_text("utf-8"))}
    files = {path.name: path for path in DATA.iterdir() if path.suffix in (".tsv", ".txt")}
    assert rows == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def test_fingerprint_names_version_and_data() -> None:
    assert re.fullmatch(rf"{ANALYZER_VERSION}-[0-9a-f]{{64}}", fingerprint())


def test_listed_variants_fold_to_what_the_table_says() -> None:
    for where, written, becomes, _note in read_rows("variants.tsv"):
        if where != "written":  # a pattern
            assert fold(written) == fold(becomes)


def test_spellings_that_only_the_letters_as_written_tell_are_told() -> None:
    assert fold("هيأة") == fold("هيئة") != fold("هيأت")
    assert fold("بالمائة") == fold("بالمئة") and fold("دمائه") == "دمايه"
    assert fold("المؤدي") != fold("المودي")


def test_importing_the_analyzer_loads_no_engine_and_no_framework() -> None:
    code = "import sys, search.analysis; print({'django', 'whoosh', 'babel'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "module", ["analysis.normalizer", "analysis.asking", "analysis.names", "analysis.stages", "answer.matching"]
)
def test_examples_of_the_docstrings_hold(module: str) -> None:
    told = doctest.testmod(importlib.import_module(f"search.{module}"))
    assert (told.failed, told.attempted > 0) == (0, True)
