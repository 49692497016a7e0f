"""The lines that a curator had be cut from a source: out of the text of a page, into what is told as removed."""

from __future__ import annotations

from dataclasses import replace

from archive.authorities.models import AuthorityRecord
from archive.curation.cut_lines import RULE, keys_of, line_key
from archive.curation.models import CutLine
from archive.extraction.page.types import ExtractedArticle, Removed
from archive.pages.asked_once import once_a_page


def without_habits(extracted: ExtractedArticle, source: AuthorityRecord | None) -> ExtractedArticle:
    """The same page without such lines of its source; as it is where there are none, or nothing else."""
    keys = keys_of(source) if source and source.pk in _sources() else frozenset()
    cut = [at for at, text in enumerate(extracted.paragraphs) if keys and line_key(text) in keys]
    if not cut or len(cut) == len(extracted.paragraphs):
        return extracted
    left = [at for at in range(len(extracted.paragraphs)) if at not in cut]
    spans = [extracted.paragraph_spans[at] for at in cut]
    removed = (Removed(extracted.page_text[span.start : span.end], span.start, span.end, RULE) for span in spans)
    return replace(
        extracted,
        paragraphs=tuple(extracted.paragraphs[at] for at in left),
        paragraph_spans=tuple(extracted.paragraph_spans[at] for at in left),
        subheadings=tuple(new for new, at in enumerate(left) if at in extracted.subheadings),
        removed=tuple(sorted((*extracted.removed, *removed), key=lambda one: (one.start, one.end))),
    )


@once_a_page
def _sources() -> frozenset[int]:
    """The sources of which any lines are cut, by their keys: few, asked once for a slice of items."""
    return frozenset(CutLine.objects.order_by().values_list("source", flat=True).distinct())
