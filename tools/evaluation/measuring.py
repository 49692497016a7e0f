"""Measures one set in every way: ours, ours with parts left out, plain words, and Lucene where it runs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.evaluation.articles import WORKERS
from tools.evaluation.asking import OURS, WAYS, is_too_long
from tools.evaluation.lucene import ANALYZERS, Lucene, LuceneUnavailable
from tools.evaluation.metrics import QuestionOutcome, RetrievalFigures, figures, outcome, wins
from tools.evaluation.passage_index import PassageIndex
from tools.evaluation.plain import PlainIndex
from tools.evaluation.sets import RetrievalSet

PLAIN = "plain lower case"
PEERS = {"ar": ("arabic",), "fa": ("persian9", "persian10")}
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class WayRow:
    """The figures of one way; `above` is the share of resamplings in which ours has the higher MRR@10."""

    name: str
    figures: RetrievalFigures
    is_peer: bool = False
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class SetReport:
    """A set with its rows, ours first; `documents` were indexed, `too_long` questions were cut to what is accepted."""

    name: str
    documents: int
    too_long: int
    is_sample: bool
    rows: tuple[WayRow, ...]
    sampled_from: int = 0
    found: dict[str, dict[str, list[str]]] = field(default_factory=dict, repr=False)

    @property
    def beaten_by(self) -> tuple[WayRow, ...]:
        """The peers whose MRR@10 is at least ours."""
        return tuple(row for row in self.rows if row.is_peer and row.figures.mrr_10 >= self.rows[0].figures.mrr_10)


def measure(
    held: RetrievalSet,
    lucene: Lucene | None = None,
    folder: Path | None = None,
    tell: Tell = lambda line: None,
    workers: int = WORKERS,
) -> SetReport:
    """Index the set, ask all its questions in every way, and give the figures.

    The index stands in `folder`, where it is left, or in a temporary folder.
    """
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="diwan-evaluation-") as name:
            return measure(held, lucene, Path(name), tell, workers)
    index = PassageIndex(folder / held.name)
    documents = index.fill_with(held, workers)
    tell(f"{held.name}: {documents} documents indexed")
    found = {}
    for way in WAYS:
        found[way.name] = {question.identifier: way.ask(index, question.text) for question in held.questions}
        tell(f"{held.name}: {way.name}")
    plain = PlainIndex(held.passages())
    found[PLAIN] = {question.identifier: plain.ask(question.text) for question in held.questions}
    found |= _lucene(held, lucene, tell)
    too_long = sum(is_too_long(question.text) for question in held.questions)
    return SetReport(
        held.name, documents, too_long, held.kept is not None, _rows(held, found), held.sampled_from, found
    )


def _lucene(held: RetrievalSet, lucene: Lucene | None, tell: Tell) -> dict[str, dict[str, list[str]]]:
    if lucene is None:
        return {}
    try:
        return {f"Lucene {name}": ranking for name, ranking in lucene.rank(held, ANALYZERS).items()}
    except LuceneUnavailable as error:
        tell(f"{held.name}: Lucene was not run: {error}")
        return {}


def _rows(held: RetrievalSet, found: dict[str, dict[str, list[str]]]) -> tuple[WayRow, ...]:
    outcomes = {name: _outcomes(held, ranking) for name, ranking in found.items()}
    ours = outcomes[OURS.name]
    return tuple(
        WayRow(name, figures(theirs), _is_peer(held.name, name), wins(ours, theirs))
        for name, theirs in outcomes.items()
    )


def _outcomes(held: RetrievalSet, ranking: dict[str, list[str]]) -> Sequence[QuestionOutcome]:
    return [outcome(ranking.get(one.identifier, []), held.answers[one.identifier]) for one in held.questions]


def _is_peer(set_name: str, name: str) -> bool:
    """Plain words, and the analyzers that Lucene has for the language of the set's documents."""
    language = "fa" if set_name.endswith("2fa") else set_name.partition("_")[0]
    return name == PLAIN or any(f"Lucene {peer} " in f"{name} " for peer in PEERS.get(language, ANALYZERS))
