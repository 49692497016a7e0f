"""What readers type, and how it is understood."""

from __future__ import annotations

import pytest

from search.syntax import MAX_CHARACTERS, MAX_TERMS, NOTICE_MESSAGES, parse, to_text
from search.syntax.fields import FIELD_NAMES
from search.tree import (
    NOTHING,
    All,
    And,
    Fielded,
    Fuzzy,
    Linked,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Word,
    distributed,
    terms,
)

RLM, LRM, ZWNJ = "\u200f", "\u200e", "\u200c"
QATAR, IRAN, BAKU = Word("قطر"), Word("إيران"), Word("باکو")


def codes(query: str) -> list[str]:
    return [told.code for told in parse(query).notices]


def everything_but(*nodes: Node) -> Node:
    return And((All(), *map(Not, nodes)))


WORDS_ALONE = [
    ("", All()),
    ("  ،؛؟ ?! … ", All()),
    ("خلفوف", Word("خلفوف")),
    ("خلف خلفوف", And((Word("خلف"), Word("خلفوف")))),
    ("خلف اف", And((Word("خلف"), Word("اف")))),
    (f"خلف{ZWNJ}اف", Word(f"خلف{ZWNJ}اف")),
    (f"می{ZWNJ}کند{ZWNJ}", Word(f"می{ZWNJ}کند")),
    ("Xələfov", Word("Xələfov")),
    ("صلح و امنیت", And((Word("صلح"), Word("و"), Word("امنیت")))),
    ("قطر یا إيران", And((QATAR, Word("یا"), IRAN))),
    ("قطر أو إيران", And((QATAR, Word("أو"), IRAN))),
    ("Qatar or Iran and not Baku", And(tuple(map(Word, ("Qatar", "or", "Iran", "and", "not", "Baku"))))),
    ("قطر،إيران؛باکو؟", And((QATAR, IRAN, BAKU))),
    ("من هو خلفوف؟", And((Word("من"), Word("هو"), Word("خلفوف")))),
    ("خلف؟وف", And((Word("خلف"), Word("وف")))),
    ("Khal?fov", And((Word("Khal"), Word("fov")))),
    ("قطر | إيران || باکو", And((QATAR, IRAN, BAKU))),
    ("قطر && إيران + باکو", And((QATAR, IRAN, BAKU))),
    ("سبتمبر.وقال", And((Word("سبتمبر"), Word("وقال")))),
    ("السلام.. وزيادة", And((Word("السلام"), Word("وزيادة")))),
    ("في 2019..وقال", And((Word("في"), Word("2019"), Word("وقال")))),
    ("لـ “الحلف", And((Word("لـ"), Word("الحلف")))),
    ("مشيرًا", Word("مشيرًا")),
    ("\u0627\u0653فاق", Word("آفاق")),
    ("(إیران، روسیه، ترکیه)", And((Word("إیران"), Word("روسیه"), Word("ترکیه")))),
    ("[إيران] {قطر}", And((IRAN, QATAR))),
]


@pytest.mark.parametrize(("query", "tree"), WORDS_ALONE)
def test_words_and_punctuation_are_only_words(query: str, tree: Node) -> None:
    parsed = parse(query)
    assert parsed.tree == tree
    assert not parsed.had_operators
    assert not parsed.refused


HYPHENS = [
    ("X-12", Word("X-12")),
    ("F-16 X-12", And((Word("F-16"), Word("X-12")))),
    ("۳+۳", Word("۳+۳")),
    ("Ma'mun Al-Muraikhi", And((Word("Ma'mun"), Word("Al-Muraikhi")))),
    ("العسكرية-السياسية", And((Word("العسكرية"), Word("السياسية")))),
    ("العسكرية - السياسية", And((Word("العسكرية"), Word("السياسية")))),
    ("أذربيجان/قطر", And((Word("أذربيجان"), QATAR))),
    ("قطر -- إيران --باکو", And((QATAR, IRAN, BAKU))),
    ("قطر —إيران –باکو", And((QATAR, IRAN, BAKU))),
    ("1,234 3.5", And((Word("1,234"), Word("3.5")))),
    ("۲۳:۲۳ 23:23", And((Word("۲۳:۲۳"), Word("23:23")))),
    ("https://azvision.az/ar/news?id=7&p=2", Word("https://azvision.az/ar/news?id=7&p=2")),
    ("https://azvision.az:8080/x.", Word("https://azvision.az:8080/x")),
    ("mail info@mfa.gov.az", And((Word("mail"), Word("info@mfa.gov.az")))),
]


