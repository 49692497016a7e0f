"""The words that datelines are made of, folded; enough to recognise a dateline, not to read it."""

from __future__ import annotations

from archive.extraction.page.folding import fold

_MONTHS = """
    يناير فبراير مارس أبريل إبريل نيسان مايو أيار يونيو يونية حزيران يوليو يولية تموز أغسطس آب سبتمبر أيلول
    أكتوبر نوفمبر ديسمبر تشرين كانون شباط آذار الأول الثاني الاولى جانفي فيفري أفريل ماي جوان جويلية أوت اوت
    شتنبر نونبر دجنبر غشت يوليوز محرم المحرم الحرام صفر ربيع الآخر الثانية الاخرة جمادى رجب شعبان رمضان شوال
    ذو ذي القعدة الحجة ذوالقعدة ذوالحجة ذیقعده ذیحجه فروردین اردیبهشت خرداد تیر مرداد امرداد شهریور مهر آبان
    آذر دی بهمن اسفند قعده حجه الاولی الثانیه الاول ژانویه ژانویهٔ فوریه آوریل مه ژوئن ژوئیه جولای آگوست
    اگوست سپتامبر اکتبر نوامبر دسامبر january february march april may june july august september october
    november december jan feb mar apr jun jul aug sep sept oct nov dec
    """
_WEEKDAYS = """
    السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة سبت أحد شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه
    پنجشنبه پنج‌شنبه جمعه یک دو سه چهار پنج saturday sunday monday tuesday wednesday thursday friday sat sun
    mon tue wed thu fri
    """
_FILLERS = """
    في من عام سنة لسنة شهر يوم اليوم الموافق لـ ل و ال الساعة ساعة بتوقيت غرينتش جرينتش المحلي بالتوقيت
    صباحا مساء صباحاً مساءً ظهرا ص م ه هـ ت غ بعد قبل الظهر ميلادي ميلادية هجري هجرية شمسي قمري ساعت روز ماه
    سال برابر با مطابق شمسی قمری میلادی هجری خورشیدی ش ق ب ظ دقیقه صبح عصر شب ظهر به وقت از at on of the am
    pm gmt utc t z st nd rd th a p
    """
_LABELS = """
    تاريخ التاريخ النشر نشر نشرت نُشر تم آخر تحديث التحديث تعديل حرر بتاريخ منشور أضيف الإضافة الخبر المقال
    تاریخ انتشار زمان درج ثبت خبر مخابره به روز رسانی بروزرسانی بروز آخرین ویرایش منتشر شده تاریخ‌انتشار
    ارسال published updated date posted last modified created publish time
    """


def _words(text: str) -> frozenset[str]:
    return frozenset(word for phrase in fold(text).split() for word in phrase.split("\u200c"))


MONTHS = _words(_MONTHS)
WEEKDAYS = _words(_WEEKDAYS)
FILLERS = _words(_FILLERS)
LABELS = _words(_LABELS)
