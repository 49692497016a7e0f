"""A PDF read in a process of its own, which may die of it: `python -m archive.intake.reading.pdf_apart`.

Takes `{"path", "pages", "bytes", "seconds"}` in JSON on its input and answers in JSON: the lines of each page;
with "folder" it draws the pages there. Its memory and its processor time are bounded before a byte of the file is read.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

from archive.intake.reading.glyphs import Glyph, line_of

_DPI: Final = 300


def main() -> None:
    asked = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (asked["bytes"], asked["bytes"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"] + 1))
    logging.disable(logging.CRITICAL)
    try:
        answer = pictures(asked) if asked.get("folder") else {"pages": list(texts(asked))}
    except Exception as error:
        answer = {"error": type(error).__name__}
    json.dump(answer, sys.stdout)


def texts(asked: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """The text blocks of each page in the order of reading: `{"size", "lines"}`."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams

    layout = LAParams(boxes_flow=None, char_margin=4.0, line_margin=0.35, all_texts=True)
    for page in extract_pages(asked["path"], maxpages=asked["pages"] + 1, laparams=layout):
        boxes = [box for box in page if hasattr(box, "get_text")]
        yield [found for box in in_order(boxes) if (found := _block(box))["lines"]]


def _block(box: Any) -> dict[str, Any]:
    lines, sizes = [], []
    for line in sorted((line for line in box if hasattr(line, "__iter__")), key=lambda line: -line.y1):
        glyphs = [_glyph(char) for char in line if hasattr(char, "fontname")]
        if glyphs and (text := line_of(glyphs)):
            lines.append({"text": text, "left": line.x0, "right": line.x1})
            sizes += [glyph.size for glyph in glyphs]
    return {"size": median(sizes) if sizes else 0.0, "left": box.x0, "right": box.x1, "lines": lines}


def _glyph(char: Any) -> Glyph:
    text = char.get_text()
    return Glyph("" if text.startswith("(cid:") else text, char.x0, char.x1, char.size)


def in_order(boxes: list[Any]) -> list[Any]:
    """Boxes in the order of reading: columns from right to left, what stands across them before or after.

    A page is cut into columns where nothing stands across, else its topmost part is cut off, and the rest goes on.
    """
    if len(boxes) < 2:
        return boxes
    for key, low, high in ((lambda box: -box.x1, "x0", "x1"), (lambda box: -box.y1, "y0", "y1")):
        ordered = sorted(boxes, key=key)
        edge = getattr(ordered[0], low)
        for at in range(1, len(ordered)):
            if getattr(ordered[at], high) <= edge:
                return in_order(ordered[:at]) + in_order(ordered[at:])
            edge = min(edge, getattr(ordered[at], low))
    return sorted(boxes, key=lambda box: (-box.y1, -box.x1))


def pictures(asked: dict[str, Any]) -> dict[str, Any]:
    """Draw the pages into files of the folder, none with more than so many pixels; gives their number."""
    import pypdfium2

    document = pypdfium2.PdfDocument(asked["path"])
    for number in range(min(len(document), asked["pages"])):
        page = document[number]
        width, height = page.get_size()
        scale = min(_DPI / 72, (asked["pixels"] / max(width * height, 1)) ** 0.5)
        page.render(scale=scale, grayscale=True).to_pil().save(Path(asked["folder"], f"{number:03}.png"))
    return {"pages": len(document)}


if __name__ == "__main__":
    main()
