"""Why an address gave nothing. Every reason is a sentence that a curator can act on."""

from __future__ import annotations


class FetchError(Exception):
    """Nothing was fetched."""


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
