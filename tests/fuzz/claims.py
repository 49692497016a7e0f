"""The claims about any input: one function a claim, which raises AssertionError where it does not hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from archive.extraction import ExtractionError, extract
from archive.extraction.dates import find_dates, find_partial_dates
from search.analysis import analyze, fold, guess_language, name_keys, token_keys
from search.analysis.stages import characters, explain
from search.analysis.tokenizer import iter_words
from search.answer.matching import match
from search.question.any_of_the_words import relaxed
from search.syntax import NOTICE_MESSAGES, parse, to_text
from search.tree import Node, distributed, leaves

LANGUAGES = (None, "ar", "fa")


def analyzer(text: str) -> None:
    """Tokens stand in the text, in order, under forms that folding leaves alone; every stage can be shown."""
    guess_language(text)
    name_keys(text)
    for lang in LANGUAGES:
        tokens = analyze(text, lang)
        assert tokens == analyze(text, lang)
        assert [token.position for token in tokens if token.span == 1] == list(
            range(sum(token.span == 1 for token in tokens))
        )
        last = 0
        for token in tokens:
            assert last <= token.start < token.end <= len(text)
            assert token.norm and token.stems and all(token.stems) and all(token.parts)
            token_keys(token, text)
            last = token.start
    for start, end, word in iter_words(text):
        assert text[start:end] == word
        assert fold(fold(word)) == fold(word)
        assert "".join(letter.char for letter in characters(word)) == word
    explain(text)


def parser(text: str) -> None:
    """A query becomes a tree whose parts stand in what was typed, and which can be typed again."""
    parsed = parse(text)
    for notice in parsed.notices:
        assert text[notice.start : notice.end] == notice.text and notice.code in NOTICE_MESSAGES
    for leaf, _wanted in leaves(parsed.tree):
        start, end = getattr(leaf, "start", 0), getattr(leaf, "end", 0)
        assert 0 <= start <= end <= len(text)
    again = to_text(parsed.tree)
    if not parsed.refused and len(again) <= 256:
        assert parse(again).tree == parsed.tree
    tree = distributed(parsed.tree)
    relaxed(tree)


def dates(text: str) -> None:
    """A date stands where it says, from a first to a last day."""
    for lang in LANGUAGES:
        for hit in find_dates(text, lang, "2023-10-04"):
            assert 0 <= hit.start < hit.end <= len(text)
            assert text[hit.start : hit.end] == hit.text
            assert hit.first_day <= hit.last_day
        for hint in find_partial_dates(text, lang):
            assert text[hint.start : hint.end] == hint.text


def matcher(text: str, query: str) -> None:
    """Matched ranges are disjoint, in order, of whole words, and the same whenever one asks."""
    for lang in LANGUAGES:
        found = match(text, query, lang, fuzzy=True)
        assert found == match(text, query, lang, fuzzy=True)
        last = 0
        for matched in found.ranges if found else ():
            assert last <= matched.start < matched.end <= len(text)
            assert all(matched.start <= hit.start < hit.end <= matched.end for hit in matched.hits)
            last = matched.end


def highlighter(text: str, query: str | Node, numbers: Sequence[int] = ()) -> None:
    """A fragment is a piece of the text, its marks lie in it in order, and its pieces joined again are the fragment."""
    from search.answer.marking import best_fragment
    from search.results import merged

    found = match(text, query, "ar")
    size = len(text) + 1
    pairs = zip(numbers[::2], numbers[1::2], strict=False)
    wild = [(start, end) for start, end in (sorted((a % size, b % size)) for a, b in pairs) if start < end]
    ranges = merged([*((hit.start, hit.end) for hit in (found.ranges if found else ())), *wild])
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))
    shown = best_fragment(text, ranges)
    assert shown.text in text
    assert "".join(piece for piece, _match in shown.pieces) == shown.text
    assert all(0 <= start < end <= len(shown.text) for start, end in shown.ranges)
    assert shown.ranges or all(text[start] == "\n" for start, _end in ranges)


def extraction(payload: bytes) -> None:
    """A page gives an article whose paragraphs stand in its text, or a reason of ours."""
    try:
        page = extract(payload)
    except ExtractionError:
        return
    assert unicodedata.is_normalized("NFC", page.page_text)
    for paragraph, span in zip(page.paragraphs, page.paragraph_spans, strict=True):
        assert page.page_text[span.start : span.end] == paragraph
    for removed in page.removed:
        assert page.page_text[removed.start : removed.end] == removed.text
    assert page.title or page.body


def recognition(text: str) -> None:
    """Mentions stand in the text, in order, none over another."""
    from archive.authorities.recognition.recognition import find_mentions

    last = 0
    for mention in find_mentions(text):
        assert last <= mention.start < mention.end <= len(text)
        assert 0 < mention.confidence <= 1
        last = mention.end
