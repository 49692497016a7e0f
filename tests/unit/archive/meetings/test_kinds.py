"""Calls, visits and signings that a sentence tells: who took part, and where; what is planned or denied is none."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from archive.meetings.reading.proposing import Proposal, proposals, way_of
from archive.meetings.reading.telling import MEETING
from tools.meetings.evaluation import named_in

DAY = datetime.date(2020, 10, 26)
CASES = [line.split("\t") for line in Path(__file__).with_name("kinds.tsv").read_text("utf-8").splitlines()[2:]]


def found(text: str, language: str, title: str = "") -> list[Proposal]:
    return list(proposals(title, text, language, named_in(f"{title}\n\n{text}", language), DAY))


@pytest.mark.parametrize(("language", "kind", "states", "place", "text"), CASES)
def test_a_sentence_tells_of_a_call_a_visit_or_a_signing(
    language: str, kind: str, states: str, place: str, text: str
) -> None:
    told = [one for one in found(text, language) if way_of(one.kind) != MEETING]
    if kind == "-":
        assert not told
        return
    (meeting,) = told
    assert meeting.kind == kind
    assert {party.state for party in meeting.parties} == set(states.split())
    if kind == "visit":  # who came stands first
        assert [party.state for party in meeting.parties] == states.split()
    assert (f"\n\n{text}"[slice(*meeting.place)] or "-") == place


def test_who_calls_two_calls_each_of_them() -> None:
    title = "گفتگوی تلفنی وزیر امور خارجه ایران با همتایان قطری و مصری"
    pairs = {frozenset(party.state for party in one.parties) for one in found("", "fa", title)}
    assert pairs == {frozenset(("ir", "qa")), frozenset(("ir", "eg"))}


def test_one_sentence_may_tell_a_visit_and_a_meeting() -> None:
    text = "وصل وزير الخارجية الفرنسي لوران فابيوس إلى طهران، واستقبل الرئيس الإيراني حسن روحاني وزير الخارجية الفرنسي."
    assert {one.kind for one in found(text, "ar")} == {"visit", "meeting"}


def test_the_present_tells_of_an_arrival_only_in_a_title() -> None:
    text = "وزير الخارجية الفرنسي يصل الى ايران لاجراء محادثات"
    assert [one.kind for one in found("", "ar", text)] == ["visit"]
    assert not found(f"{text}.", "ar")
