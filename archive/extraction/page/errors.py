"""Why a payload yields no article: one class, one code and one sentence for each reason."""

from __future__ import annotations


class ExtractionError(ValueError):
    """A payload from which no article can be read.

    ``code`` is stable and fit for a machine. ``template`` is the English sentence, to be translated as it stands;
    its parameters are the attributes of the same name, gathered in ``parameters``.
    """

    code = "extraction-failed"
    template = "No article could be read from this file."

    def __init__(self, **parameters: int | str) -> None:
        self.parameters = parameters
        for name, value in parameters.items():
            setattr(self, name, value)
        super().__init__(self.template % parameters)


class EmptyPayload(ExtractionError):
    """Nothing, or nothing but blanks."""

    code = "empty"
    template = "The file is empty."


class PayloadTooLarge(ExtractionError):
    """More bytes than the limit; attributes ``size`` and ``limit``, in bytes."""

    code = "too-large"
    template = "The file has %(size)d bytes, more than the %(limit)d that are read."
    size: int
    limit: int


class BinaryPayload(ExtractionError):
    """A picture, an archive or another file that is not text; attribute ``kind``, such as "PNG"."""

    code = "binary"
    template = "The file is not text (%(kind)s)."
    kind: str


class UndecodablePayload(ExtractionError):
    """Bytes that are text in no encoding we know, or damaged text; attribute ``position``, a byte offset."""

    code = "undecodable"
    template = "The file's characters cannot be decoded without loss (byte %(position)d)."
    position: int


class UnsafeMarkup(ExtractionError):
    """Markup that declares entities of its own, as entity bombs do."""

    code = "unsafe-markup"
    template = "The file declares XML entities, which are not read."


class NoArticle(ExtractionError):
    """A page on which nothing is left once the boilerplate is cut."""

    code = "no-article"
    template = "The page holds no article text."
