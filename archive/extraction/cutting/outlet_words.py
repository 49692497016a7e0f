"""The phrases by which Arabic and Persian pages name the outlet they come from; all folded."""

from __future__ import annotations

import re


def _alternatives(words: str) -> str:
    return "(?:" + "|".join(word.strip().replace(" ", r"\s") for word in words.split("|")) + ")"


def _openings(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split("|"))


_OUTLET = _alternatives("موقع|صحيفه|جريده|قناه|شبكه|مجله|اذاعه|تلفزيون|بوابه|وكاله|منصه|اسبوعيه|يوميه")
_OUTLET_AFTER_LAM = _alternatives("لوكاله|لموقع|لصحيفه|لقناه|لشبكه|لجريده|لمجله")
_SAID = _alternatives(
    "ذكر|ذكرت|افاد|افادت|نقل|نقلت|قال|قالت|كشف|كشفت|نشر|نشرت|اورد|اوردت|كتب|كتبت|اعلنت|اكدت|بث|بثت|رصد|رصدت"
)
_ACCORDING = r"(?:بحسب|حسب|وفقا?ً?|نقلا?ً?\sعن)(?:\sما\s[^\W\d_]+)?|حسبما\s[^\W\d_]+"
_KINDLY = r"(?:\s(?:انباء|اخبار|(?:ال)?اخباري|(?:ال)?اخباريه|(?:ال)?الكتروني))?"
_OPEN_QUOTE = r"[«“\"'‘(]?\s?"
_NAME_WORD = r"[^\s،,:؛.()«»“”\"/]+"
_ARABIC_NAME = rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{0,4}}?"
_LATIN_NAME = r"[a-z][\w.\-]*(?:\s[a-z][\w.\-]*){0,3}"
_AFTER_NAME = _alternatives(
    "ان|انه|انها|بان|فان|عن|نقلا|في|اليوم|امس|قوله|قولها|علي|عبر|خلال|مساء|صباح|ظهر|ومقرها|ومحطه"
)
_ARABIC_END = rf"(?=\s*(?:[،,:؛.(/»”\"]|\s[-–—]\s|$|\s{_AFTER_NAME}\b))"

ARABIC_REPORTS = (
    re.compile(rf"{_SAID}\s(?P<kind>{_OUTLET}){_KINDLY}\s{_OPEN_QUOTE}(?P<name>{_ARABIC_NAME}){_ARABIC_END}"),
    re.compile(rf"{_SAID}\s(?P<name>{_LATIN_NAME}){_ARABIC_END}"),
)
"""«ذكر موقع الشرق أن»: opens the first paragraph."""

ARABIC_CREDITS = (
    re.compile(
        rf"(?:و)?(?:{_ACCORDING})\s(?P<kind>{_OUTLET}|{_OUTLET_AFTER_LAM}){_KINDLY}"
        rf"\s{_OPEN_QUOTE}(?P<name>{_ARABIC_NAME}){_ARABIC_END}"
    ),
    re.compile(rf"(?:و)?(?:{_ACCORDING})\s(?:ل\s?)?(?P<name>{_LATIN_NAME}){_ARABIC_END}"),
)
"""«حسب AzVision،»: opens one of the first paragraphs."""

DEFINITE_AGENCY = ("الانباء", "الصحافه")
"""«وكالة الأنباء السعودية» is a name as a whole; «وكالة أنباء تريند» is named تريند."""

NAMELESS_ARABIC = re.compile(r"(?!ال)\S+(?:يه|ي)(?:\s(?!ال)\S+يه)*|(?:رسمي|محلي|محليه|و\S+)\b.*")
"""A kind of outlet, not a name: «صحيفة جزائرية», «وكالة أنباء يونانية رسمية»."""

NO_ARABIC_OUTLET = _openings(
    "الطيران|الطاقه|الفضاء|الاستخبارات|المخابرات|حمايه|الدوليه|ناسا|وزاره|نادي|رئاسه|فيسبوك|تويتر|يوتيوب|انستغرام"
    "|التواصل|التدوين|الوزاره|الحكومه|الامن|التلفزيونيه|تلفزيون"
)

_PERSIAN_NAME = r"[^،,:؛.()«»\n]{2,70}?"
_PERSIAN_AFTER = _alternatives("از|به نقل از|و|در|با|به|بر|كه|روز|امروز|ديروز|صبح|عصر|ظهر|شامگاه|طي|براي|پس|طبق")
_PERSIAN_END = rf"(?=\s*[،,:؛.(]|\s{_PERSIAN_AFTER}\s|\s[-–—«]|$)"
_REPORTED = (
    r"(?:(?:بنا\s)?به|بنا\s?بر|بنا\s?به|بر\s?اساس|بر\s?پايه|طبق|ب)\s?(?:گزارش|نوشته)(?:\sاز)?|(?:بنا\s)?به نقل از|گزارش"
)
_REPORTED = rf"(?:{_REPORTED})"
_DESKS = _alternatives("گروه|سرويس|خبرنگار|حوزه|دفتر|تحريريه|بخش")

PERSIAN_DESK_REPORT = re.compile(
    rf"{_REPORTED}\s{_DESKS}\b[^،,:؛.()«»\n]{{0,60}}?"
    rf"\s(?P<name>(?:خبر\s?گزاري|باشگاه خبر|پايگاه خبري|روزنامه|سايت)\s{_PERSIAN_NAME}){_PERSIAN_END}"
)
"""«به گزارش خبرنگار حج و زیارت خبرگزاری فارس»: the noun shows where the outlet's name begins."""

