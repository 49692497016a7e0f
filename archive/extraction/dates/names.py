"""Words beside which a number is no day: counted things, names made of a date, parts of a month."""

from __future__ import annotations

from typing import Final

from archive.extraction.dates.tokens import fold_word
from archive.extraction.dates.words import folded

# Counted things: a number before one of these is a count, so a "year" or "day" there is none.
UNITS: Final = folded(
    "% ٪ $ € شخص شخصا أشخاص قتيل قتيلا قتلى جريح جريحا جندي جنديا ريال ريالا دولار دولارا يورو درهم "
    "دينار دينارا "
    "مليون مليار ألف آلاف كلم كم كيلومتر كيلومترا متر مترا طن طنا عام سنة يوم يوما أيام شهر أشهر ساعة "
    "دقيقة طالب "
    "طالبا مشارك مشاركا حالة مقاعد صوت نسخة موظف أسرة عائلة "
    "درصد نفر هزار میلیون میلیارد تریلیون تومان ریال دلار کیلومتر متر تن سال ماه روز ساعت دقیقه کیلو واحد "
    "مورد بار مگاوات هکتار دستگاه خودرو کشته زخمی نفره ساله هزارم percent people"
)

# After these names a day and a month are a name: a bloc, a street, a revolution, a newspaper.
NAMED_AFTER_DATES: Final = folded(
    "اتفاق اتفاقية إعلان وثيقة "
    "قوى فريق تحالف تيار حركة حركه ائتلاف حزب تنظيم ثورة لثورة وثورة بثورة انتفاضة مدينة بمدينة لمدينة "
    "شارع بشارع نهج ونهج بنهج المدرسة "
    "ميدان بميدان ساحة جسر كوبري ملعب استاد جامعة مدرسة مستشفى صحيفة جريدة مجلة أحداث هجمات اعتداءات "
    "تفجيرات "
    "نواب جمهور وزراء أمانة أهداف مبادئ مكتسبات شهداء شباب ذكرى لذكرى بذكرى لذكري جماعة كتيبة لواء مجمع "
    "مصنع حي منطقة "
    "محور قيادات قيادي منسق كتلة حرب نصر انتصار انتصارات روح عيد دوار مطار قاعدة معسكر مسجد قناة مفوضية "
    "مؤسسة هجوم "
    "اعتداء سد مسيرة مليونية مظاهرات جمعة انقلاب حراك متحف محطة سوق برج "
    "میدان خیابان پل بیمارستان ورزشگاه پارک بنیاد بلوار شهرک دانشگاه مدرسه مسجد شهدای شهید قیام انقلاب "
    "حماسه راهپیمایی "
    "جشن فاجعه حادثه حوادث حملات رویداد واقعه عملیات لشکر تیپ گروه جنبش جبهه ائتلاف چهارراه فلکه اتوبان "
    "بزرگراه "
    "سینما تالار سالگرد کودتای کودتا جشنهای سالروز مناسبت ایام مترو ایستگاه نهضت موزه مجتمع"
)
# After these an ordinal counts parts of the month, not its days.
PARTS_OF_MONTH: Final = folded(
    "الأسبوع أسبوع النصف نصف العشر الثلث العقد الجولة الربع المرحلة للأسبوع بالأسبوع "
    "دهه دههٔ هفته هفتهٔ نیمه نیمهٔ دور مرحله فصل ماهه"
)
TIME_PREPOSITIONS: Final = folded(
    "في يوم وفي يومي بتاريخ تاريخ مساء صباح فجر ظهر ليلة الموافق مؤرخ المؤرخ منذ حتى قبل بعد إلى الى "
    "لغاية في، "
    "در روز تاریخ مورخ شامگاه صبح عصر شب بامداد ظهر تا از"
)
# Days whose number and month alone are a name to their readers: they count only after a preposition of time.
FAMOUS_DAYS: Final = frozenset(
    {
        ("gregorian", 1, 14), ("gregorian", 1, 25), ("gregorian", 2, 14), ("gregorian", 2, 17),
        ("gregorian", 2, 20), ("gregorian", 3, 8), ("gregorian", 3, 14), ("gregorian", 4, 6),
        ("gregorian", 6, 30), ("gregorian", 7, 23), ("gregorian", 9, 11), ("gregorian", 9, 26),
        ("gregorian", 10, 6), ("solar_hijri", 2, 2), ("solar_hijri", 3, 2), ("solar_hijri", 3, 15),
        ("solar_hijri", 4, 7), ("solar_hijri", 6, 17), ("solar_hijri", 8, 13), ("solar_hijri", 10, 9),
        ("solar_hijri", 11, 12), ("solar_hijri", 11, 22),
    }
)  # fmt: skip

# What follows a homograph when it is an ordinary word and no month.
AFTER_HOMOGRAPHS: Final[dict[str, frozenset[str]]] = {
    fold_word("تیر"): folded("کشته مجروح زخمی هوایی جنگی خورد خوردند شلیک برق چراغ دروازه افقی خلاص اندازی مستقیم آهن"),
    fold_word("مهر"): folded("نماز ورزید تایید تأیید زد زدند خورد مادری"),
    fold_word("آب"): folded("آشامیدنی شرب معدنی"),
    fold_word("جوان"): folded("ایرانی تونسي سوری"),
    fold_word("دی"): folded("یانگ ماریا کاپریو بروین پاول اکسید ان وی"),
    fold_word("اسد"): folded("الله"),
}

# «۲ تیر» after one of these is two shots, not the second of Tir.
BEFORE_BULLETS: Final = folded("ضرب شلیک اصابت گلوله با فشنگ")

# The Persian May می is also the prefix of verbs: «۵ می» is a day only before one of these.
AFTER_MAY: Final = folded("، , . ) ( و در به از با تا ؛ -") | {"\n"}
