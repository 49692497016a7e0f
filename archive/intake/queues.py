"""What came in and waits for a curator: items in quarantine, and intakes that stopped before their end."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive.intake.models import Accession, AccessionItem, Pair
from archive.pages.queues import Queue, register


def quarantined() -> QuerySet[Any]:
    return AccessionItem.objects.filter(outcome=AccessionItem.Outcome.QUARANTINED)


def compared(kinds: tuple[str, ...]) -> QuerySet[Any]:
    """Pairs of an item and an article that wait for a decision."""
    return Pair.objects.filter(decision=Pair.Decision.OPEN, kind__in=kinds)


def failed() -> QuerySet[Any]:
    return Accession.objects.filter(state=Accession.State.STOPPED)


register(
    Queue(
        "quarantine",
        _("in quarantine"),
        quarantined,
        "intake.accessionitem",
        f"outcome__exact={AccessionItem.Outcome.QUARANTINED.value}",
    )
)
for _name, _label, _kinds in (
    ("changed", _("changed at the source"), (Pair.Kind.VERSION,)),
    ("pairs", _("pairs to compare"), (Pair.Kind.SAME, Pair.Kind.NEAR)),
):
    register(
        Queue(
            _name,
            _label,
            partial(compared, _kinds),
            "intake.pair",
            f"decision__exact=&kind__in={','.join(kind.value for kind in _kinds)}",
        )
    )
register(
    Queue("failed", _("failed intakes"), failed, "intake.accession", f"state__exact={Accession.State.STOPPED.value}")
)
