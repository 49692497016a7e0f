"""Parts of a question put together: what finds nothing, what is worth the sum or the best, and rows of words."""

from __future__ import annotations

from search.engine.asking.combining import best, chain, ranked, summed
from search.engine.asking.queries import NOTHING, AnyPart, BestPart, NearQuery, RankedQuery, TermQuery, terms_near

ONE, OTHER = TermQuery("text_norm", "قطر"), TermQuery("text_norm", "ايران")


def test_parts_that_find_nothing_are_left_out_where_any_is_enough_and_leave_nothing_where_all_are_needed() -> None:
    for combined in (summed, best):
        assert combined([NOTHING, ONE]) == ONE
        assert combined([]) == combined([NOTHING]) == NOTHING
    assert chain([ONE, NOTHING], 0) == chain([], 0) == NOTHING
    assert chain([ONE], 3) == ONE
    assert ranked(ONE, [NOTHING]) == ONE and ranked(NOTHING, [ONE]) == NOTHING
    assert isinstance(ranked(ONE, [OTHER]), RankedQuery)
    assert isinstance(summed([ONE, OTHER]), AnyPart) and isinstance(best([ONE, OTHER]), BestPart)


def test_a_row_of_words_gives_its_terms_in_their_order() -> None:
    row = chain([chain([ONE, OTHER], 0), ONE], 2)
    assert isinstance(row, NearQuery) and row.slop == 3
    assert list(terms_near(row)) == [ONE, OTHER, ONE]
