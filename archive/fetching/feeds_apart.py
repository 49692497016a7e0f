"""A feed read under bounds: what is large in a process of its own, which may die of it.

`python -m archive.fetching.feeds_apart` takes the bounds and the address as a line of JSON on its input, then the
body, and answers in JSON. Its memory and its processor time are bounded before a byte of the body is read: for ten
megabytes of tags feedparser takes minutes.
"""

from __future__ import annotations

import json
import logging
import resource
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from archive.fetching.errors import FetchError, gettext_noop
from archive.fetching.feeds import Feed, FeedEntry, NoFeed, read_feed, unpacked

SMALL = 128 * 1024  # bytes that are read here, whatever they hold, in a moment
SECONDS = 15  # of a processor
MEMORY = 768 * 1024 * 1024  # bytes of address space
UNREADABLE: Final = gettext_noop("the feed cannot be read (%(what)s)")
TAKES_MORE: Final = gettext_noop("the feed takes more than %(seconds)d seconds or %(megabytes)d MB to be read")
TITLE: Final = 300  # letters of a title that are handed over
_ROOT: Final = Path(__file__).resolve().parents[2]


def read_bounded(body: bytes, address: str) -> Feed:
    """Read a feed or site map that came from an address; FetchError says why that cannot be done, whatever it holds."""
    body = unpacked(body)
    if len(body) > SMALL:
        return _answered(_asked(body, address))
    try:
        return read_feed(body, address)
    except FetchError:
        raise
    except Exception as error:  # of readers that are not ours, at words that are not ours
        raise NoFeed(UNREADABLE, what=type(error).__name__) from error


def _asked(body: bytes, address: str) -> dict[str, Any]:
    """What the process says that reads the feed."""
    asked = json.dumps({"address": address, "bytes": MEMORY, "seconds": SECONDS}).encode() + b"\n" + body
    command = [sys.executable, "-m", "archive.fetching.feeds_apart"]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=3 * SECONDS + 5, cwd=_ROOT)  # noqa: S603
        return dict(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError) as error:  # killed by its bounds, it says nothing
        raise NoFeed(TAKES_MORE, seconds=SECONDS, megabytes=MEMORY >> 20) from error


def _answered(told: dict[str, Any]) -> Feed:
    if "error" in told:
        raise NoFeed(told["error"], **told["parameters"])
    entries = (FeedEntry(link, title, time and datetime.fromisoformat(time)) for link, title, time in told["entries"])
    return Feed(told["kind"], tuple(entries), tuple(told["more"]), told["is_cut"])


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (asked["bytes"], asked["bytes"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"] + 1))
    logging.disable(logging.CRITICAL)
    try:
        answer = _told(read_feed(sys.stdin.buffer.read(), asked["address"]))
    except FetchError as error:
        answer = {"error": error.template, "parameters": error.parameters}
    except MemoryError:
        return  # said by the silence
    except Exception as error:
        answer = {"error": UNREADABLE, "parameters": {"what": type(error).__name__}}
    json.dump(answer, sys.stdout)


def _told(feed: Feed) -> dict[str, Any]:
    entries = [(one.address, one.title[:TITLE], one.published and one.published.isoformat()) for one in feed.entries]
    return asdict(replace(feed, entries=())) | {"entries": entries}


if __name__ == "__main__":
    main()
