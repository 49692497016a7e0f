"""The served description of the interface is true: whatever it allows is answered as it says, all else is refused.

`API_EXAMPLES` is how many questions of each operation are made up; `make long` asks 2,000 in all.
"""

from __future__ import annotations

import os
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from search.api.served import description

EXAMPLES = int(os.environ.get("API_EXAMPLES", "3"))
WORDS = ("خلفوف", "قطر", "رایزنی", "Khalafov", '"وزير الخارجية"', "-قطر", "country:az", "مشاور*", "(قطر OR لاتفيا)")
DAYS = ("", "2023", "2020-10", "2023-10-04", "۱۲ مهر ۱۴۰۲", "مهر ۱۴۰۲", "26 أكتوبر 2020")
schemathesis.openapi.format("diwan-query", st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
schemathesis.openapi.format("diwan-date", st.sampled_from(DAYS))
EXPRESSIONS = (r"\w+وف", "خلف.?.?ف", "(قطر|لاتفيا)", r"\d{4}", "مشاور[ةه]", "^[^.]+$")
schemathesis.openapi.format("diwan-expression", st.sampled_from(EXPRESSIONS))
schemathesis.openapi.format("diwan-cursor", st.just(""))


PLACES = sorted(description()["paths"])
MODES = list(GenerationMode)


@pytest.fixture
def described(five: dict[str, Any]) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("place", PLACES)
def test_every_answer_is_as_the_description_says(described: Any, place: str, mode: GenerationMode) -> None:
    operation = described[place]["GET"]

    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis.settings(max_examples=EXAMPLES, database=None)
    def asked(case: Any) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    asked()
