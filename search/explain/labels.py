"""What the explanations are called in the reader's language: ways of matching, rules of stems, fates of letters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "exact": _("exactly as you typed it"),
    "folded": _("the same word in another spelling"),
    "joined": _("the same word, written as one or apart"),
    "split": _("the same word, written as several"),
    "phrase": _("the words of the phrase, in this order"),
    "part": _("a part of a word with a half-space"),
    "stem": _("another form of the same word"),
    "prefix": _("a word that begins like this"),
    "place": _("another name of the same place"),
    "term": _("a term for the same thing"),
    "name": _("a name that sounds the same in another spelling or script"),
    "fuzzy": _("a word that differs by a letter"),
    "linked": _("recognised in the text"),
}
VIA = {
    "folded": _("both are spelled %(form)s in the index"),
    "joined": _("both are spelled %(form)s in the index"),
    "split": _("here as %(form)s"),
    "part": _("the part is %(form)s"),
    "stem": _("both have the stem %(form)s"),
    "term": _("the concept is %(form)s"),
    "name": _("both have the sound key %(form)s"),
}
STEM_RULES = {
    "word": _("the word itself"),
    "clitics": _("without %(cut)s before it"),
    "half_space": _("without %(cut)s behind the half-space"),
    "ending": _("without the ending %(cut)s"),
    "changed_ending": _("with %(added)s in place of the ending %(cut)s"),
    "longer": _("with %(added)s added"),
    "lemma": _("the singular listed for %(cut)s"),
}
FATES = {
    "kept": _("stays"),
    "folded": _("becomes %(becomes)s"),
    "dropped": _("is left out"),
    "composed": _("is one letter with the sign before it"),
    "half_space": _("half-space: parts the word"),
}
KINDS = {
    "arabic": _("word in Arabic script"),
    "latin": _("word in another script"),
    "number": _("number"),
}


def _apart(form: str) -> str:
    """A form in Unicode isolates, so that its direction leaves the sentence around it alone."""
    return f"\u2068{form}\u2069" if form else ""


def via_sentence(reason: str, via: str) -> str:
    """Where question and text meet, in words; "" where that says nothing new."""
    return str(VIA[reason]) % {"form": _apart(via)} if via and reason in VIA else ""


def stem_sentence(rule: str, cut: str, added: str) -> str:
    if rule == "ending" and added:
        rule = "changed_ending" if cut else "longer"
    return str(STEM_RULES[rule]) % {"cut": _apart(cut), "added": _apart(added)}


def fate_sentence(fate: str, becomes: str) -> str:
    return str(FATES[fate]) % {"becomes": _apart(becomes)}
