"""What a reader is told when a query was not read exactly as typed: a code, a place, and an English sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that was changed: `text` is the part typed, `start` and `end` its place in the query (half open).

    `NOTICE_MESSAGES[code] % parameters` is the sentence; `parameters` always has `text`.
    """

    code: str
    start: int
    end: int
    text: str
    parameters: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """The sentence in English; pages translate `NOTICE_MESSAGES[code]` instead."""
        return NOTICE_MESSAGES[self.code] % self.parameters


def notice(code: str, query: str, start: int, end: int, **parameters: str | int) -> Notice:
    """A notice about `query[start:end]`, its text among the parameters of the sentence."""
    text = query[start:end]
    return Notice(code, start, end, text, {"text": text, **parameters})


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translators; they look for this name."""
    return text


NOTICE_MESSAGES: dict[str, str] = {
    "too-long": gettext_noop(
        "The query has %(length)s characters; at most %(limit)s are allowed. Nothing was searched."
    ),
    "too-many-terms": gettext_noop(
        "The query has %(count)s words; at most %(limit)s are allowed. Nothing was searched."
    ),
    "nested-too-deep": gettext_noop("Parentheses may be nested %(limit)s deep; the deeper ones were left out."),
    "unbalanced-parenthesis": gettext_noop(
        "The parenthesis “%(text)s” has no partner. "
        "An opening one was closed at the end of the query; a closing one was left out."
    ),
    "unclosed-quote": gettext_noop(
        "The quotation mark %(text)s is not closed; what follows was searched as plain words."
    ),
    "unknown-field": gettext_noop("“%(text)s” is not the name of a field; it was searched as a plain word."),
    "field-without-value": gettext_noop("Nothing stands after “%(text)s”; it was searched as a plain word."),
    "operator-without-words": gettext_noop("“%(text)s” needs words beside it; it was searched as a plain word."),
    "prefix-too-short": gettext_noop(
        "At least %(limit)s letters must stand before *; “%(text)s” was searched as a plain word."
    ),
    "wildcard-misplaced": gettext_noop("* can only end a word; here it was left out."),
    "fuzzy-too-short": gettext_noop(
        "At least %(limit)s letters must stand before ~; “%(text)s” was searched as a plain word."
    ),
    "fuzzy-too-far": gettext_noop("At most %(limit)s letters may differ; “%(text)s” was searched with ~%(limit)s."),
    "proximity-too-far": gettext_noop(
        "At most %(limit)s words may stand between; “%(text)s” was searched with ~%(limit)s."
    ),
    "range-outside-date": gettext_noop(
        "Ranges belong to dates, as in date:2019..2023; “%(text)s” was searched as plain words."
    ),
    "reversed-range": gettext_noop("The range “%(text)s” ends before it begins; it was turned round."),
    "empty-range": gettext_noop("The range “%(text)s” has neither beginning nor end; it was left out."),
    "only-negative": gettext_noop("The query only says what to leave out; it was taken away from all articles."),
}
"""An English sentence for each code, with %-style parameters; plain strings, marked for translation, so
that the query language needs no Django."""
