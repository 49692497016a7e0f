"""A query understood: what is added to the tree for names, posts and terms, and what readers are told of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from archive.authorities.directory import Directory, Holder
from archive.authorities.gazetteer.files import shipped_records
from archive.authorities.gazetteer.gazetteer import NameForm, RecordKey
from search.analysis import fold
from search.question.expansion.holders import held_time
from search.question.understanding import Understood, understand
from search.request import SearchRequest
from search.results import Expansion
from search.syntax import parse
from search.tree import All, And, Days, Linked, Named, Node, Not, Or, Phrase, Word, distributed

BAYRAMOV = Holder("jeyhun-bayramov", "2020-07-16", "", "")
MAMMADYAROV = Holder("elmar-mammadyarov", "2004-04", "2020-07-16", "")
UNDATED = Holder("vilayat-guliyev", "", "", "")


def a_directory(*holders: Holder) -> Directory:
    """The authority records that ship, with these officials as foreign ministers of Azerbaijan."""
    forms, labels = [], {}
    for record in shipped_records():
        key = RecordKey(record["kind"], record["slug"])
        for name in record["names"]:
            forms.append(NameForm(key, name["text"], name["language"], name["use"]))
            labels.setdefault(tuple(key), {}).setdefault(name["language"], name["text"])
    return Directory(labels, tuple(forms), {}, {("foreign_minister", "az"): holders})


@pytest.fixture(scope="module")
def names() -> Directory:
    return a_directory(MAMMADYAROV, BAYRAMOV, UNDATED)


def understood(query: str, names: Directory, *, with_names: bool = True) -> Understood:
    return understand(SearchRequest(q=query, names=with_names), names)


def added(tree: Node) -> set[Node]:
    """What stands in a tree besides what was typed."""
    if isinstance(tree, Linked | Named):
        return {tree}
    if isinstance(tree, And) and any(isinstance(child, Days) for child in tree.children):
        return {tree}
    if isinstance(tree, And | Or):
        return {node for child in tree.children for node in added(child)}
    return added(tree.child) if isinstance(tree, Not) else set()


def told(expansions: Sequence[Expansion]) -> set[tuple[str, str, str]]:
    return {(one.typed, one.kind, one.slug) for one in expansions}


POST = Linked("post", "foreign_minister.az")


@pytest.mark.parametrize(
    "query",
    [
        "وزير خارجية أذربيجان",
        "وزير الخارجية الأذربيجاني",
        "وزیر امور خارجه آذربایجان",
        "وزیر خارجه جمهوری آذربایجان",
        "foreign minister of Azerbaijan",
        "Azerbaijani foreign minister",
        "Azerbaijan's foreign minister",
        "أذربيجان وزير الخارجية",
    ],
)
def test_a_post_is_one_in_every_language_wording_and_order(query: str, names: Directory) -> None:
    assert POST in added(understood(query, names).tree)


@pytest.mark.parametrize(
    ("query", "post"),
    [
        ("سفير قطر", "ambassador.qa"),
        ("السفير القطري لدى إيران", "ambassador.qa"),
        ("رئيس أذربيجان", "president.az"),
        ("الأمين العام للأمم المتحدة", "secretary_general.un"),
        ("سخنگوی وزارت امور خارجه ایران", "foreign_ministry_spokesperson.ir"),
    ],
)
def test_posts_of_countries_and_bodies_are_known(query: str, post: str, names: Directory) -> None:
    assert Linked("post", post) in added(understood(query, names).tree)


@pytest.mark.parametrize("query", ["السفير في قطر", "وزير الخارجية", "أذربيجان", "سفیر در قطر"])
def test_a_title_without_its_state_is_no_post(query: str, names: Directory) -> None:
    assert not [
        node for node in added(understood(query, names).tree) if isinstance(node, Linked) and node.kind == "post"
    ]


def test_officials_count_in_the_days_in_which_they_held_the_post(names: Directory) -> None:
    held = {node for node in added(understood("وزير خارجية أذربيجان", names).tree) if isinstance(node, And)}
    start, end = datetime.date(2004, 4, 1).toordinal(), datetime.date(2020, 7, 16).toordinal()
    assert And((Linked("official", "elmar-mammadyarov"), Days(start, end))) in held
    (bayramov,) = {node for node in held if node.children[0] == Linked("official", "jeyhun-bayramov")}
    assert bayramov.children[1].low == end


def test_an_official_without_dates_is_not_reached_by_the_post(names: Directory) -> None:
    tree = understood("وزير خارجية أذربيجان", names).tree
    assert not [node for node in added(tree) if Linked("official", "vilayat-guliyev") in getattr(node, "children", ())]


@pytest.mark.parametrize(
    ("start", "end", "attested_on", "low", "high"),
    [
        ("2020-07", "2021", "", datetime.date(2020, 7, 1), datetime.date(2021, 12, 31)),
        ("", "2020-07", "", datetime.date(1, 1, 1), datetime.date(2020, 7, 31)),
        ("", "", "2020-10-26", datetime.date(2020, 10, 26), datetime.date(2020, 10, 26)),
        ("", "", "2020-10", datetime.date(2020, 10, 1), datetime.date(2020, 10, 31)),
        ("2020-07-16", "", "2023-03-12", datetime.date(2020, 7, 16), datetime.date(2023, 3, 12)),
        ("2020-07-16", "", "2023", datetime.date(2020, 7, 16), datetime.date(2023, 1, 1)),
        ("2020", "", "2020", datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)),
        ("2020-07", "2021", "2020-10", datetime.date(2020, 7, 1), datetime.date(2021, 12, 31)),
    ],
)
def test_partial_dates_count_whole_and_an_attestation_counts_for_itself(
    start: str, end: str, attested_on: str, low: datetime.date, high: datetime.date
) -> None:
    assert held_time(Holder("x", start, end, attested_on)) == Days(low.toordinal(), high.toordinal())


def test_what_was_added_is_told_with_its_forms(names: Directory) -> None:
    expansions = understood("وزير خارجية أذربيجان", names).expansions
    assert told(expansions) == {
        ("أذربيجان", "country", "az"),
        ("وزير خارجية أذربيجان", "post", "foreign_minister.az"),
        ("وزير خارجية", "term", "foreign-minister"),
    }
    (post,) = (one for one in expansions if one.kind == "post")
    assert "Jeyhun Bayramov" in post.forms
    assert not [form for form in post.forms if "Guliyev" in form]
    assert post.undated == 1


@pytest.mark.parametrize("typed", ["إيران", "ایران", "Zarif"])
def test_forms_that_the_index_holds_for_one_are_told_once(typed: str, names: Directory) -> None:
    """«محمدجواد ظريف» from an Arabic keyboard and from a Persian one look alike, and are one to the search."""
    for one in understood(typed, names).expansions:
        folded = [[fold(word) for word in form.split()] for form in (one.typed, *one.forms)]
        assert all(folded.count(form) == 1 for form in folded), one.forms


def test_the_latest_holder_is_told_first(names: Directory) -> None:
    (post,) = (one for one in understood("وزير خارجية أذربيجان", names).expansions if one.kind == "post")
    assert post.forms[-2:] == ("Jeyhun Bayramov", "Elmar Mammadyarov")


def test_a_longer_term_holds_the_name_in_it(names: Directory) -> None:
    tree = understood("ميثاق الأمم المتحدة", names).tree
    assert added(tree) == {Linked("body", "un"), Named("un-charter")}
    assert isinstance(tree, Or)


def test_a_term_beside_other_words_leaves_them_alone(names: Directory) -> None:
    tree = understood("صلح مشاورات سياسية", names).tree
    words = Phrase(("مشاورات", "سياسية"))
    assert tree == And((Word("صلح"), Or((words, Named("political-consultations")))))


@pytest.mark.parametrize("query", ["وزير خارجية أذربيجان", "مشاورات سياسية قطر", "-قطر", "قطر OR مذكرة تفاهم", "صلح"])
def test_without_names_a_query_is_what_was_typed(query: str, names: Directory) -> None:
    plain = understood(query, names, with_names=False)
    assert plain.tree == distributed(parse(query).tree)
    assert plain.expansions == ()


def test_quotation_marks_mean_exactly_this(names: Directory) -> None:
    quoted = understood("«وزير خارجية أذربيجان»", names)
    assert (quoted.tree, quoted.expansions) == (Phrase(("وزير", "خارجية", "أذربيجان")), ())


def test_what_is_excluded_is_excluded_in_every_form(names: Directory) -> None:
    tree = understood("-قطر", names).tree
    assert tree == And((All(), Not(Or((Word("قطر"), Linked("country", "qa"))))))
