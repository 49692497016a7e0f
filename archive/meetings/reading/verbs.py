"""Whether the verb of a Persian sentence, which stands behind, tells what was done. Pure."""

from __future__ import annotations

from archive.meetings.reading.sentences import Sentence


def verb_behind(sentence: Sentence, first: int) -> str:
    """Of what kind the first verb from a word on is: `done` («کرد»), `undone` («خواهد», «می‌کند»), "" without any."""
    for at in range(first, min(first + 30, len(sentence))):
        if sentence.has(at, "undone"):
            return "undone"
        if sentence.has(at, "done"):
            return "undone" if sentence.has(at + 1, "undone") else "done"
    return ""
