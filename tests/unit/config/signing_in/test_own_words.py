"""Whoever guesses at an archive of diplomatic news begins with its own name."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password", ["diwan-archive-1", "ديوان-أرشيف-٢٠٢٦", "دیوان۱۴۰۵آرشیو!", "Mofa-Archive-26", "CuratorCurator77"]
)
def test_a_password_made_of_words_of_the_archive_is_refused(password: str, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["mofa-archive.example"]
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_of_own_words" in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize(
    "password", ["the archive of nine green kites", "nine green kites", "ثمانية طيور في ديوان قديم"]
)
def test_a_password_that_only_mentions_the_archive_is_taken(password: str) -> None:
    validate_password(password)
