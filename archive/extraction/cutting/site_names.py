"""The outlet's name among what a page's head says of its site: no slogan, no company, no handle, no section."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import IntEnum

from archive.extraction.page.folding import fold, key
from archive.extraction.page.types import Evidence

_PARTS = re.compile(r"\s+[|–—\-:»«•·/›]\s+|\s*[|｜]\s*|\s*::\s*|:\s+")
_OUTLET = re.compile(
    r"(?:^|\s)(?:ال)?(?:صحيفه|جريده|وكاله|قناه|موقع|شبكه|مجله|اذاعه|تلفزيون|بوابه|منصه|راديو|يوميه|اسبوعيه"
    r"|خبر\s?گزاري|روزنامه|پايگاه|سايت|هفته\s?نامه|ماهنامه|باشگاه خبرنگاران|صداي|agency|news agency|times|post"
    r"|tv|newspaper)(?:\s|$)"
)
_COMPANY = re.compile(
    r"(?:^|\s)(?:ال)?(?:شركه|شركت|مجموعه|قابضه|محدوده|مؤسسه|موسسه|هلدينگ|للنشر|للاعلام|للصحافه|للطباعه"
    r"|انتشارات)(?:\s|$)"
    r"|\b(?:llc|ltd|inc|gmbh|group|holdings?|company|co|corp|corporation|fz|plc|s\.?a|publishing|media group)\b"
)
_SLOGAN = re.compile(
    r"(?:^|\s)(?:و|ال|ل|ب)?(?:اخبار|خبر|لحظه|عاجل|عاجله|حدث|احداث|اولا|اول|دائما|كل|جديد|مصداقيه|موضوعيه|حقيقه"
    r"|مهنيه|عالم"
    r"|اخرين|تازه ترين|روز|مرجع|رسمي|هوشمند|سريع|دقيق|حرفه|latest|breaking|news|headlines|official|around|world"
    r"|your)(?:\s|$)"
)
_SECTIONS = frozenset(
    map(
        key,
        "الرئيسية الأخبار أخبار سياسة السياسة اقتصاد الاقتصاد رياضة الرياضة ثقافة عربي دولي عربية دولية محليات"
        " منوعات العالم تقارير"
        " مقالات رأي صفحه‌نخست خانه سیاسی سیاست اقتصادی ورزشی فرهنگی اجتماعی بین‌الملل جهان ایران news home"
        " politics world"
        " blog wordpress website index untitled article default page".split(),
    )
)
_ARABIC = re.compile("[\u0621-\u06d3]")
_HANDLE = re.compile(r"@?[a-z0-9_.\-]{2,40}")
_LONGEST = 6


class Worth(IntEnum):
    """How much a stated name is worth: in the page's script, a Latin name, or a handle, company or slogan."""

    NONE, POOR, LATIN, GOOD = range(4)


def outlet_name(stated: Evidence) -> tuple[Worth, Evidence]:
    """Return the part of a stated name that is the outlet's, and what it is worth.

    «صحيفة المرفأ | أخبار العالم لحظة بلحظة | Almarfa» gives «صحيفة المرفأ».

    >>> outlet_name(Evidence("صحيفة المرفأ | أخبار العالم | Almarfa", 0, 37, "og:site_name"))[1].text
    'صحيفة المرفأ'
    """
    parts, start = [], 0
    for match in (*_PARTS.finditer(stated.text), None):
        end = match.start() if match else len(stated.text)
        text = stated.text[start:end].strip(" «»“”\"'.،")
        if text:
            at = stated.start + start + stated.text[start:end].index(text)
            parts.append(replace(stated, text=text, start=at, end=at + len(text)))
        start = match.end() if match else end
    return max(((_worth(part.text), part) for part in parts), key=_rank, default=(Worth.NONE, stated))


def _rank(judged: tuple[Worth, Evidence]) -> tuple[int, bool]:
    return judged[0], _OUTLET.search(fold(judged[1].text)) is not None


def _worth(name: str) -> Worth:
    folded, words = fold(name), len(name.split())
    if key(name) in _SECTIONS or not any(map(str.isalpha, name)):
        return Worth.NONE
    is_outlet = _OUTLET.search(folded) is not None
    slogan = words > 2 and _SLOGAN.search(folded) and not is_outlet
    if slogan or words > _LONGEST or (_COMPANY.search(folded) and not is_outlet):
        return Worth.POOR
    if _ARABIC.search(name):
        return Worth.GOOD
    return Worth.POOR if _HANDLE.fullmatch(name) else Worth.LATIN


def beside_title(stated: Evidence, title: str) -> list[Evidence]:
    """Return what the <title> says before or behind the article's title: «أمن الحدود … - المرفأ» gives «المرفأ».

    What calls itself an outlet comes first, then what is farthest from the title, for sections stand between:
    «أمن الحدود … - محليات البحر - المرفأ», "المرفأ | محليات البحر | أمن الحدود …".
    """
    if not title or key(title) not in key(stated.text):
        return []
    pieces, start = [], 0
    for match in (*_PARTS.finditer(stated.text), None):
        piece = stated.text[start : match.start() if match else len(stated.text)]
        if piece.strip():
            at = stated.start + start + len(piece) - len(piece.lstrip())
            pieces.append(replace(stated, text=piece.strip(), start=at, end=at + len(piece.strip())))
        start = match.end() if match else 0
    own = [at for at, piece in enumerate(pieces) if key(piece.text) in key(title) or key(title) in key(piece.text)]
    far = {at: min((abs(at - one) for one in own), default=0) for at in range(len(pieces)) if at not in own}
    order = sorted(far, key=lambda at: (_OUTLET.search(fold(pieces[at].text)) is None, -far[at]))
    return [pieces[at] for at in order]