@pytest.mark.parametrize(("query", "tree"), HYPHENS)
def test_a_mark_inside_a_word_is_no_operator(query: str, tree: Node) -> None:
    parsed = parse(query)
    assert (parsed.tree, parsed.had_operators, parsed.notices) == (tree, False, ())


OPERATORS = [
    ("قطر AND إيران", And((QATAR, IRAN))),
    ("قطر OR إيران", Or((QATAR, IRAN))),
    ("قطر NOT إيران", And((QATAR, Not(IRAN)))),
    ("قطر AND NOT إيران", And((QATAR, Not(IRAN)))),
    ("قطر -إيران", And((QATAR, Not(IRAN)))),
    ("قطر \N{MINUS SIGN}إيران", And((QATAR, Not(IRAN)))),
    ("قطر،-إيران", And((QATAR, Not(IRAN)))),
    ("-إيران قطر", And((Not(IRAN), QATAR))),
    ("-5", everything_but(Word("5"))),
    ("قطر - إيران", And((QATAR, IRAN))),
    ("قطر إيران OR باکو", Or((And((QATAR, IRAN)), BAKU))),
    ("قطر AND إيران OR باکو", Or((And((QATAR, IRAN)), BAKU))),
    ("قطر OR إيران باکو", Or((QATAR, And((IRAN, BAKU))))),
    ("قطر OR إيران OR باکو", Or((QATAR, IRAN, BAKU))),
    ("قطر OR (إيران OR باکو)", Or((QATAR, IRAN, BAKU))),
    ("قطر (إيران باکو)", And((QATAR, IRAN, BAKU))),
    ("(قطر OR إيران) باکو", And((Or((QATAR, IRAN)), BAKU))),
    ("（قطر OR إيران） باکو", And((Or((QATAR, IRAN)), BAKU))),
    ("﴿قطر OR إيران﴾ باکو", And((Or((QATAR, IRAN)), BAKU))),
    ("﴾قطر OR إيران﴿ باکو", And((Or((QATAR, IRAN)), BAKU))),
    ("قطر -(إيران OR باکو)", And((QATAR, Not(Or((IRAN, BAKU)))))),
    ("قطر -(إيران باکو)", And((QATAR, Not(And((IRAN, BAKU)))))),
    ("قطر (-إيران -باکو)", And((QATAR, Not(IRAN), Not(BAKU)))),
    ("قطر -(-إيران)", And((QATAR, IRAN))),
    ("NOT NOT قطر", QATAR),
    ("قطر OR -إيران", Or((QATAR, everything_but(IRAN)))),
    ("قطر OR () OR إيران", Or((QATAR, IRAN))),
    ("() قطر «»", QATAR),
    ("((((قطر))))", QATAR),
]


@pytest.mark.parametrize(("query", "tree"), OPERATORS)
def test_operators_join_and_exclude(query: str, tree: Node) -> None:
    assert parse(query).tree == tree


@pytest.mark.parametrize(
    "query", ["قطر AND إيران", "قطر OR إيران", "-قطر", "«قطر»", "قط*", "قطر~", "کشور:قطر", "date:2019.."]
)
def test_a_query_with_operators_says_so(query: str) -> None:
    assert parse(query).had_operators


@pytest.mark.parametrize(
    "quoted", ["«{}»", "»{}«", "“{}”", "”{}“", '"{}"', "„{}“", "„{}”", "‹{}›", "＂{}＂", '“{}"', "「{}」"]
)
def test_any_quotation_marks_make_a_phrase(quoted: str) -> None:
    assert parse(quoted.format("خلف خلف اف")).tree == Phrase(("خلف", "خلف", "اف"))


