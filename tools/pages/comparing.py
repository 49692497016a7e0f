"""Two answers to one request: equal to the byte, equal but for white space in the markup, or different, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tools.pages.asking import Request, Response
from tools.pages.noise import quiet
from tools.pages.saved import Pages

AROUND = 70  # characters shown before and after the first difference
_KEPT_AS_IS = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BLOCKS = (
    "html head body title meta link header footer main nav section article aside div p h1 h2 h3 h4 h5 h6 "
    "ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr td th form fieldset legend details "
    "summary figure figcaption blockquote hr br select option optgroup datalist search template script "
    "style noscript svg g path line rect text circle symbol defs !doctype "
).split()
_BESIDE_BLOCKS = re.compile(rf" ?(</?(?:{'|'.join(_BLOCKS)})(?:\s[^>]*)?>) ?", re.IGNORECASE)


class Likeness(StrEnum):
    EQUAL = "equal to the byte"
    SPACED = "equal but for white space beside the tags of blocks, which nobody sees"
    INLINE = "equal but for white space between tags within a line, which a reader may see"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class PageDifference:
    """Where two answers part: in `aspect`, as `before` and `after` tell; `kind` is alike for the same cause."""

    request: Request
    aspect: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True, slots=True)
class PageComparison:
    """How many pages are how alike; the differences, the first of each page; requests that only one side has."""

    counts: dict[Likeness, int]
    examples: dict[Likeness, list[Request]]
    differences: list[PageDifference]
    missing: list[Request]


def compare(before: Pages, after: Pages) -> PageComparison:
    examples: dict[Likeness, list[Request]] = {likeness: [] for likeness in Likeness}
    differences = []
    for request in before.keys() & after.keys():
        likeness = likeness_of(before[request], after[request])
        examples[likeness].append(request)
    for requests in examples.values():
        requests.sort(key=list(before).index)
    for request in examples[Likeness.DIFFERENT]:
        differences += list(_differences(request, quiet(before[request]), quiet(after[request])))[:1]
    counts = {likeness: len(requests) for likeness, requests in examples.items()}
    return PageComparison(counts, examples, differences, sorted(before.keys() ^ after.keys(), key=str))


def likeness_of(before: Response, after: Response) -> Likeness:
    one, other = quiet(before), quiet(after)
    if one.status != other.status or one.headers != other.headers:
        return Likeness.DIFFERENT
    if one.body == other.body:
        return Likeness.EQUAL
    if not _is_markup(one):
        return Likeness.DIFFERENT
    if _spaced(one.body) == _spaced(other.body):
        return Likeness.SPACED
    return Likeness.INLINE if _bare(one.body) == _bare(other.body) else Likeness.DIFFERENT


def _is_markup(answer: Response) -> bool:
    return answer.media_type.endswith(("html", "xml"))


def _spaced(body: bytes) -> str:
    """Runs of white space as one space, none beside the tag of a block; `<pre>` and the like as they are."""
    pieces = _KEPT_AS_IS.split(body.decode("utf-8", "replace"))
    return "".join(piece if at % 3 == 1 else _one_space(piece) for at, piece in enumerate(pieces) if at % 3 != 2)


def _one_space(text: str) -> str:
    text = re.sub(r"[ \t\r\n]+", " ", text)
    text = _TAG.sub(lambda tag: re.sub(r" (/?>)$", r"\1", tag[0]), text)
    return _BESIDE_BLOCKS.sub(r"\1", _BESIDE_BLOCKS.sub(r"\1", text)).strip(" ")


def _bare(body: bytes) -> str:
    """As `_spaced`, and no white space between any two tags or at the edge of a text."""
    return re.sub(r" ?(<[^>]*>) ?", r"\1", _spaced(body))


def _differences(request: Request, before: Response, after: Response) -> Iterator[PageDifference]:
    if before.status != after.status:
        yield PageDifference(request, "status", str(before.status), str(after.status), "status")
    one, other = _by_name(before), _by_name(after)
    for name in sorted(one.keys() | other.keys()):
        if one.get(name) != other.get(name):
            yield PageDifference(request, name, one.get(name, "none"), other.get(name, "none"), name)
    if before.body != after.body:
        yield _first_in_bodies(request, before, after)


def _by_name(answer: Response) -> dict[str, str]:
    lines: dict[str, list[str]] = defaultdict(list)
    for name, value in answer.headers:
        lines[name].append(value)
    return {name: " | ".join(values) for name, values in lines.items()}


def _first_in_bodies(request: Request, before: Response, after: Response) -> PageDifference:
    if _is_markup(before):
        one, other = _bare(before.body), _bare(after.body)
    else:
        one, other = before.body.decode("utf-8", "replace"), after.body.decode("utf-8", "replace")
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, at - AROUND)
    cause = re.sub(r"\d+", "0", one[max(0, at - 25) : at])
    was, now = (text[start : at + AROUND].replace("\n", "⏎") for text in (one, other))
    return PageDifference(request, "body", was, now, f"body after {cause!r}")


def report(result: PageComparison, explained: Iterable[tuple[re.Pattern[str], str]] = ()) -> tuple[str, bool]:
    """The comparison in words, and whether nothing differs but what is explained: `[(pattern of requests, reason)]`."""
    lines = [f"{result.counts[likeness]:>5} {likeness}" for likeness in Likeness]
    lines += [f"      such as {one}" for one in result.examples[Likeness.INLINE][:5]]
    lines += [f"      only on one side: {one}" for one in result.missing]
    kinds: dict[str, list[PageDifference]] = defaultdict(list)
    reasons: dict[str, int] = defaultdict(int)
    for difference in result.differences:
        reason = next((why for pattern, why in explained if pattern.search(str(difference.request))), "")
        if reason:
            reasons[reason] += 1
        else:
            kinds[difference.kind].append(difference)
    lines += [f"{count:>5} of the different ones explained: {reason}" for reason, count in reasons.items()]
    for kind, ones in sorted(kinds.items(), key=lambda item: -len(item[1])):
        first = ones[0]
        lines += [f"{len(ones):>5} × {kind}, first in {first.request}"]
        lines += [f"      - {first.before}", f"      + {first.after}"]
        lines += [f"        also {one.request}" for one in ones[1:4]]
    return "\n".join(lines), not kinds and not result.missing
