"""What Whoosh's files may name when they are unpickled: its own segments and their codec, and nothing that could run.

Whoosh keeps its table of contents, the directories of compound files and the heads of posting blocks as pickles, and
reads them all by `StructFile.read_pickle`. A pickle may name any function of any module and have it called; here it may
name NAMED alone. So whoever could write into the folder of the index, past its mode 0700 and the digests that are
compared first (`trust`), could have wrong answers given, and no code run. docs/adr/0026-pickles.md names every place.
"""

from __future__ import annotations

import pickle
from typing import Any, Final

from whoosh.filedb.structfile import StructFile

_CODEC: Final = "whoosh.codec.whoosh3"
_PLAIN: Final = frozenset((module, name) for module in ("builtins", "__builtin__") for name in ("set", "int"))
NAMED: Final = _PLAIN | {(_CODEC, "W3Segment"), (_CODEC, "W3Codec"), ("collections", "defaultdict")}


def _bytes_of(text: str, encoding: str) -> bytes:
    """How a pickle of protocol 2 spells bytes: letters of latin1 and the name of that encoding, none other here."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"a file of the index names the encoding {encoding}")
    return text.encode("latin1")


class NamedUnpickler(pickle.Unpickler):
    """Reads pickles that name nothing beside NAMED and bytes; UnpicklingError for all others."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in NAMED:
            return super().find_class(module, name)
        if (module, name) == ("_codecs", "encode"):
            return _bytes_of
        raise pickle.UnpicklingError(f"a file of the index names {module}.{name}")


def guard() -> None:
    """Have every pickle that Whoosh reads from a file of an index be read so."""
    StructFile.read_pickle = lambda file: NamedUnpickler(file.file).load()
