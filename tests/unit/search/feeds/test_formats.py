"""What stands in a feed: text that XML can hold, with its language and direction."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from archive.text.xml import legal
from search.feeds.formats import AtomFeed, RssFeed, content

DUBLIN, ATOM = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/2005/Atom}"
TITLE = "محادثات بين الدوحة وطهران"


def feed(feed_class: type[RssFeed | AtomFeed], **item: Any) -> Element:
    made = feed_class(title="Diwan", link="https://diwan.example/", description="news", language="en")
    made.add_item(**{"title": TITLE, "link": "https://diwan.example/a/", "description": "<p>قطر</p>"} | item)
    written = io.StringIO()
    made.write(written, "utf-8")
    return fromstring(written.getvalue().encode())


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_left_out(sign: str) -> None:
    assert legal(f"قط{sign}ر") == "قطر"


def test_line_ends_half_spaces_and_marks_of_direction_stay() -> None:
    text = "می\u200cرود\u200f\n\tدوحه"
    assert legal(text) == text


def test_paragraphs_say_their_language_and_direction_and_are_escaped() -> None:
    assert content(["قطر <b>", "لاتفيا"], "ar") == ('<div lang="ar" dir="rtl"><p>قطر &lt;b&gt;</p><p>لاتفيا</p></div>')
    assert 'dir="ltr"' in content(["Doha"], "en")


def test_an_item_of_rss_says_its_language_and_its_source() -> None:
    (item,) = feed(RssFeed, language="fa", source_name="دفاع پرس").iter("item")
    assert (item.findtext(f"{DUBLIN}language"), item.findtext(f"{DUBLIN}source")) == ("fa", "دفاع پرس")
    (item,) = feed(RssFeed, language="fa", source_name="").iter("item")
    assert item.find(f"{DUBLIN}source") is None


def test_an_entry_of_atom_has_the_text_as_its_content() -> None:
    (entry,) = feed(AtomFeed, language="ar", source_name="").iter(f"{ATOM}entry")
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert entry.findtext(f"{ATOM}content") == "<p>قطر</p>"
    assert entry.find(f"{ATOM}summary") is None


@pytest.mark.parametrize("kind", [(RssFeed, Rss201rev2Feed), (AtomFeed, Atom1Feed)])
def test_items_written_one_by_one_stand_as_django_writes_them_in_a_whole_feed(kind: tuple[Any, Any]) -> None:
    ours, of_django = kind
    at_once = type("AtOnce", (ours,), {"add_item": SyndicationFeed.add_item, "write_items": of_django.write_items})
    written = []
    for feed_class in (ours, at_once):
        made = feed_class(title="Diwan & <b>", link="https://diwan.example/", description="news", language="fa")
        for number in range(3):
            made.add_item(
                title=f"{TITLE} <{number}>",
                link=f"https://diwan.example/{number}/?a=1&b=ق",
                description="<p>قطر &amp; ایران</p>\n",
                author_name='ع. "ق"' if number else None,
                categories=["قطر", "Iran & Oman"][:number],
                unique_id=f"urn:{number}",
                unique_id_is_permalink=False,
                pubdate=datetime(2023, 10, 4 + number, tzinfo=UTC),
                updateddate=datetime(2024, 10, 4 - number, tzinfo=UTC),
                language="ar",
                source_name="دفاع پرس" if number else "",
                is_summary=number == 1,
            )
        written.append(made.writeString("utf-8"))
    assert written[0] == written[1] and TITLE in written[0]
