"""An arrow leads from what was to what is, whichever way one reads."""

from __future__ import annotations

import pytest
from django.utils import translation

from archive.text.arrows import becomes


@pytest.mark.parametrize(("language", "told"), [("en", "قطر → إيران"), ("ar", "قطر ← إيران"), ("fa", "قطر ← إيران")])
def test_the_arrow_points_on_in_the_reading_direction(language: str, told: str) -> None:
    with translation.override(language):
        assert becomes("قطر", "إيران") == told