PHRASES = [
    ('"الناتو"', Phrase(("الناتو",))),
    ('"الناتو"~3', Phrase(("الناتو",))),
    ("«المشاورات السياسية»~3", Phrase(("المشاورات", "السياسية"), 3)),
    ("«المشاورات السياسية»~۳", Phrase(("المشاورات", "السياسية"), 3)),
    ("«المشاورات السياسية»~", Phrase(("المشاورات", "السياسية"))),
    ("«صلح و امنیت» قطر", And((Phrase(("صلح", "و", "امنیت")), QATAR))),
    ('-"مجلس الأمن" قطر', And((Not(Phrase(("مجلس", "الأمن"))), QATAR))),
    ('"a AND b OR -c* title:d"', Phrase(("a", "AND", "b", "OR", "c", "title", "d"))),
    ("«بحسب “تريند” الرسمية»", Phrase(("بحسب", "تريند", "الرسمية"))),
    ("قطر«وزير الخارجية»إيران", And((QATAR, Phrase(("وزير", "الخارجية")), IRAN))),
]


@pytest.mark.parametrize(("query", "tree"), PHRASES)
def test_phrases_keep_their_words_in_order(query: str, tree: Node) -> None:
    assert parse(query).tree == tree


SUFFIXES = [
    ("أذرب*", Prefix("أذرب")),
    ("خل**", Prefix("خل")),
    ("Amir-Abdol*", Prefix("Amir-Abdol")),
    (f"می{ZWNJ}*", Prefix("می")),
    ("-أذرب* قطر", And((Not(Prefix("أذرب")), QATAR))),
    ("أذريجان~", Fuzzy("أذريجان", 1)),
    ("أذريجان~1", Fuzzy("أذريجان", 1)),
    ("ستولتنبرج~2", Fuzzy("ستولتنبرج", 2)),
    ("ستولتنبرج~٢", Fuzzy("ستولتنبرج", 2)),
    ("أذريجان~0", Word("أذريجان")),
    ("أذريجان ~2", And((Word("أذريجان"), Word("2")))),
]


@pytest.mark.parametrize(("query", "tree"), SUFFIXES)
def test_a_star_ends_a_prefix_and_a_tilde_a_fuzzy_word(query: str, tree: Node) -> None:
    assert parse(query).tree == tree


@pytest.mark.parametrize(("field", "name"), [(field, name) for field, names in FIELD_NAMES.items() for name in names])
def test_every_field_is_asked_by_each_of_its_names(field: str, name: str) -> None:
    assert parse(f"{name}:قطر").tree == Fielded(field, QATAR)


FIELD_SPELLINGS = [
    ("عنوان: قطر", Fielded("title", QATAR)),
    ("عنــوان:قطر", Fielded("title", QATAR)),
    ("TITLE:قطر", Fielded("title", QATAR)),
    ("كشور：قطر", Fielded("country", QATAR)),
    (f"{RLM}کش{ZWNJ}ور{RLM}:{LRM}قطر", Fielded("country", QATAR)),
    ("الدوله:قطر", Fielded("country", QATAR)),
    ("المسوول:خلفوف", Fielded("official", Word("خلفوف"))),
    ("هيئه:الناتو", Fielded("body", Word("الناتو"))),
    ("هیئة:الناتو", Fielded("body", Word("الناتو"))),
    ("تاریخ:2020", Fielded("date", Word("2020"))),
    ("اللغه:ar", Fielded("lang", Word("ar"))),
    ("عُنوان:قطر", Fielded("title", QATAR)),
]


@pytest.mark.parametrize(("query", "tree"), FIELD_SPELLINGS)
def test_field_names_are_known_in_any_spelling(query: str, tree: Node) -> None:
    assert parse(query).tree == tree


