"""Some dozen reports of our own for a short day: every queue has something. Nobody ever did what they tell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

NAMED_BY_NONE: Final = {"ar": "سالم الوردي", "fa": "بهرام نیک‌پور", "en": "ناصر الغافري"}
EACH: Final = 3  # reports that name each of them
_MEETINGS: Final = (
    ("وزير الخارجية القطري محمد بن عبدالرحمن آل ثاني", "وزير الخارجية الإيراني عباس عراقجي", "الدوحة"),
    ("وزير الخارجية التركي هاكان فيدان", "وزير الخارجية المصري بدر عبدالعاطي", "أنقرة"),
    ("وزير الخارجية السعودي فيصل بن فرحان", "وزير الخارجية العماني بدر البوسعيدي", "الرياض"),
    ("وزير الخارجية الروسي سيرغي لافروف", "وزير الخارجية الأذربيجاني جيحون بيراموف", "موسكو"),
)
_DRAFTS: Final = (
    ("التقى وزير الخارجية القطري السفير أسامة نقلي في الدوحة", "وأكد السفير أسامة نقلي عمق العلاقات مع قطر."),
    ("وزير خارجية أذربيجان يستقبل جيمس موجومي", "واستقبل الوزير وكيل وزارة الخارجية الأوغندية جيمس موجومي في باكو."),
    ("دیدار رئیس‌جمهور آذربایجان با محمد رضا وصفی", "محمد رضا وصفی سفیر ایران در باکو از گسترش روابط دو کشور گفت."),
)


def published() -> Iterable[dict[str, Any]]:
    """Meetings of known officials on known days, persons whom no record names, and a name that is a city or a state."""
    for number in range(3):
        for host, guest, city in _MEETINGS:
            title = f"{host} يلتقي {guest} في {city} للمرة {number + 1}"
            body = (
                f"التقى {host} في {city} {guest}، وبحث الجانبان العلاقات الثنائية والتعاون المشترك.\n\n"
                f"وأكد {host} أهمية المشاورات السياسية بين البلدين في الجولة {number + 1}."
            )
            yield _row(title, body, "ar", f"2020-10-{number * 9 + _MEETINGS.index((host, guest, city)) + 1:02}")
        for name in (NAMED_BY_NONE["ar"], NAMED_BY_NONE["en"]):
            body = f"قال {name} إن العلاقات الثنائية بين قطر وتركيا في تطور.\n\nوأضاف أن العمل مستمر."
            yield _row(f"كلمة {name} في الندوة {number + 1}", body, "ar", f"2020-11-{number + 1:02}")
        body = (
            f"{NAMED_BY_NONE['fa']} گفت وزیر امور خارجه ایران به همکاری با قطر پایبند است.\n\nاو از همکاری‌ها سخن گفت."
        )
        yield _row(f"سخنان {NAMED_BY_NONE['fa']} در نشست {number + 1}", body, "fa", f"2020-11-{number + 11:02}")
        body = f"وصل الوفد إلى عمان.\n\nوتستمر الزيارة {number + 2} أيام، وفيها كلمات وندوات."
        yield _row(f"وصول الوفد رقم {number + 1}", body, "ar", f"2020-12-{number + 1:02}")


def drafts() -> Iterable[dict[str, Any]]:
    for number in range(2):
        for title, body in _DRAFTS:
            yield _row(f"{title} ({number + 1})", f"{title} اليوم {number + 1}.\n\n{body}", "", "")


def _row(title: str, body: str, language: str, date: str) -> dict[str, Any]:
    told = {"title": title, "body": body, "language": language, "date": date, "source": "الجزيرة" if date else ""}
    return {name: value for name, value in told.items() if value}


def written(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path
