"""Pages before and after: noise is left out, white space is told from words, and a difference is shown where it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.pages import comparing, drawing, links, noise, saved
from tools.pages.asking import Request, Response, ask
from tools.pages.comparing import Likeness

PAGE = Request("ar", "/search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81")
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def html(text: str, status: int = 200, *more: tuple[str, str]) -> Response:
    return Response(status, (*HTML, *more), text.encode())


@pytest.mark.parametrize(
    ("before", "after", "likeness"),
    [
        ("<ul><li>خلف خلفوف</li></ul>", "<ul><li>خلف خلفوف</li></ul>", Likeness.EQUAL),
        ("<ul><li>خلف خلفوف</li></ul>", "<ul>\n  <li>\n    خلف\n خلفوف\n  </li>\n</ul>\n", Likeness.SPACED),
        ('<p id="a" lang="ar">قطر</p>', '<p id="a"\n   lang="ar"\n>قطر</p>', Likeness.SPACED),
        ("<p><b>خلف</b><i>خلفوف</i></p>", "<p><b>خلف</b> <i>خلفوف</i></p>", Likeness.INLINE),
        ("<p>خلف خلفوف</p>", "<p>خلفخلفوف</p>", Likeness.DIFFERENT),
        ("<pre>قطر\n  لاتفيا</pre>", "<pre>قطر لاتفيا</pre>", Likeness.DIFFERENT),
        ("<p>قطر</p>", '<p class="a">قطر</p>', Likeness.DIFFERENT),
    ],
)
def test_white_space_is_told_from_what_a_reader_sees(before: str, after: str, likeness: Likeness) -> None:
    assert comparing.likeness_of(html(before), html(after)) is likeness


def test_what_chance_draws_makes_no_difference_but_its_absence_does() -> None:
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    one = html(field.format("aB3"), 200, ("ETag", '"1"'), ("X-Request-ID", "0f"))
    other = html(field.format("Zz9"), 200, ("ETag", '"2"'), ("X-Request-ID", "e1"))
    assert comparing.likeness_of(one, other) is Likeness.EQUAL
    assert comparing.likeness_of(one, html(field.format("Zz9"))) is Likeness.DIFFERENT


def test_the_digest_in_the_name_of_a_style_sheet_makes_no_difference() -> None:
    link = '<link rel="stylesheet" href="/static/css/{}">'
    one, other = (html(link.format(name)) for name in ("base.0123456789ab.css", "base.ba9876543210.css"))
    assert comparing.likeness_of(one, other) is Likeness.EQUAL
    assert comparing.likeness_of(one, html(link.format("other.ba9876543210.css"))) is Likeness.DIFFERENT


@pytest.mark.parametrize("written", ['<input name="key" value="{}">', '<form action="?grant={}" method="post">'])
def test_what_is_signed_for_a_form_makes_no_difference_but_its_absence_does(written: str) -> None:
    one, other = (html(written.format(signed)) for signed in ("eyJrZXki:1xXQrf:k0Ew_-u", "2%3A1xXRKI%3As-bfvW"))
    assert comparing.likeness_of(one, other) is Likeness.EQUAL
    assert comparing.likeness_of(one, html(written.format(""))) is Likeness.DIFFERENT


def test_an_index_made_anew_makes_no_difference() -> None:
    told = '{{"indexed": 331, "generation": "{}"}}'
    one, other = (html(told.format(name)) for name in ("20261128T144800-0a4e.2", "20261129T120000-17f3.1"))
    assert comparing.likeness_of(one, other) is Likeness.EQUAL


def test_the_second_of_its_making_is_left_out_of_a_dossier_alone() -> None:
    body = b"/CreationDate (D:20261128145046+00'00') /ID \n[<0a><0b>]"
    dossier = Response(200, (("Content-Type", "application/pdf"),), body)
    assert noise.quiet(dossier).body == b"/CreationDate - /ID -"
    assert noise.quiet(Response(200, HTML, body)).body == body


def test_every_noise_has_a_reason() -> None:
    assert all(len(one.reason) > 20 for one in (*noise.BODIES, *noise.PDF, *noise.HEADERS))


def test_a_difference_is_shown_where_it_is_and_ends_the_comparison_badly() -> None:
    before = {PAGE: html("<p>خمسة أخبار</p>"), Request("fa", "/"): html("دیوان")}
    after = {PAGE: html("<p>ستة أخبار</p>"), Request("fa", "/"): html("دیوان")}
    text, is_alike = comparing.report(comparing.compare(before, after))
    assert not is_alike
    assert "1 equal to the byte" in text
    assert "- <p>خمسة أخبار</p>" in text
    assert "+ <p>ستة أخبار</p>" in text


def test_an_explained_difference_is_counted_and_ends_nothing_badly() -> None:
    result = comparing.compare({PAGE: html("<p>قطر</p>", 200)}, {PAGE: html("<p>قطر</p>", 404)})
    text, is_alike = comparing.report(result, [(re.compile("ar +GET /search/"), "results were moved")])
    assert is_alike
    assert "1 of the different ones explained: results were moved" in text


def test_a_page_that_only_one_side_has_ends_the_comparison_badly() -> None:
    _text, is_alike = comparing.report(comparing.compare({PAGE: html("قطر")}, {}))
    assert not is_alike


def test_what_is_saved_is_read_again_to_the_byte(tmp_path: Path) -> None:
    sent = Request("shelf", "/shelf/articles/", "POST", (("a", "3d43f546d925"), ("next", "/")))
    pages = {PAGE: html("<p>خلف‌خلف‌اف\r\n</p>"), sent: Response(303, (("Location", "/"),), b"\x00\xff")}
    saved.write(tmp_path, pages.items(), Path("/var/lib/diwan"))
    assert saved.read(tmp_path) == pages
    assert list(saved.read(tmp_path)) == list(pages)
    assert saved.archive_of(tmp_path) == Path("/var/lib/diwan")


def test_links_and_forms_are_those_of_this_archive() -> None:
    page = html(
        '<a href="?q=قطر&amp;page=2#top">2</a><a href="https://azvision.az/ar">AzVision</a><img src="/favicon.ico">'
        '<form method="post" action="/shelf/articles/"><input type="hidden" name="csrfmiddlewaretoken" value="x">'
        '<input type="hidden" name="a" value="3d43f546d925"><textarea name="told"></textarea><button>✓</button></form>'
    )
    assert links.links(PAGE, page) == ["/search/?q=قطر&page=2", "/favicon.ico"]
    assert links.forms(PAGE, page) == [("/shelf/articles/", (("a", "3d43f546d925"), ("told", links.WORDS)))]


def test_the_list_asks_in_three_languages() -> None:
    found = drawing.listed()
    assert {request.who for request in found} == {"ar", "fa", "en"}
    assert len(set(found)) == len(found)
    assert PAGE in found


def test_the_kind_of_an_address_is_its_route_and_the_names_of_its_parameters() -> None:
    assert drawing.kind("/articles/3d43f546d925/?q=a&page=2") == "articles/<str:identifier>/ page q"
    assert drawing.kind("/nosuch") == "nowhere"


def test_a_reader_is_answered_in_the_language_of_the_cookie(five: dict[str, object]) -> None:
    answer = ask(Request("fa", "/search/?q=خلفوف"))
    assert answer.status == 200
    assert b'<html lang="fa" dir="rtl"' in answer.body
    assert comparing.likeness_of(answer, ask(Request("fa", "/search/?q=خلفوف"))) is Likeness.EQUAL
    assert comparing.likeness_of(answer, ask(Request("en", "/search/?q=خلفوف"))) is Likeness.DIFFERENT