PERSIAN_REPORT = re.compile(rf"{_REPORTED}\s(?P<name>{_PERSIAN_NAME}){_PERSIAN_END}")
DESK = re.compile(rf"{_DESKS}\b.*?\s(?P<name>(?:خبر\s?گزاري|پايگاه|باشگاه|شبكه|روزنامه|سايت|وب سايت)\b.*|\S+)$")
DESK_OF_TWO_SUBJECTS = re.compile(rf"{_DESKS}\s[^،,:؛.«»]*?\sو\s[^،]*")
"""A desk named by two subjects and no agency: no telling where the outlet's name begins."""

AGENCY_NOUN = re.compile(
    r"(?:پايگاه خبري تحليلي|پايگاه خبري|پايگاه اطلاع رساني|خبر\s?گزاري|روزنامه"
    r"|سايت خبري|وب سايت|سايت|شبكه خبري|صحيفه|موقع)\s"
)
NAMED_WITH_NOUN = _openings(
    "امارات|قطر|عراق|سوريه|عمان|روسيه|تركيه|افغانستان|پاكستان|هند|چين|ژاپن|لبنان|فلسطين|يمن|اذربايجان|عربستان"
    "|مصر|ايتاليا"
    "|اسپانيا|كويت|الجزاير|كره|فرانسه|المان|جمهوري اسلامي|دانشجويان|رسمي|دولتي|صدا و سيما|محلي|داخلي|ملي"
)
"""What is no name without its noun: «خبرگزاری فرانسه» is an agency, «فرانسه» a country."""

NO_PERSIAN_OUTLET = _openings(
    "روابط عمومي|پزشكي|مركز|سازمان|وزارت|اداره|منابع|رسانه|پليس|ستاد|شاهدان|خبرنگاران|اين|يك|ما |مديريت|انجمن|شوراي"
    "|موسسه|بانك|دانشگاه|پايگاه نظرسنجي|كانال|شركت|قوه|دولت|هواشناسي"
)

PREFIX = re.compile(
    r"(?P<name>(?:خبر\s?گزاري|وكاله|پايگاه خبري|صحيفه|موقع)\s[^:،.؛\-–—ـ\n]{2,30}?|(?!https?\b)[a-z][a-z0-9 .\-]{2,24})"
    r"(?:\s?[؛\-–—ـ_][^:،.\n]{0,40})?\s?:(?=\s?\S|$)"
)
"""«خبرگزاری فارس: …», with a desk or a reporter behind a dash or not."""

DASHED = re.compile(
    r"(?:[^\s\-–—/،]+(?:\s[^\s\-–—/،]+)?\s?[-–—،/]\s?)?(?P<name>(?:خبرگزاري|وكاله)\s\S+|[a-z][a-z.\-]{2,20})\s?[-–—]\s"
)
"""«تهران - خبرگزاری فارس - …»."""

ARABIC_SCRIPT = re.compile("[\u0621-\u06d3]")
"""«AzVision: …» names an outlet before Arabic words; "Stand: 24.04.2024" and "Update: …" are no outlets."""

_SOURCE = r"(?:(?:ال)?مصدر(?:\sالخبر|\sالمقال)?|منبع(?:\sخبر|\sمطلب)?|برگرفته از|source)"

SOURCE_LINE = re.compile(
    rf"[(\[«\s]*{_SOURCE}\s*[:/|=\-–—]+\s*[«“\"(]?(?P<name>[^:+،/]{{2,50}}?)[»”\")\]\s.]*(?:[+،/].{{0,60}})?"
)
SOURCE_PLAIN = re.compile(r"[(\[]?(?:نقلا\sعن|به نقل از|نقل از)\s?:?\s?[«“\"]?(?P<name>[^:،.؛]{2,40}?)[»”\")\]]*")
"""«المصدر: صحيفة المرفأ» and «نقلا عن صحيفة المرفأ», each a line of its own."""

SOURCE_AT_END = re.compile(rf"[(\[]\s*{_SOURCE}\s*[:/|\-–—]\s*(?P<name>[^:()\[\]]{{2,50}}?)\s*[)\]]\W*$")
"""«… بعد الاتصال. (المصدر: المرفأ)»: closes the text."""

NO_NAME = re.compile(
    r"(?:ال)?(?:وكالات|خاص|متابعات|انترنت|مواقع(?:\s.*)?|وسائل اعلام|اين خبر|سايت|رسانه ها|خبرگزاري ها|الوكالات"
    r"|اخبار|.*https?)(?:\s.*)?"
)
"""«المصدر: وكالات»: a line of a source that names none."""

RIGHTS_OF = re.compile(
    r".{0,40}(?:حقوق|rights).{0,40}?(?:محفوظه\s(?:ل|لـ|لدي\s)|متعلق به\s|براي\s)\s?(?P<name>[^©:.،0-9\-–|]{2,40}?)"
    r"\s*(?:محفوظ است|است|مي\s?باشد|محفوظ مي\s?باشد)?[\s©.0-9\-–|]*(?:م|هـ)?"
)
"""«جميع الحقوق محفوظة لصحيفة المرفأ © 2020», «تمامی حقوق برای خبرگزاری پل محفوظ است»."""

OUTLET_IN_RIGHTS = re.compile(
    r"(?P<name>(?:صحيفه|جريده|وكاله|موقع|قناه|شبكه|مجله|بوابه|اذاعه|خبر\s?گزاري|روزنامه|پايگاه خبري"
    r"|شبكه خبري)\s(?!محفوظ|است)[^©.،|0-9:\-–]{2,28}?)"
    r"\s*(?=[©.،|0-9:\-–]|محفوظ|است|$)"
)
"""«© 2020 صحيفة المرفأ. جميع الحقوق محفوظة»."""
