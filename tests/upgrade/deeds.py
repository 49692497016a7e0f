"""What is done in an archive before it is upgraded, and what is asked of it before and after.

`python -m tests.upgrade.deeds live` and `… tell`, in a process of the archive; prints its answer as the last line, in
JSON. `tell` speaks of the domain, not of tables, so that a release whose tables differ tells the same.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

from tests.faults import deeds

from archive.articles.models import AccessPoint, Article, Status  # isort: skip - deeds sets Django up
from archive.authorities.merging import merge  # isort: skip
from archive.authorities.models import AuthorityRecord, FormStatus, Merge, Name  # isort: skip
from archive.captures.payloads import store  # isort: skip
from archive.curation import actions  # isort: skip
from archive.curation.models import CurationEvent, Mistake  # isort: skip
from archive.intake.reading.items import Item  # isort: skip
from archive.intake.taking import Wish, take_in  # isort: skip
from archive.stories import decisions  # isort: skip
from archive.stories.models import Decision  # isort: skip
from config.management.commands.prepare import curators  # isort: skip
from django.contrib.auth.hashers import check_password  # isort: skip
from django.contrib.auth.models import User  # isort: skip
from django.core.management import call_command  # isort: skip
from django.db import transaction  # isort: skip
from search.shelf.models import Shelf  # isort: skip

PASSWORDS = {"layla": "a long enough secret", "ramin": "another long secret"}
DRAFT = """وزير خارجية قطر يلتقي نظيره الأذربيجاني في الدوحة

الدوحة في 3 مايو 2021 - التقى وزير الخارجية القطري نظيره الأذربيجاني، وبحثا العلاقات الثنائية بين البلدين.

وأكد الجانبان أهمية مواصلة المشاورات السياسية بين وزارتي الخارجية في البلدين خلال المرحلة المقبلة.
"""
QUESTIONS = (
    "قطر",
    "أذربيجان",
    "ایران",
    "خلفوف",
    "Khalafov",
    "صلح و امنیت",
    "المشاورات السياسية",
    "عنوان صححته ليلى",
    "غائب",
)


def live() -> int:
    """What curators and readers do in their archive: edits, decisions, a draft, a withdrawal, a merge, a shelf."""
    layla = _account("layla", is_staff=True)
    layla.groups.add(curators())
    ramin = _account("ramin")
    held = list(Article.objects.published().order_by("identifier"))
    _describe(held[0], layla)
    actions.withdraw(held[1], by=layla, note="على طلب المصدر")
    decisions.join([held[2].pk, held[3].pk], by=layla)
    take_in(Item("draft.txt", DRAFT.encode(), address="https://example.org/draft"), Wish(by=layla))
    Mistake.objects.create(article=held[2], about=Mistake.About.DATE, passage="أمس", told="التاريخ غير صحيح")
    Shelf.objects.create(reader=ramin, contents={"kept": [held[4].identifier]})
    records = AuthorityRecord.objects.filter(kind="official", merged_into__isnull=True).order_by("slug")
    merge(records[0], records[1], by=layla)
    call_command("check_fixity", verbosity=0, stdout=sys.stderr)
    return len(held)


def _account(name: str, *, is_staff: bool = False) -> User:
    return User.objects.create_user(name, password=PASSWORDS[name], is_staff=is_staff)


def _describe(article: Article, layla: User) -> None:
    """A title, an access point that is accepted and one that is rejected, a name."""
    accepted, rejected, *_others = article.access_points.order_by("record__kind", "record__slug")
    for point, state in ((accepted, AccessPoint.State.ACCEPTED), (rejected, AccessPoint.State.REJECTED)):
        point.state = state
        point.save()
    record = accepted.record
    Name.objects.create(record=record, text="اسم أضافته ليلى", language="ar", form=FormStatus.VARIANT)
    record.curated = True
    record.save()
    if hasattr(actions, "edit"):
        actions.edit(article, {"title": "عنوان صححته ليلى"}, by=layla)
        return
    article.title, before = "عنوان صححته ليلى", article.title  # as earlier releases do it
    with transaction.atomic():
        article.save()
        actions.remember_edit(article, {"title": [before, article.title]}, by=layla)


def tell() -> dict[str, Any]:
    """All that must be the same after an upgrade."""
    return {
        "articles": [_article(article) for article in Article.objects.order_by("identifier")],
        "history": [
            [event.article.identifier, event.action, _name(event.by), event.at.isoformat(), event.note, event.changes]
            for event in CurationEvent.objects.exclude(article=None).order_by("pk")
        ],
        "accounts": [_told_account(user) for user in User.objects.order_by("username")],
        "decisions": [
            [one.one.identifier, one.other.identifier, one.together, _name(one.by)]
            for one in Decision.objects.order_by("one__identifier")
        ],
        "mistakes": [
            [one.article.identifier, one.about, one.passage, one.told, one.state, one.received_at.isoformat()]
            for one in Mistake.objects.order_by("pk")
        ],
        "merges": [[one.gone.slug, one.kept.slug, _name(one.by)] for one in Merge.objects.order_by("pk")],
        "names": sorted(Name.objects.filter(record__curated=True).values_list("record__slug", "text", "form")),
        "shelves": [[shelf.reader.username, shelf.contents] for shelf in Shelf.objects.order_by("reader__username")],
        "answers": {question: sorted(deeds.find(question)) for question in QUESTIONS},
    }


def _article(article: Article) -> dict[str, Any]:
    capture = article.capture
    return {
        "identifier": article.identifier,
        "title": article.title,
        "body": hashlib.sha256(article.body.encode()).hexdigest(),
        "status": Status(article.status).value,
        "dated_on": str(article.dated_on),
        "curated": sorted(article.curated_fields),
        "points": sorted([p.record.kind, p.record.slug, str(p.state)] for p in article.access_points.all()),
        "capture": [capture.payload_digest, capture.target_uri, capture.received_from, capture.received_at.isoformat()],
        "intact": store().is_intact(capture.payload_digest),
        "fixity": [[str(event.outcome), event.first_at.isoformat()] for event in capture.fixity_events.all()],
    }


def _told_account(user: User) -> list[Any]:
    signs_in = user.username in PASSWORDS and check_password(PASSWORDS[user.username], user.password)
    return [user.username, user.is_staff, sorted(group.name for group in user.groups.all()), signs_in]


def _name(user: User | None) -> str:
    return user.username if user else ""


if __name__ == "__main__":
    answer: Any = globals()[sys.argv[1]]()
    print(json.dumps(answer, ensure_ascii=False))
