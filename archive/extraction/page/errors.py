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


class WebArchive(ExtractionError):
    """A page saved by a browser with its pictures, as MHTML."""

    code = "web-archive"
    template = "The file is a web archive (MHTML). Save the page as HTML, or its text, and take that in."


class MailMessage(ExtractionError):
    """An e-mail message, or a mailbox of them."""

    code = "mail"
    template = "The file is an e-mail message. Save the report inside it as text or HTML, and take that in."


class RecordsFile(ExtractionError):
    """JSON: records, one a line or in a list."""

    code = "records"
    template = "The file holds records (JSON), not one page. Save each article in a file of its own."


class TableFile(ExtractionError):
    """A table of records: CSV or the like."""

    code = "table"
    template = "The file is a table of records (CSV), not one page. Save each article in a file of its own."


class FeedFile(ExtractionError):
    """A feed or a map of a site: RSS, Atom, sitemap."""

    code = "feed"
    template = "The file is a feed of a site (RSS or Atom), not one page. Save the pages that it leads to."


class MisreadText(ExtractionError):
    """Letters that were read in a wrong encoding before the file was saved, some of them lost."""

    code = "misread"
    template = "The letters of the text were misread, and some lost, before the file was saved. Fetch the page again."


class SeveralArticles(ExtractionError):
    """More than one dated report; attribute ``number``, how many at least."""

    code = "several-articles"
    template = "The file holds %(number)d reports, each with its title and date. Save each in a file of its own."
    number: int
