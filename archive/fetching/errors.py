"""Why an address gave nothing. Every reason is a sentence that a curator can act on, in the curator's language."""

from __future__ import annotations


def gettext_noop(sentence: str) -> str:
    """A sentence of a reason, marked for translators by this name; it is translated where it is shown.

    Not Django's, for the process that reads a feed apart has little memory and loads no framework.
    """
    return sentence


class FetchError(Exception):
    """Nothing was fetched. `template` is the English sentence, to be translated as it stands; `parameters` stand in it.

    Neither begins with a capital nor ends with a stop, for an address may stand before it.
    """

    def __init__(self, template: str, **parameters: int | str) -> None:
        self.template, self.parameters = template, parameters
        super().__init__(template % parameters if parameters else template)


class AddressRefused(FetchError):
    """The archive does not ask for such an address: no public page of the web, or one that robots.txt excludes."""


class NotReached(FetchError):
    """No answer: no such name, no connection, a certificate that does not fit, an answer that is no HTTP."""


class TooSlow(FetchError):
    """No whole answer within the time that one may take."""


class TooLarge(FetchError):
    """The answer is longer than one may be, as sent or unpacked."""


class TooManyRedirects(FetchError):
    """The address leads from one to the next."""
