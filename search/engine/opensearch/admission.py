"""Why a cluster cannot be talked to, in words for who runs the archive: connections, certificates, login, rights.

No word of it holds a user or a password.
"""

from __future__ import annotations

import ssl
from typing import Final

from urllib3.exceptions import HTTPError
from urllib3.exceptions import SSLError as TLSError

_EXPIRED, _NOT_YET = 10, 9  # numbers of OpenSSL, X509_V_ERR_…
_OTHER_HOST: Final = frozenset({62, 63, 64})
_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"})
NOT_KNOWN: Final = (
    "the search cluster does not know the archive by its user and password: "
    "look at DIWAN_SEARCH_USER and DIWAN_SEARCH_PASSWORD, or the file of DIWAN_SEARCH_PASSWORD_FILE"
)
NOT_ALLOWED: Final = "the search cluster does not let the archive's user do this (docs/operations.md names its rights)"
WANTS_LOGIN: Final = "the search cluster wants a user and a password: set DIWAN_SEARCH_USER and DIWAN_SEARCH_PASSWORD"


def not_reached(error: HTTPError) -> str:
    """What went wrong with a connection."""
    if not isinstance(error, TLSError):
        return type(error).__name__
    cause = error.args[0] if error.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _of_certificate(cause.verify_code, cause.verify_message)
    reason = str(getattr(cause, "reason", "") or "")
    if reason in _NO_TLS:
        return "what answers there speaks no TLS: does DIWAN_SEARCH begin with opensearch+https:// rightly?"
    return f"no TLS connection: {reason or type(error).__name__}"


def is_lasting(error: HTTPError) -> bool:
    """Whether the next try cannot end otherwise: a certificate that is not trusted."""
    return isinstance(error, TLSError) and bool(error.args) and isinstance(error.args[0], ssl.SSLCertVerificationError)


def _of_certificate(number: int, told: str) -> str:
    if number == _EXPIRED:
        return "its certificate has expired"
    if number == _NOT_YET:
        return "its certificate is not valid yet: does the clock of this machine go right?"
    if number in _OTHER_HOST:
        return "its certificate is made for another host than DIWAN_SEARCH names"
    return f"its certificate is of no authority that DIWAN_SEARCH_CA trusts ({told})"
