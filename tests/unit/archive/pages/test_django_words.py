"""The desk speaks as the rest of the archive does, where its words are Django's, too."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext, override

from archive.pages.django_words import OF_DJANGO


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_word_of_django_that_is_named_has_one_of_ours(language: str) -> None:
    with override(language):
        assert not [word for word in OF_DJANGO if gettext(word) in {word, ""}]


def test_a_password_has_one_name_where_signing_in_fails_and_where_it_is_asked_for() -> None:
    refused = "Please enter a correct %(username)s and password. Note that both fields may be case-sensitive."
    for language, name in (("ar", "كلمة المرور"), ("fa", "گذرواژه")):
        with override(language):
            assert name in gettext(refused) and name in gettext("Password")


def test_a_button_of_django_names_the_deed_and_orders_nobody() -> None:
    with override("ar"):
        assert gettext("Save and add another") == "حفظ وإضافة آخر"
        assert gettext("The {name} “{obj}” was changed successfully.").startswith("حُفظ")
    with override("fa"):
        assert gettext("Breadcrumbs") == "مسیر صفحه"
