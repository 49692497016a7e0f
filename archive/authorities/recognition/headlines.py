"""Finds the speaker of a headline: `عراقچی`: مذاکره زیر فشار نمی‌کنیم, whose post the lead gives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from archive.authorities.gazetteer.files import read_table
from archive.authorities.gazetteer.guards import is_given_name
from archive.authorities.gazetteer.people import People
from archive.authorities.gazetteer.types import NameForm, NameMatch
from archive.authorities.gazetteer.words import TextWord, split_words
from archive.authorities.recognition.holders import Holders

# Before a speaker in the middle of a line: عاجل | لافروف: …
_SEPARATORS: Final = frozenset("|:-–—•«/")
_MOST_WORDS_TO_COLON: Final = 6


class Headlines:
    """The lines of one text that open with a speaker."""

    def __init__(self, words: Sequence[TextWord], holders: Holders, people: People) -> None:
        self._words, self._holders, self._people = words, holders, people
        breaks = (at for at, word in enumerate(words) if at and "\n" in word.gap)
        self._end_of_first_line = next(breaks, 0)

    def speaker(self, match: NameMatch, forms: Sequence[NameForm]) -> NameForm | None:
        """The official of the surname whose post or state the rest of the text gives, None where it gives none.

        «کری: افت شنوایی…» is a common word: it needs the post with its state. «لافروف: موسكو مستعدة» alone does not.
        """
        speaks = self._speaks(match)
        if not speaks and match.first >= self._end_of_first_line:
            return None
        titled = [form for form in forms if self._holders.is_titled(form.record.slug)]
        if not titled and speaks and not is_common_word(match.key):
            titled = [form for form in forms if self._holders.is_titled_without_state(form.record.slug)]
            if not titled and not self._end_of_first_line:
                titled = [form for form in forms if self._holders.is_of_named_state(form.record.slug)]
        elif not speaks and is_common_word(match.key):
            return None
        return self._people.best_known(titled) if titled else None

    def _speaks(self, match: NameMatch) -> bool:
        """Say whether a name opens its line, or follows a separator, and a colon follows soon: `قالیباف` در صحن: …"""
        before = self._words[match.first].gap
        if match.cut or not (match.first == 0 or "\n" in before or not _SEPARATORS.isdisjoint(before)):
            return False
        gaps = (word.gap for word in self._words[match.last : match.last + _MOST_WORDS_TO_COLON])
        return ":" in "".join(gaps).partition("\n")[0]


def is_common_word(key: str) -> bool:
    """Say whether a surname is also a given name or an ordinary word: مشرف "supervisor", ظریف "delicate"."""
    return is_given_name(key) or key in _common_words()


@cache
def _common_words() -> frozenset[str]:
    return frozenset(
        "".join(word.norm for word in split_words(row["surname"])) for row in read_table("common_surnames.tsv")
    )