FIELDS = [
    ("عنوان:وزير قطر", And((Fielded("title", Word("وزير")), QATAR))),
    ("عنوان:«وزير خارجية»", Fielded("title", Phrase(("وزير", "خارجية")))),
    ("عنوان:(قطر OR إيران)", Fielded("title", Or((QATAR, IRAN)))),
    ("عنوان:(قطر -إيران)", Fielded("title", And((QATAR, Not(IRAN))))),
    ("عنوان:(-قطر -إيران)", Fielded("title", everything_but(QATAR, IRAN))),
    ("-البلد:قطر إيران", And((Not(Fielded("country", QATAR)), IRAN))),
    ("البلد:-قطر إيران", And((Not(Fielded("country", QATAR)), IRAN))),
    ("البلد:(-قطر) إيران", And((Not(Fielded("country", QATAR)), IRAN))),
    ("title:country:قطر", And((Word("title"), Fielded("country", QATAR)))),
    ("title:(إيران country:قطر)", Fielded("title", And((IRAN, Fielded("country", QATAR))))),
    ("title:قط*", Fielded("title", Prefix("قط"))),
    ("official:خلفوف~", Fielded("official", Fuzzy("خلفوف"))),
    ("source:azvision.az", Fielded("source", Word("azvision.az"))),
]


@pytest.mark.parametrize(("query", "tree"), FIELDS)
def test_a_field_asks_what_stands_right_after_it(query: str, tree: Node) -> None:
    assert parse(query).tree == tree


RANGES = [
    ("date:2019..2023", Range("2019", "2023")),
    ("date:2019…2023", Range("2019", "2023")),
    ("date:2019..", Range("2019", None)),
    ("date:..2023", Range(None, "2023")),
    ("date:[2019 TO 2023]", Range("2019", "2023")),
    ("date:[2019 TO *]", Range("2019", None)),
    ("date:[* TO 2023]", Range(None, "2023")),
    ("تاریخ:[۱۴۰۱ تا ۱۴۰۲]", Range("۱۴۰۱", "۱۴۰۲")),
    ("التاريخ:[٢٠١٩ إلى ٢٠٢٣]", Range("٢٠١٩", "٢٠٢٣")),
    ("تاریخ:[مهر ۱۴۰۲ تا آبان ۱۴۰۲]", Range("مهر ۱۴۰۲", "آبان ۱۴۰۲")),
    ("date:2019-2023", Range("2019", "2023")),
    ("تاریخ:۱۴۰۱–۱۴۰۲", Range("۱۴۰۱", "۱۴۰۲")),
    ("date:2020-10-26..2020-11", Range("2020-10-26", "2020-11")),
    ("تاریخ:۱۴۰۲/۰۷..۱۴۰۲/۰۸", Range("۱۴۰۲/۰۷", "۱۴۰۲/۰۸")),
    ("date:2019-10..2019", Range("2019-10", "2019")),
    ("date:2019..1402", Range("2019", "1402")),
    ("date:(2019..2020)", Range("2019", "2020")),
]


@pytest.mark.parametrize(("query", "tree"), RANGES)
def test_dates_are_asked_in_ranges(query: str, tree: Node) -> None:
    parsed = parse(query)
    assert (parsed.tree, parsed.notices) == (Fielded("date", tree), ())


def test_a_single_date_is_a_word_of_the_date_field() -> None:
    assert parse("date:2019-10").tree == Fielded("date", Word("2019-10"))
    assert parse("تاریخ:«مهر ۱۴۰۲»").tree == Fielded("date", Phrase(("مهر", "۱۴۰۲")))


RIGHT_TO_LEFT = [
    (f"{RLM}-{RLM}قطر إيران", And((Not(QATAR), IRAN))),
    (f"إيران {RLM}-{LRM}قطر", And((IRAN, Not(QATAR)))),
    (f"{RLM}«{RLM}خلف خلفوف{RLM}»{LRM}~{LRM}3", Phrase(("خلف", "خلفوف"), 3)),
    (f"قط{RLM}ر", QATAR),
    (f"\u202bقطر\u202c {LRM}OR{LRM} \u2067إيران\u2069", Or((QATAR, IRAN))),
    (f"أذرب{RLM}*", Prefix("أذرب")),
    ("\ufeffقطر", QATAR),
    (f"-{ZWNJ}قطر إيران", And((Not(QATAR), IRAN))),
    (
        "country:قطر -title:(إيران OR Baku)",
        And((Fielded("country", QATAR), Not(Fielded("title", Or((IRAN, Word("Baku"))))))),
    ),
]


