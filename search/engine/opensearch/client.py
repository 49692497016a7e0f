"""One cluster of OpenSearch asked over HTTP: several hosts, a limit of time for every question, a breaker.

A host that fails is passed over for a while and the next one is asked, in the time that is left; a question that no
host answers in its time is EngineAway. After some of these the breaker refuses at once for a moment, so that the
threads of a web worker do not all wait for a cluster that is down.
"""

from __future__ import annotations

import base64
import errno
import json
import logging
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import certifi
import urllib3
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout, make_headers

from archive.telemetry.names import request_name
from search.engine.opensearch.admission import NOT_ALLOWED, NOT_KNOWN, WANTS_LOGIN, is_lasting, not_reached
from search.engine.protocol import EngineAway

logger = logging.getLogger("search")
CONNECTING: Final = 0.5  # seconds, at most
RESTING: Final = 10.0  # seconds for which a host that failed is asked last
PAUSE: Final = 0.1  # seconds between two rounds of all hosts
FAILURES: Final = 3  # questions in a row that nobody answered, after which the breaker opens
OPEN: Final = 1.0  # seconds
LATER: Final = frozenset({429, 502, 503, 504})  # another host, or the same one in a moment, may answer
_NO_ROOM: Final = ("flood-stage", "read-only")
Body = Mapping[str, Any] | bytes | None


class OpenSearchRefusal(Exception):
    """The cluster does not do what it is asked: `status` of HTTP, `kind` of error and `reason` in its words."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        super().__init__(f"{status} {kind}: {reason}")
        self.status = status
        self.kind = kind
        self.reason = reason


@dataclass(slots=True)
class ClusterHost:
    """One address, with its connections, and until when it is asked last."""

    address: str
    pool: urllib3.HTTPConnectionPool
    rests_until: float = 0.0


class Breaker:
    """Refuses for a moment after failures in a row; then one question tries, while the others are still refused."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0
        self.reason = ""

    def check(self) -> None:
        """EngineAway while it is open."""
        with self._lock:
            if self._failures < FAILURES:
                return
            if time.monotonic() < self._open_until:
                raise EngineAway(f"the search cluster did not answer a moment ago: {self.reason}")
            self._open_until = time.monotonic() + OPEN  # this question tries

    def succeed(self) -> None:
        with self._lock:
            self._failures = 0

    def fail(self, reason: str) -> None:
        with self._lock:
            self._failures += 1
            self._open_until = time.monotonic() + OPEN
            self.reason = reason


class OpenSearchClient:
    """Safe for threads; of one process, for connections are not shared with children.

    `seconds` is the limit of an ordinary question, all tries together.
    """

    def __init__(
        self, addresses: Sequence[str], *, user: str = "", password: str = "", ca: str = "", seconds: float = 2.5
    ) -> None:
        headers = make_headers(keep_alive=True)
        if user:
            headers["authorization"] = _basic(user, password)
        self.seconds = seconds
        self.breaker = Breaker()
        self.hosts = [ClusterHost(address, _pool(address, headers, ca)) for address in addresses]
        self._turn = 0
        self._rather_replica_until = 0.0

    def ask(
        self, method: str, path: str, body: Body = None, *, seconds: float = 0, otherwise: str = ""
    ) -> dict[str, Any]:
        """The answer as JSON; what is asked must do no harm when it is done twice.

        `otherwise` is asked in place of `path` after a try that failed.

        OpenSearchRefusal, OSError when the cluster has no room, EngineAway when no host answers in time.
        """
        self.breaker.check()
        until = time.monotonic() + (seconds or self.seconds)
        sent = json.dumps(body).encode() if isinstance(body, Mapping) else body
        reason = "no host answers"
        while True:
            hosts, distrusted = self._in_turn(), 0
            for number, host in enumerate(hosts):
                left = until - time.monotonic()
                if left <= 0:
                    raise self._away(reason)
                try:
                    answer = self._try(host, method, path, sent, left / (len(hosts) - number))
                except HTTPError as error:
                    reason = f"{host.address}: {not_reached(error)}"
                    host.rests_until = self._rather_replica_until = time.monotonic() + RESTING
                    path = otherwise or path
                    distrusted += is_lasting(error)
                    continue
                if answer.status not in LATER or _has_no_room(answer):
                    self.breaker.succeed()
                    return _read(answer, is_known="authorization" in (host.pool.headers or {}))
                reason = f"{host.address} answers {answer.status}: {answer.data[:200].decode('utf-8', 'replace')}"
            if distrusted == len(hosts):
                raise self._away(reason)
            time.sleep(PAUSE)

    def search(self, index: str, body: Mapping[str, Any], options: str = "", *, seconds: float = 0) -> dict[str, Any]:
        """A whole answer: one of which a shard is missing is none. Asks the copy that is first to have a change."""
        path = f"/{index}/_search?allow_partial_search_results=false{options}&preference="
        first, second = f"{path}_primary_first", f"{path}_replica_first"
        path = second if time.monotonic() < self._rather_replica_until else first
        answer = self.ask("POST", path, body, seconds=seconds, otherwise=second)
        shards = answer["_shards"]
        if answer["timed_out"] or shards["successful"] != shards["total"]:
            raise EngineAway(f"a part of the index does not answer: {shards}")
        return answer

    def _away(self, reason: str) -> EngineAway:
        self.breaker.fail(reason)
        return EngineAway(f"the search cluster does not answer: {reason}")

    def _try(
        self, host: ClusterHost, method: str, path: str, body: bytes | None, seconds: float
    ) -> urllib3.BaseHTTPResponse:
        kind = "application/x-ndjson" if path.partition("?")[0].endswith("/_bulk") else "application/json"
        return host.pool.request(
            method,
            path,
            body=body,
            headers={**(host.pool.headers or {}), "content-type": kind, "x-opaque-id": request_name()},
            timeout=Timeout(connect=min(CONNECTING, seconds), read=seconds),
            retries=False,
        )

    def _in_turn(self) -> list[ClusterHost]:
        """The hosts, each first in its turn; those that failed of late last."""
        self._turn += 1
        start, now = self._turn % len(self.hosts), time.monotonic()
        return sorted([*self.hosts[start:], *self.hosts[:start]], key=lambda host: host.rests_until > now)


