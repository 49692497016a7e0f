"""Marks are made from the few words that a question asks for; they are those of the whole text, to the letter."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.articles.models import Article
from archive.authorities.directory import directory
from search.analysis import guess_language
from search.analysis.passage import Passage
from search.analysis.thin_passage import Sought, ThinPassage
from search.answer.marking import Marker
from search.question.understanding import understand
from search.request import SearchRequest

WRITTEN = (
    "خلفوف", "خلف خلفوف", "خلف اف", '"خلف خلفوف"', "Khalafov", "Khalaf Khalafov", "وزير خارجية أذربيجان",
    '"وزير الخارجية"', '"صلح امنیت"~1', "صلح و امنیت", "وز*", "خلفو~", "ازربيجان~2", "قطر OR باكو", "قطر -ايران",
    "title:قطر", "title:(قطر OR باکو) صلح", "country:قطر", "می کند", "نخست وزیر", "وزیر امور خارجه", "مشاورات سياسية",
    "کتاب های شان", "عبد الله", "پیش نویس", "X-12", "في", "و", "body:مشاورات date:2023",
)  # fmt: skip


class WholeTexts(Marker):
    """The same marks from every token of a text: slow, and simple."""

    def passage(self, text: str, language: str | None) -> Passage:
        return Passage(text, language or guess_language(text))


def drawn(article: Article, chance: random.Random) -> str:
    """A question of words that stand side by side in an article."""
    words = f"{article.title} {article.body}".split()
    start = chance.randrange(len(words))
    text = " ".join(words[start : start + chance.choice((1, 2, 2, 3, 4))]).replace('"', "")
    return chance.choice(
        (text, text, f'"{text}"', f'"{text}"~2', f"{text[:4]}*", f"{text.split()[0]}~", "".join(text.split()))
    )


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["as it is", "und"])
def test_marks_are_those_of_the_whole_text(five: dict[str, Article], language: str) -> None:
    chance = random.Random(14)  # noqa: S311
    questions = [*WRITTEN, *(drawn(article, chance) for article in five.values() for _time in range(12))]
    for question in questions:
        for names in (True, False):
            tree = understand(SearchRequest(question, names=names), directory()).tree
            thin, whole = Marker(tree, names=names), WholeTexts(tree, names=names)
            for article in five.values():
                article.language = article.language if language == "as it is" else language
                assert thin.highlight(article) == whole.highlight(article), question
                assert thin.places(article) == whole.places(article), question


WORDS = st.sampled_from(
    "می کند نمی شود کتاب ها های شان ابو عبد الله خلف اف اوف رئیس جمهور نامه ی تر باغ قره X 12 ﷺ محمدعبدالله صلح".split()
)
GAPS = st.sampled_from((" ", " ", " ", "\u200c", "-", "، ", "\n\n", "  "))


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, GAPS), max_size=12), st.sampled_from((None, "ar", "fa")), st.integers(0, 5))
def test_a_thin_text_has_the_tokens_that_are_sought_and_no_others(
    pieces: list[tuple[str, str]], lang: str | None, drop: int
) -> None:
    text = "".join(word + gap for word, gap in pieces)
    whole = Passage(text, lang)
    terms = sorted({form for token in whole.tokens for form in (token.norm, *token.parts, *token.stems)})[drop::2]
    held = set(terms)
    wanted = [one for one in whole.tokens if not held.isdisjoint((one.norm, *one.parts, *one.stems))]
    thin = ThinPassage(text, lang, Sought(terms))
    assert [token for token in thin.tokens if token in wanted] == wanted
    assert set(thin.tokens) <= set(whole.tokens) and thin.length == whole.length
