"""Lucene's own analyzers on the same sets: a small Java program, compiled and run when Java and the jars are there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.evaluation.metrics import DEPTH
from tools.evaluation.sets import CorpusPassage, JudgedQuestion, RetrievalSet

VERSION = "9.12.3"  # the last that runs on Java 17
JARS = ("lucene-core", "lucene-analysis-common")
SOURCE = Path(__file__).resolve().parents[2] / "benchmarks" / "lucene" / "RunLucene.java"
ANALYZERS = ("arabic", "persian9", "persian10")
_FETCHING, _COMPILING, _RUNNING = 120, 120, 1800  # seconds

Rankings = dict[str, list[str]]


class LuceneUnavailable(Exception):
    """Lucene cannot be run here; the message says why."""


@dataclass(frozen=True, slots=True)
class Lucene:
    """The compiled program with its jars."""

    classpath: str

    def rank(self, held: RetrievalSet, analyzers: Sequence[str] = ANALYZERS, depth: int = DEPTH) -> dict[str, Rankings]:
        """What each analyzer finds, by `analyzer way`: `arabic or`, `arabic and+or`; best first, by question.

        LuceneUnavailable when the program fails.
        """
        with tempfile.TemporaryDirectory(prefix="diwan-lucene-") as name:
            folder = Path(name)
            passages = _write(folder / "passages.tsv", held.passages())
            questions = _write(folder / "questions.tsv", held.questions)
            lines = _run(
                ["java", "-cp", self.classpath, "RunLucene", str(passages), str(questions), str(depth), *analyzers],
                _RUNNING,
            )
        found: dict[str, Rankings] = {}
        for line in lines.split("\n")[1:]:
            if line:
                analyzer, way, question, identifiers = line.split("\t")
                found.setdefault(f"{analyzer} {way}", {})[question] = identifiers.split()
        return found


def prepare(folder: Path) -> Lucene:
    """Compile the program in `folder`, fetching missing jars there; LuceneUnavailable says why not."""
    missing = [tool for tool in ("java", "javac") if not shutil.which(tool)]
    if missing:
        raise LuceneUnavailable(f"{' and '.join(missing)} not found")
    folder.mkdir(parents=True, exist_ok=True)
    jars = [str(_jar(folder, artifact)) for artifact in JARS]
    _run(["javac", "-cp", ":".join(jars), "-d", str(folder), str(SOURCE)], _COMPILING)
    return Lucene(":".join([*jars, str(folder)]))


def _jar(folder: Path, artifact: str) -> Path:
    path = folder / f"{artifact}-{VERSION}.jar"
    if path.is_file():
        return path
    if not shutil.which("mvn"):
        raise LuceneUnavailable(f"{path} is missing, and there is no mvn to fetch it")
    coordinates = f"org.apache.lucene:{artifact}:{VERSION}"
    _run(["mvn", "-q", "dependency:copy", f"-Dartifact={coordinates}", f"-DoutputDirectory={folder}"], _FETCHING)
    if not path.is_file():
        raise LuceneUnavailable(f"mvn did not bring {coordinates}")
    return path


def _run(command: Sequence[str], seconds: int) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True)
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip().splitlines() or ["nothing was said"]
        raise LuceneUnavailable(f"{command[0]} failed: {said[0]}") from error
    except subprocess.TimeoutExpired as error:
        raise LuceneUnavailable(f"{command[0]} took longer than {seconds} s") from error
    return done.stdout


def _write(path: Path, rows: Iterable[CorpusPassage | JudgedQuestion]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(rows))
    return path


def _lines(rows: Iterable[CorpusPassage | JudgedQuestion]) -> Iterator[str]:
    """One line a row; what would break a line or a cell is a space, as it is for every tokenizer."""
    for row in rows:
        yield f"{row.identifier}\t{' '.join(row.text.split())}\n"
