"""What becomes of one word on its way into the index, stage by stage, to be shown to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from search.analysis.analyzer import analyze
from search.analysis.letters import LetterFate, characters
from search.analysis.lexicons import arabic, persian, stop_words
from search.analysis.name_terms import is_name_like, token_keys
from search.analysis.names import keys_of_word, name_keys
from search.analysis.normalizer import clean
from search.analysis.places import place_ids
from search.analysis.token import Token

__all__ = ["LetterFate", "SpellingStage", "StemStep", "TokenStages", "characters", "explain", "stages"]
Rule = Literal["word", "clitics", "half_space", "ending", "lemma"]


class SpellingStage(NamedTuple):
    """One stage: `name` is an identifier to be translated, `values` what the word is after it."""

    name: str
    values: tuple[str, ...]


def stages(text: str) -> tuple[SpellingStage, ...]:
    """Give the stages of a word, or of words that are written as one; stages that give nothing are left out.

    `written`, `clean` (marks and invisible signs gone), `norm` (folded and joined), `parts`, `stems_ar`, `stems_fa`,
    `loose_ar`, `loose_fa`, `keys` (of names), `places`.

    >>> [stage.values for stage in stages("لِلوزير") if stage.name in ("clean", "stems_ar")]
    [('للوزير',), ('وزير',)]
    """
    arabic, persian = _whole(text, "ar"), _whole(text, "fa")
    if arabic is None or persian is None:
        return ()
    is_name = arabic.kind == "latin" or is_name_like(arabic.norm)
    found = (
        SpellingStage("written", (text[arabic.start : arabic.end],)),
        SpellingStage("clean", (clean(text[arabic.start : arabic.end]),)),
        SpellingStage("norm", (arabic.norm,)),
        SpellingStage("parts", arabic.parts),
        SpellingStage("stems_ar", arabic.stems),
        SpellingStage("stems_fa", persian.stems),
        SpellingStage("loose_ar", (arabic.loose,) if arabic.loose else ()),
        SpellingStage("loose_fa", (persian.loose,) if persian.loose else ()),
        SpellingStage("keys", tuple(sorted(name_keys(text))) if is_name else ()),
        SpellingStage("places", place_ids((arabic.norm,))),
    )
    return tuple(stage for stage in found if stage.values)


def _whole(text: str, lang: str) -> Token | None:
    """Give the token that covers most of the text from its first word on."""
    return max(
        (token for token in analyze(text, lang) if token.position == 0), key=lambda token: token.span, default=None
    )


class StemStep(NamedTuple):
    """A stem and what made it.

    `rule`: `word` (it is the folded word), `clitics` (`cut` came off its beginning), `half_space` (`cut` stood behind
    one), `ending` (`cut` came off its end and `added` stands there), `lemma` (a listed plural: `cut` is the whole word,
    `added` its singular).
    """

    stem: str
    rule: Rule
    cut: str = ""
    added: str = ""


class TokenStages(NamedTuple):
    """One token of a text with everything that was made of it; `respelled` where a listed spelling was rewritten."""

    token: Token
    written: str
    letters: tuple[LetterFate, ...]
    clean: str
    respelled: bool
    stems: tuple[StemStep, ...]
    keys: tuple[str, ...]
    places: tuple[str, ...]
    is_small: bool


def explain(text: str, lang: str | None = None) -> tuple[TokenStages, ...]:
    """Tell every stage of every token of a text; `lang` is `ar`, `fa` or None (the stems of both). Never raises.

    >>> [step[1:] for step in explain("وللوزير", "ar")[0].stems]
    [('clitics', 'ولل', '')]
    """
    return tuple(_token_stages(token, text, lang) for token in analyze(text, lang))


def _token_stages(token: Token, text: str, lang: str | None) -> TokenStages:
    written = text[token.start : token.end]
    letters = characters(written) if token.span == 1 else ()
    by_letters = "".join(letter.becomes for letter in letters)
    keys = keys_of_word(token.norm, token.kind) if token.kind != "number" and token_keys(token, text) else ()
    return TokenStages(
        token,
        written,
        letters,
        clean(written) if token.kind == "arabic" and token.span == 1 else "",
        bool(letters) and token.kind == "arabic" and by_letters != token.norm,
        tuple(_stem_steps(token, lang)),
        tuple(sorted(keys)),
        place_ids((token.norm,)),
        token.norm in stop_words(),
    )


def _stem_steps(token: Token, lang: str | None) -> Iterator[StemStep]:
    for index, stem in enumerate(token.stems):
        yield _stem_step(stem, token, (token.norm, *token.stems[:index]), lang)


def _stem_step(stem: str, token: Token, known: Sequence[str], lang: str | None) -> StemStep:
    """Tell how a stem differs from the word, or from a stem before it: the stemmers give no reasons."""
    norm = token.norm
    if stem == norm:
        return StemStep(stem, "word")
    for kept in range(1, len(token.parts)):
        if "".join(token.parts[:kept]) == stem:
            return StemStep(stem, "half_space", "".join(token.parts[kept:]))
    if norm.endswith(stem):
        return StemStep(stem, "clitics", norm.removesuffix(stem))
    plural = next((word for word in known if stem in _singulars(word, lang)), "")
    if plural and not plural.startswith(stem):
        return StemStep(stem, "lemma", plural, stem)
    base = max(known, key=lambda word: _common(word, stem))
    common = _common(base, stem)
    return StemStep(stem, "ending", base[common:], stem[common:])


def _common(first: str, second: str) -> int:
    """How many letters two words begin with together."""
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _singulars(word: str, lang: str | None) -> tuple[str | None, ...]:
    lexicons = {"ar": (arabic(),), "fa": (persian(),)}.get(lang or "", (arabic(), persian()))
    return tuple(lexicon.lemmas.get(word) for lexicon in lexicons)
