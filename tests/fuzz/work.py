"""Texts with traps for hypothesis, and work counted in calls, which is the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from hypothesis import strategies as st

TRAPS = (
    "خلف\u200cاف", "خلفوف", "می کند", "می\u200cکند", "عبد الله", "و", "في", "ال", "کتاب\u200cها",
    "آذربایجان شرقی", "المملكة", "عمان", "عمّان", "وزير الخارجية", "۱۲ مهر ۱۴۰۲", "26 اكتوبر 2020", "الموافق",
    "هـ", "12/5/2020", "بين 3 و", "ﻻ", "﷽", "ﷺ", "ہے", "ھ", "ٱ", "ۀ", "¬", "\u00ad", "\u200b", "\u200c",
    "\u200d", "\u200e", "\u202e", "\u2067", "\u0640", "\u0651", "\u0653", "\u0654", "\u0670", "\u0301", "İ",
    "ǰ", "ß", "ﬁ", "K", "Ω", "😀", "\U0001d7d8", "²", "٬", "٫", "1,000", "\ud800", "\0", "\n", "\u2028",
    "\u00a0", "title:", "عنوان:", "date:", "..", "(", ")", "«", "»", '"', "*", "~2", "-", " OR ", "AND", "<p>",
    "&#0;", " ", " ",
)  # fmt: skip
ANY_SIGN = st.characters(exclude_categories=())
heaps = st.lists(st.sampled_from(TRAPS), max_size=14).map("".join)
texts = (
    heaps | st.text(ANY_SIGN, max_size=60) | st.lists(heaps | st.text(ANY_SIGN, max_size=6), max_size=6).map(" ".join)
)
GROWING = (
    "ا", "ال", "و", "لل", "ـ", "َ", "\u200c", "ا\u200c", "¬", "ا¬", "می ", "ها ", "ابو ", "عبد ", "خلف اف ",
    "1,", "1 ", "٬1", "x-", "x\u0301", "(", '"', "«", "-", "a:", "a* ", "a OR ", "1..", "12/", "12 مهر ",
    "من 3 إلى ", "السبت ، ", "قطر ", "\n", "و قطر ", "آذربایجان ", "عمان ", "السيد ", "<p>", "&", "ﷺ",
)  # fmt: skip


def calls(task: Callable[[], object]) -> int:
    """How many functions, of Python and of C, a task calls."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        task()
    finally:
        sys.setprofile(before)
    return count


def lines(task: Callable[[], object]) -> int:
    """How many lines of Python a task runs, each turn of a loop counted; slower than `calls`, and sees more."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        task()
    finally:
        sys.settrace(before)
    return count


def grows_linearly(
    task: Callable[[str], object],
    unit: str,
    times: int = 60,
    count: Callable[[Callable[[], object]], int] = calls,
) -> bool:
    """Whether eight times the text costs at most twelve times the work; what is cached is cached for both."""
    task(unit * times * 8)
    few = count(lambda: task(unit * times))
    many = count(lambda: task(unit * times * 8))
    return many <= 12 * few + 200
