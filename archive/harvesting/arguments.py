"""What a harvester asks: the arguments of each verb, moments to the day or the second, tokens to go on with.

A token says what was asked and the key of the last record that was given. Records are given in the order of their
keys, which never change: whatever comes, goes or changes meanwhile, none is missed and none is given twice.
"""

from __future__ import annotations

import base64
import datetime
import json
from dataclasses import asdict, dataclass, replace
from typing import Final

from django.http import QueryDict

from archive.harvesting.errors import HarvestError

LISTING: Final = {"ListRecords", "ListIdentifiers"}
# For each verb the arguments that it must have, and those that it may have.
VERBS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), set()),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    **dict.fromkeys(sorted(LISTING), ({"metadataPrefix"}, {"from", "until", "set"})),
}
SECOND, DAY = "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"
LARGEST: Final = 2**62


@dataclass(frozen=True, slots=True)
class Harvest:
    """Which records are wanted: changed since and before these moments, of a set, behind the record of a key."""

    prefix: str
    since: str = ""
    until: str = ""
    part: str = ""
    after: int = 0
    given: int = 0

    def going_on(self, after: int, given: int) -> str:
        told = json.dumps(list(asdict(replace(self, after=after, given=self.given + given)).values()))
        return base64.urlsafe_b64encode(told.encode()).decode()


def read(parameters: QueryDict) -> tuple[str, dict[str, str]]:
    """The verb and its arguments; HarvestError for a verb or an argument that there is not, or that comes twice."""
    verbs = parameters.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise HarvestError("badVerb", "There is no such verb.")
    verb, arguments = verbs[0], {name: parameters.get(name, "") for name in parameters if name != "verb"}
    must, may = VERBS[verb]
    if any(len(parameters.getlist(name)) > 1 for name in arguments):
        raise HarvestError("badArgument", "An argument is given twice.")
    if "resumptionToken" in arguments and (verb in LISTING or verb == "ListSets"):
        if len(arguments) > 1:
            raise HarvestError("badArgument", "A resumptionToken stands alone.")
    elif not must <= arguments.keys() <= must | may:
        raise HarvestError("badArgument", f"{verb} has other arguments.")
    return verb, arguments


def harvest(arguments: dict[str, str]) -> Harvest:
    """What the arguments of a listing verb ask for."""
    if "resumptionToken" in arguments:
        return _gone_on(arguments["resumptionToken"])
    since, until = arguments.get("from", ""), arguments.get("until", "")
    begins, ends = moment(since), moment(until)
    if begins and ends and (len(since) != len(until) or begins > ends):
        raise HarvestError("badArgument", "from and until are of one granularity, and in this order.")
    return Harvest(arguments["metadataPrefix"], since, until, arguments.get("set", ""))


def moment(told: str) -> datetime.datetime | None:
    """`2026-11-29` or `2026-11-29T02:44:03Z`; None for ""."""
    if not told:
        return None
    try:
        return datetime.datetime.strptime(told, DAY if len(told) == len("2026-11-29") else SECOND).replace(
            tzinfo=datetime.UTC
        )
    except ValueError as error:
        raise HarvestError("badArgument", "A moment is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.") from error


def end(told: str) -> datetime.datetime | None:
    """The first moment behind an `until`, which is included as a whole."""
    begins = moment(told)
    try:
        step = datetime.timedelta(days=1) if _is_day(told) else datetime.timedelta(seconds=1)
        return begins + step if begins else None
    except OverflowError:
        return None


def _is_day(told: str) -> bool:
    return len(told) == len("2026-11-29")


def _gone_on(token: str) -> Harvest:
    try:
        told = Harvest(*json.loads(base64.urlsafe_b64decode(token)))
        numbers, texts = (told.after, told.given), (told.prefix, told.since, told.until, told.part)
        if all(type(one) is int and 0 <= one < LARGEST for one in numbers) and all(type(one) is str for one in texts):
            moment(told.since)
            moment(told.until)
            return told
    except (ValueError, TypeError, RecursionError, HarvestError):
        pass
    raise HarvestError("badResumptionToken", "This token was given by nobody here.")