@pytest.mark.parametrize(("query", "tree"), RIGHT_TO_LEFT)
def test_direction_marks_change_nothing(query: str, tree: Node) -> None:
    assert parse(query).tree == tree


NOTICES = [
    ("«خلف خلفوف", And((Word("خلف"), Word("خلفوف"))), "unclosed-quote", "«"),
    ('قطر -"إيران', And((QATAR, IRAN)), "unclosed-quote", '"'),
    ("(قطر OR إيران", Or((QATAR, IRAN)), "unbalanced-parenthesis", "("),
    ("باکو (قطر OR إيران", And((BAKU, Or((QATAR, IRAN)))), "unbalanced-parenthesis", "("),
    ("قطر) إيران", And((QATAR, IRAN)), "unbalanced-parenthesis", ")"),
    ("status:draft", And((Word("status"), Word("draft"))), "unknown-field", "status"),
    ("الناتو:أذربيجان", And((Word("الناتو"), Word("أذربيجان"))), "unknown-field", "الناتو"),
    ("id:*", Word("id"), "wildcard-misplaced", "*"),
    ("عنوان:", Word("عنوان"), "field-without-value", "عنوان:"),
    ("قطر OR", And((QATAR, Word("or"))), "operator-without-words", "OR"),
    ("AND قطر", And((Word("and"), QATAR)), "operator-without-words", "AND"),
    ("NOT", Word("not"), "operator-without-words", "NOT"),
    ("(OR)", Word("or"), "operator-without-words", "OR"),
    ("ق*", Word("ق"), "prefix-too-short", "ق*"),
    ("قـَ*", Word("قـَ"), "prefix-too-short", "قـَ*"),
    ("*خلفوف", Word("خلفوف"), "wildcard-misplaced", "*"),
    ("خل*وف", And((Word("خل"), Word("وف"))), "wildcard-misplaced", "*"),
    ("ق~", Word("ق"), "fuzzy-too-short", "ق~"),
    ("قطر~9", Fuzzy("قطر", 2), "fuzzy-too-far", "قطر~9"),
    ("«قطر وإيران»~999", Phrase(("قطر", "وإيران"), 50), "proximity-too-far", "«قطر وإيران»~999"),
    ("1990..2000", And((Word("1990"), Word("2000"))), "range-outside-date", "1990..2000"),
    ("date:2023..2019", Fielded("date", Range("2019", "2023")), "reversed-range", "2023..2019"),
    (
        "date:1402/08..1402/07",
        Fielded("date", Range("1402/07", "1402/08")),
        "reversed-range",
        "1402/08..1402/07",
    ),
    ("date:[* TO *] قطر", QATAR, "empty-range", "[* TO *]"),
    ("-قطر", everything_but(QATAR), "only-negative", "-قطر"),
    ("-قطر -إيران", everything_but(QATAR, IRAN), "only-negative", "-قطر -إيران"),
    ("(" * 17 + "قطر OR إيران" + ")" * 17, Or((QATAR, IRAN)), "nested-too-deep", "("),
]


@pytest.mark.parametrize(("query", "tree", "code", "text"), NOTICES)
def test_what_cannot_be_understood_is_searched_as_words_and_told(query: str, tree: Node, code: str, text: str) -> None:
    parsed = parse(query)
    assert parsed.tree == tree
    assert [(told.code, told.text) for told in parsed.notices] == [(code, text)]
    assert all(query[told.start : told.end] == told.text for told in parsed.notices)


def test_every_notice_is_made_by_some_query_and_has_a_sentence() -> None:
    told = {code for _query, _tree, code, _text in NOTICES} | {"too-long", "too-many-terms"}
    assert told == set(NOTICE_MESSAGES)
    assert parse("قطر~9").notices[0].message == "At most 2 letters may differ; “قطر~9” was searched with ~2."


