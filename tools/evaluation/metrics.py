"""Figures of known-item retrieval: reciprocal rank and recall of a question, their means and how sure these are."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean

RANK_DEPTH = 10
RECALL_DEPTHS = (10, 100)
DEPTH = max(RANK_DEPTH, *RECALL_DEPTHS)
RESAMPLES = 1000
SEED = 20191201  # the same sets give the same intervals
COVERED = 0.95


@dataclass(frozen=True, slots=True)
class QuestionOutcome:
    """What one question got: the reciprocal rank within ten, the share of right answers within ten and a hundred."""

    reciprocal_rank: float
    recall_10: float
    recall_100: float


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """Means over the questions of a set; `low` to `high` holds MRR@10 in 95 of 100 resamplings of the questions."""

    questions: int
    mrr_10: float
    recall_10: float
    recall_100: float
    low: float
    high: float


def reciprocal_rank(found: Sequence[str], right: Collection[str], depth: int = RANK_DEPTH) -> float:
    """One over the rank of the first right answer among the first `depth`, 0 when there is none.

    >>> reciprocal_rank(["b", "a"], {"a"})
    0.5
    """
    return next((1 / rank for rank, one in enumerate(found[:depth], 1) if one in right), 0.0)


def recall(found: Sequence[str], right: Collection[str], depth: int) -> float:
    """The share of the right answers among the first `depth`; of nothing asked for, 0.

    >>> recall(["b", "a"], {"a", "c"}, 10)
    0.5
    """
    return len(set(found[:depth]).intersection(right)) / len(right) if right else 0.0


def outcome(found: Sequence[str], right: Collection[str]) -> QuestionOutcome:
    """The figures of one question; `found` holds identifiers, best first, each once."""
    shallow, deep = RECALL_DEPTHS
    return QuestionOutcome(reciprocal_rank(found, right), recall(found, right, shallow), recall(found, right, deep))


def figures(outcomes: Sequence[QuestionOutcome]) -> RetrievalFigures:
    """The means of a set with the bootstrap interval of MRR@10; all 0 for no questions."""
    if not outcomes:
        return RetrievalFigures(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    ranks = [one.reciprocal_rank for one in outcomes]
    low, high = interval(ranks)
    shallow, deep = fmean(one.recall_10 for one in outcomes), fmean(one.recall_100 for one in outcomes)
    return RetrievalFigures(len(outcomes), fmean(ranks), shallow, deep, low, high)


def interval(values: Sequence[float], resamples: int = RESAMPLES) -> tuple[float, float]:
    """The percentile bootstrap interval of the mean, which holds 95 of 100 resampled means."""
    drawn = random.Random(SEED)  # noqa: S311 - resampling, not a secret
    means = sorted(fmean(drawn.choices(values, k=len(values))) for _ in range(resamples))
    edge = int(resamples * (1 - COVERED) / 2)
    return means[edge], means[-1 - edge]


def wins(ours: Sequence[QuestionOutcome], theirs: Sequence[QuestionOutcome], resamples: int = RESAMPLES) -> float:
    """The share of resamplings in which our MRR@10 is above theirs, question by question the same sample."""
    gains = [mine.reciprocal_rank - other.reciprocal_rank for mine, other in zip(ours, theirs, strict=True)]
    if not gains:
        return 0.0
    drawn = random.Random(SEED)  # noqa: S311 - resampling, not a secret
    return fmean(sum(drawn.choices(gains, k=len(gains))) > 0 for _ in range(resamples))
