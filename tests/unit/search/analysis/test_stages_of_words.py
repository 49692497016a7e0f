"""The stages of a word, as shown to a reader who asks why something was found."""

from __future__ import annotations

from search.analysis.stages import stages


def shown(text: str) -> dict[str, tuple[str, ...]]:
    return {stage.name: stage.values for stage in stages(text)}


def test_vocalised_word_is_shown_from_print_to_stem() -> None:
    told = shown("لِلوَزِيرِ")
    assert (told["written"], told["clean"], told["stems_ar"]) == (("لِلوَزِيرِ",), ("للوزير",), ("وزير",))


def test_spaced_verb_is_shown_as_the_one_term_it_is() -> None:
    assert shown("می کند")["norm"] == ("ميكند",)


def test_half_spaced_word_shows_its_parts() -> None:
    assert shown("کتاب‌ها")["parts"] == ("كتاب", "ها")


def test_name_shows_its_keys_and_place_its_identity() -> None:
    assert "XLF+F" in shown("خلفوف")["keys"]
    assert shown("طهران")["places"] == ("city:tehran",)


def test_what_is_no_word_has_no_stages() -> None:
    assert stages("؟") == ()