@pytest.mark.parametrize("query", ["الناتو:", "الناتو: بيان", "خلف اف: زبان صلح", "في 23:23", "https://azvision.az"])
def test_a_colon_after_an_ordinary_word_is_punctuation(query: str) -> None:
    assert codes(query) == []


def test_a_query_of_256_characters_is_searched_and_of_257_refused() -> None:
    assert not parse("ق" * MAX_CHARACTERS).refused
    parsed = parse("ق" * (MAX_CHARACTERS + 1))
    assert (parsed.refused, parsed.tree) == (True, NOTHING)
    assert parsed.notices[0].message.startswith("The query has 257 characters; at most 256 are allowed.")


def test_a_query_of_32_terms_is_searched_and_of_33_refused() -> None:
    assert not parse("قطر " * MAX_TERMS).refused
    parsed = parse("قطر " * (MAX_TERMS + 1))
    assert (parsed.refused, parsed.tree, codes(parsed.text)) == (True, NOTHING, ["too-many-terms"])


@pytest.mark.parametrize("query", ['"' + "a " * 33 + '"', "a." * 32 + "a", "title:(" + "a -b " * 17 + ")", "ا1" * 17])
def test_terms_are_counted_wherever_they_hide(query: str) -> None:
    assert parse(query).refused


def test_offsets_are_places_in_the_text_typed() -> None:
    query = f"  {RLM}قطر -{RLM}عنوان:«وزير خارجية»"
    tree = parse(query).tree
    assert isinstance(tree, And)
    word, excluded = tree.children
    assert isinstance(word, Word)
    assert query[word.start : word.end] == "قطر"
    assert isinstance(excluded, Not)
    assert isinstance(excluded.child, Fielded)
    assert query[excluded.child.start : excluded.child.end] == "عنوان:«وزير خارجية»"


def test_terms_are_what_an_article_may_have() -> None:
    tree = parse("قطر -إيران عنوان:«مجلس الأمن» (أذرب* OR -باکو) -(-ناتو~) date:2019..").tree
    assert list(terms(tree)) == [QATAR, Phrase(("مجلس", "الأمن")), Prefix("أذرب"), Fuzzy("ناتو")]


def test_a_link_put_into_the_tree_is_no_term() -> None:
    assert list(terms(Or((QATAR, Linked("country", "qa"))))) == [QATAR]


CANONICAL = [
    ("قطر  AND إيران", "قطر إيران"),
    ("( قطر OR إيران )  باکو", "(قطر OR إيران) باکو"),
    ("NOT کشور: قطر OR “خلف خلفوف”", '-country:قطر OR "خلف خلفوف"'),
    ("date:[2019 TO *]", "date:2019.."),
    ("تاریخ:[مهر ۱۴۰۲ تا *]", "date:[مهر ۱۴۰۲ TO *]"),
    ("خلفوف~1 ستولتنبرج~2 «a b»~3", 'خلفوف~ ستولتنبرج~2 "a b"~3'),
    ("", ""),
]


@pytest.mark.parametrize(("query", "text"), CANONICAL)
def test_a_tree_is_written_in_one_way(query: str, text: str) -> None:
    assert to_text(parse(query).tree) == text


DISTRIBUTED = [
    ("title:(قطر OR إيران)", "title:قطر OR title:إيران"),
    ("title:(قطر -إيران) باکو", "title:قطر -title:إيران باکو"),
    ("country:(-قطر -إيران)", "-country:قطر -country:إيران"),
    ("title:(قطر country:إيران)", "title:قطر country:إيران"),
    ("date:(2019..2020 OR 2023)", "date:2019..2020 OR date:2023"),
    ("قطر", "قطر"),
]


@pytest.mark.parametrize(("query", "text"), DISTRIBUTED)
def test_a_field_of_a_group_can_be_asked_of_each_term(query: str, text: str) -> None:
    assert distributed(parse(query).tree) == parse(text).tree


def test_a_refused_query_finds_nothing_in_any_form() -> None:
    assert distributed(NOTHING) == NOTHING
    assert list(terms(NOTHING)) == []