def _basic(user: str, password: str) -> str:
    """Letters beyond Latin-1 too, which HTTP leaves open and OpenSearch reads as UTF-8."""
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode('ascii')}"


def _pool(address: str, headers: Mapping[str, str], ca: str) -> urllib3.HTTPConnectionPool:
    if address.startswith("https:"):
        return urllib3.connection_from_url(address, headers=headers, maxsize=8, ca_certs=ca or certifi.where())
    return urllib3.connection_from_url(address, headers=headers, maxsize=8)


def _has_no_room(answer: urllib3.BaseHTTPResponse) -> bool:
    return answer.status == 429 and any(word.encode() in answer.data for word in _NO_ROOM)


def _read(answer: urllib3.BaseHTTPResponse, *, is_known: bool) -> dict[str, Any]:
    """The answer to somebody who gave a name, or to nobody in particular."""
    if answer.status == 401:
        raise EngineAway(NOT_KNOWN if is_known else WANTS_LOGIN)
    try:
        told: dict[str, Any] = json.loads(answer.data or b"{}")
    except ValueError as error:
        raise EngineAway(_of_another(answer)) from error
    if answer.status < 400:
        return told
    wrong = told.get("error")
    if not isinstance(wrong, Mapping):
        raise OpenSearchRefusal(answer.status, "", str(wrong or told)[:500])
    reason = _reason(wrong)
    if any(word in reason for word in _NO_ROOM):
        raise OSError(errno.ENOSPC, f"the search cluster has no room: {reason}")
    if answer.status == 403 and "security" in _kind(wrong):
        raise EngineAway(f"{NOT_ALLOWED}: {reason}")
    raise OpenSearchRefusal(answer.status, _kind(wrong), reason)


def _of_another(answer: urllib3.BaseHTTPResponse) -> str:
    """What answers in a form that is none of OpenSearch's: a proxy before it, perhaps, or a server of web pages."""
    if answer.status == 403:
        return NOT_ALLOWED
    if b"HTTPS port" in answer.data:
        return "what answers speaks TLS alone: DIWAN_SEARCH has to begin with opensearch+https://"
    return f"what answers is no OpenSearch: {answer.status}"


def _kind(error: Mapping[str, Any]) -> str:
    """The kinds of an error and of its causes, from the outermost on."""
    causes = error.get("caused_by"), *error.get("root_cause", ())
    return " ".join([str(error.get("type")), *(str(cause.get("type")) for cause in causes if cause)])


def _reason(error: Mapping[str, Any]) -> str:
    causes = [cause["reason"] for cause in error.get("root_cause", ()) if cause.get("reason")]
    return "; ".join(map(str, causes or [error.get("reason")]))[:500]


def lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One line of JSON a row, as `_bulk` takes them."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for row in rows)
