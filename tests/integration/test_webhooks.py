"""Programs elsewhere are told of articles: a real server on the loopback address takes the deliveries, or does not."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from archive.articles.models import Article
from archive.authorities.merging import merge
from archive.authorities.models import AuthorityRecord, Rights
from archive.curation import actions
from archive.curation.erasing import erase
from archive.curation.roles import ADMINISTRATORS, role
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from search.indexing.writer import apply_all
from search.models import IndexChange
from search.webhooks import gathering, messages, sending
from search.webhooks.models import Webhook, WebhookChange, WebhookDelivery
from search.webhooks.sending import WAITS, begin_due, send_test
from search.webhooks.signing import renew, secret
from tests.unit.archive.fetching.site import Site, page, redirect, served

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
OK = page(b"", status="204 No Content")
BUSY = page(b"", status="503 Service Unavailable")


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        site.pages["/in"] = OK
        yield site


@pytest.fixture
def keeper(db: None) -> Client:
    user = User.objects.create_user("keeper", password="a long enough secret", is_staff=True)
    user.groups.add(role(ADMINISTRATORS))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def made(site: Site, **about: Any) -> Webhook:
    return Webhook.objects.create(address=site.address("/in"), site="https://archive.example", **about)


def send_all() -> None:
    """Have the worker do what is due until nothing is."""
    while begin_due():
        work_off()


def do_all() -> None:
    """Have the index follow, then the worker."""
    apply_all()
    send_all()


def told(site: Site) -> list[tuple[str, str]]:
    """What came, in its order: an event and an identifier each."""
    items = [item for body in site.bodies for item in json.loads(body)["data"]["items"]]
    return [(item["event"], item["identifier"]) for item in items]


def names(site: Site) -> list[str]:
    return [re.search(r"(?i)webhook-id: (\S+)", head)[1] for head in site.heads]  # type: ignore[index]


def passed(delivery: WebhookDelivery) -> None:
    """Have the wait before the next attempt be over."""
    WebhookDelivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now())


# What is told


def test_all_that_is_withdrawn_published_and_changed_is_told(five: dict[str, Any], site: Site) -> None:
    made(site)
    one = five["001"]
    actions.withdraw(one, note="an error")
    send_all()
    actions.publish(one)
    send_all()
    actions.edit(one, {"byline": "خلف خلفوف"})
    send_all()
    assert told(site) == [("withdrawn", one.identifier), ("published", one.identifier), ("changed", one.identifier)]
    assert json.loads(site.bodies[0]) == {
        "type": "articles",
        "timestamp": WebhookDelivery.objects.earliest("pk").made_at.isoformat(timespec="seconds"),
        "data": {
            "webhook": Webhook.objects.get().pk,
            "items": [
                {
                    "event": "withdrawn",
                    "identifier": one.identifier,
                    "guid": one.guid,
                    "url": f"https://archive.example/articles/{one.identifier}/",
                }
            ],
        },
    }
    item = json.loads(site.bodies[2])["data"]["items"][0]
    assert item["byline"] == "خلف خلفوف" and item["title"] == one.title and item["text"] is None
    assert item["url"] == f"https://archive.example/articles/{one.identifier}/"


def test_a_draft_is_not_told_of(five: dict[str, Any], own_index: Path, site: Site) -> None:
    actions.withdraw(five["001"])
    apply_all()
    made(site)
    made(site, query="q=خلفوف")
    actions.edit(five["001"], {"byline": "خلف خلفوف"})
    do_all()
    assert site.bodies == []


def test_a_search_is_told_of_what_it_finds(five: dict[str, Any], own_index: Path, site: Site) -> None:
    """What came into it, changed in it, left it though it is public, and what was withdrawn of it; nothing else."""
    made(site, query="q=title:مبادرة")
    do_all()
    assert site.bodies == []  # the receiver is taken to have what is found at first
    one, other = five["000"], five["001"]
    actions.edit(one, {"title": f"مبادرة {one.title}"})
    actions.edit(other, {"byline": "خلف خلفوف"})
    do_all()
    actions.edit(one, {"byline": "خلف خلفوف"})
    do_all()
    actions.edit(one, {"title": one.title.removeprefix("مبادرة ")})
    do_all()
    actions.edit(other, {"title": f"مبادرة {other.title}"})
    do_all()
    actions.withdraw(other)
    do_all()
    assert told(site) == [
        ("published", one.identifier),
        ("changed", one.identifier),
        ("left", one.identifier),
        ("published", other.identifier),
        ("withdrawn", other.identifier),
    ]
    assert {"title", "text"}.isdisjoint(json.loads(site.bodies[2])["data"]["items"][0])


def test_what_a_search_found_before_it_was_registered_is_told_as_changed_and_withdrawn(
    five: dict[str, Any], own_index: Path, site: Site
) -> None:
    made(site, query="")
    hook = made(site, query="q=مشاورات")
    do_all()
    known = set(hook.members.values_list("identifier", flat=True))
    assert known and len(known) < 5
    Webhook.objects.exclude(pk=hook.pk).delete()
    one = Article.objects.get(identifier=min(known))
    actions.edit(one, {"byline": "خلف خلفوف"})
    do_all()
    actions.withdraw(one)
    do_all()
    assert told(site) == [("changed", one.identifier), ("withdrawn", one.identifier)]


def test_a_record_is_followed_to_the_one_it_is_merged_into(five: dict[str, Any], own_index: Path, site: Site) -> None:
    link = five["001"].access_points.filter(record__kind="official").select_related("record").first()
    made(site, record=link.record)
    kept = AuthorityRecord.objects.create(kind="official", slug="another-khalafov")
    do_all()
    merge(link.record, kept)
    do_all()
    actions.withdraw(five["001"])
    do_all()
    assert told(site) == [("withdrawn", five["001"].identifier)]


def test_the_archive_waits_for_the_index_before_it_says_what_a_search_finds(
    five: dict[str, Any], own_index: Path, site: Site
) -> None:
    made(site, query="q=مشاورات")
    do_all()
    actions.withdraw(five["001"])
    assert IndexChange.objects.exists() and begin_due() == 0


def test_what_happens_to_one_article_before_it_is_told_is_told_once(five: dict[str, Any], site: Site) -> None:
    made(site)
    one = five["001"]
    actions.withdraw(one)
    actions.publish(one)
    actions.edit(one, {"byline": "خلف خلفوف"})
    send_all()
    assert told(site) == [("published", one.identifier)]


def test_many_changes_come_in_several_deliveries(
    five: dict[str, Any], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST_CHANGES", 2)
    made(site)
    for article in five.values():
        actions.edit(article, {"byline": "خلف خلفوف"})
    send_all()
    assert [len(json.loads(body)["data"]["items"]) for body in site.bodies] == [2, 2, 1]
    assert len(set(names(site))) == 3 and len(set(told(site))) == 5


def test_the_text_goes_as_far_as_the_rights_of_its_source_allow(
    five: dict[str, Any], site: Site, settings: Any
) -> None:
    made(site, with_text=True)
    for level in (Rights.WHOLE, Rights.EXCERPT, Rights.DESCRIPTION):
        settings.RIGHTS_BULK = level
        actions.edit(five["001"], {"byline": f"خلف {level}"})
        send_all()
    items = [json.loads(body)["data"]["items"][0] for body in site.bodies]
    assert [item["text_shown"] for item in items] == ["whole", "excerpt", "description"]
    whole, excerpt, nothing = (item["text"] for item in items)
    assert whole == five["001"].body and 0 < len(excerpt) <= 300 and whole.startswith(excerpt) and nothing == ""


def test_more_text_than_a_delivery_may_have_is_left_at_its_address(
    five: dict[str, Any], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MOST_TEXT", len(five["000"].body))
    made(site, with_text=True)
    for number in ("000", "001"):
        actions.edit(five[number], {"byline": "خلف خلفوف"})
    send_all()
    assert [item["text"] for item in json.loads(site.bodies[0])["data"]["items"]] == [five["000"].body, None]


# Deliveries that are not taken


def test_a_delivery_that_is_not_taken_is_sent_again_with_growing_waits_under_its_name(
    five: dict[str, Any], site: Site
) -> None:
    hook = made(site)
    site.pages["/in"] = BUSY
    actions.edit(five["001"], {"byline": "خلف خلفوف"})
    waits = []
    for _attempt in WAITS:
        send_all()
        delivery = hook.deliveries.get()
        waits.append(round((delivery.next_at - timezone.now()).total_seconds() / 60))
        passed(delivery)
    assert waits == [1, 5, 30, 120, 360, 720, 1440]
    site.pages["/in"] = OK
    send_all()
    delivery = hook.deliveries.get()
    assert (delivery.state, delivery.status, len(delivery.attempts)) == ("done", 204, 8)
    assert [one["status"] for one in delivery.attempts] == [503] * 7 + [204]
    assert set(names(site)) == {delivery.name} and len(site.bodies) == 8


def test_what_was_withdrawn_since_the_first_attempt_is_not_told_with_the_second(
    five: dict[str, Any], site: Site
) -> None:
    hook = made(site, with_text=True)
    site.pages["/in"] = BUSY
    actions.edit(five["001"], {"byline": "خلف خلفوف"})
    send_all()
    actions.withdraw(five["001"])
    site.pages["/in"] = OK
    passed(hook.deliveries.get())
    send_all()
    assert [event for event, _identifier in told(site)] == ["changed", "withdrawn", "withdrawn"]
    assert five["001"].title not in site.bodies[1].decode() + site.bodies[2].decode()
    assert len(set(names(site))) == 2  # a receiver that has the first, and drops the second, is told by the third


def test_of_an_erased_article_nothing_waits_and_nothing_is_sent_but_its_name(
    five: dict[str, Any], own_index: Path, captures_folder: Path, site: Site
) -> None:
    made(site, with_text=True)
    one = five["001"]
    identifier, words = one.identifier, one.title
    actions.edit(one, {"byline": "خلف خلفوف"})
    erase(Article.objects.get(pk=one.pk), note="a court")
    rows = [str(list(model.objects.values())) for model in (WebhookChange, WebhookDelivery)]
    assert all(words not in row for row in rows)
    begin_due()
    work_off()
    assert told(site) == [("withdrawn", identifier)] and words not in site.bodies[0].decode()


def test_a_webhook_that_never_takes_a_delivery_is_switched_off_and_one_click_has_it_go_on(
    five: dict[str, Any], site: Site, keeper: Client, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    hook = made(site)
    site.pages["/in"] = BUSY
    actions.edit(five["001"], {"byline": "خلف خلفوف"})
    for _attempt in range(len(WAITS) + 1):
        send_all()
        passed(hook.deliveries.get())
    hook.refresh_from_db()
    assert (hook.is_on, hook.off_because) == (False, "503") and begin_due() == 0
    status = keeper.get(reverse("admin-status")).content.decode()
    assert "Webhooks were switched off, for they took no delivery: 1." in status
    actions.withdraw(five["000"])  # what happens meanwhile is told, too
    site.pages["/in"] = OK
    keeper.post(reverse("admin:webhooks_webhook_do", args=[hook.pk]), {"do": "on"})
    send_all()
    assert told(site)[-2:] == [("changed", five["001"].identifier), ("withdrawn", five["000"].identifier)]
    assert "switched off" not in keeper.get(reverse("admin-status")).content.decode()


def test_a_receiver_that_says_that_it_is_gone_is_asked_once(five: dict[str, Any], site: Site) -> None:
    hook = made(site)
    site.pages["/in"] = page(b"", status="410 Gone")
    actions.edit(five["001"], {"byline": "خلف خلفوف"})
    send_all()
    hook.refresh_from_db()
    assert not hook.is_on and len(site.asked) == 1


def test_a_redirect_to_a_private_place_is_not_followed(five: dict[str, Any], site: Site) -> None:
    hook = made(site)
    site.pages |= {"/in": redirect("/private", "308 Permanent Redirect"), "/private": OK}
    actions.edit(five["001"], {"byline": "خلف خلفوف"})
    send_all()
    assert site.asked == ["/in"] and hook.deliveries.get().told == "308"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://10.0.0.1/in", "not a public site"),
        ("http://169.254.169.254/latest", "not a public site"),
        ("http://[fd00::1]/", "not a public site"),
        ("http://127.0.0.1:1/in", "cannot be reached"),
    ],
)
def test_an_address_that_is_not_public_or_refuses_is_told_in_the_log(
    five: dict[str, Any], address: str, why: str
) -> None:
    hook = Webhook.objects.create(address=address)
    actions.edit(five["001"], {"byline": "خلف خلفوف"})
    send_all()
    delivery = hook.deliveries.get()
    assert why in delivery.told and delivery.status is None and delivery.state == "waiting"


def test_nothing_is_sent_to_the_machine_itself_but_in_tests(five: dict[str, Any], site: Site, settings: Any) -> None:
    settings.FETCH_LOOPBACK = False
    hook = Webhook.objects.create(address="http://localhost/in")
    actions.edit(five["001"], {"byline": "خلف خلفوف"})
    send_all()
    assert "not a public site" in hook.deliveries.get().told and site.asked == []


def test_a_receiver_that_drips_is_left_and_one_that_answers_without_end_is_not_read(
    five: dict[str, Any], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drip(line: socket.socket, _path: str) -> None:
        for letter in b"HTTP/1.1 200 OK\r\n" * 1000:
            line.sendall(bytes([letter]))
            time.sleep(0.2)

    monkeypatch.setattr(sending, "SECONDS", 0.7)
    site.pages["/in"] = drip
    hook = made(site)
    actions.edit(five["001"], {"byline": "خلف خلفوف"})
    send_all()
    assert "no whole answer in time" in hook.deliveries.get().told
    monkeypatch.setattr(sending, "SECONDS", 10.0)
    site.pages["/in"] = page(b"a", length=10**12)
    passed(hook.deliveries.get())
    send_all()
    assert hook.deliveries.get().status == 200


def test_the_log_is_cut_and_so_are_the_jobs(five: dict[str, Any], site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LOGGED", 3)
    hook = made(site)
    for _number in range(6):
        actions.edit(five["001"], {"byline": f"خلف {_number}"})
        send_all()
    assert hook.deliveries.count() == 3 and names(site)[-3:] == [one.name for one in hook.deliveries.order_by("pk")]
    Job.objects.filter(kind="webhook").update(ended_at=timezone.now() - datetime.timedelta(days=2))
    begin_due()
    assert not Job.objects.filter(kind="webhook").exists()


# Signatures


def headers(site: Site) -> dict[str, str]:
    lines = site.heads[-1].strip().splitlines()[1:]
    return dict(line.split(": ", 1) for line in lines)


def test_the_makers_of_the_standard_verify_a_delivery(site: Site) -> None:
    hook = made(site)
    send_test(hook)
    work_off()
    said = Verifier(secret(hook)).verify(site.bodies[0], headers(site))
    assert said["type"] == "test" and said["data"]["items"] == []
    with pytest.raises(WebhookVerificationError):
        Verifier(secret(hook)).verify(site.bodies[0] + b" ", headers(site))
    with pytest.raises(WebhookVerificationError):
        Verifier(secret(made(site))).verify(site.bodies[0], headers(site))


def test_a_secret_before_signs_for_another_day(site: Site) -> None:
    hook = made(site)
    before, now = secret(hook), timezone.now()
    after = renew(hook, now)
    send_test(hook)
    work_off()
    assert after != before and after == secret(Webhook.objects.get())
    for one in (before, after):
        Verifier(one).verify(site.bodies[-1], headers(site))
    Webhook.objects.update(secret_at=now - datetime.timedelta(days=1, seconds=1))
    send_test(hook)
    work_off()
    with pytest.raises(WebhookVerificationError):
        Verifier(before).verify(site.bodies[-1], headers(site))


def test_the_example_for_receivers_verifies(site: Site) -> None:
    """The Python of docs/webhooks.md, run as it stands there."""
    code = re.search(r"```python\n(.*?)```", (ROOT / "docs/webhooks.md").read_text("utf-8"), flags=re.DOTALL)
    assert code
    own: dict[str, Any] = {"base64": base64, "hashlib": hashlib, "hmac": hmac}
    exec(code[1], own)  # noqa: S102
    hook = made(site)
    renew(hook, timezone.now())
    send_test(hook)
    work_off()
    given = {name.lower(): value for name, value in headers(site).items()}
    assert own["is_genuine"](secret(hook), given, site.bodies[0])
    assert not own["is_genuine"](secret(hook), given, site.bodies[0] + b" ")
    assert not own["is_genuine"](secret(hook), given | {"webhook-timestamp": "1700000000"}, site.bodies[0])


# The desk of the administrator


def test_a_webhook_is_made_and_its_secret_shown_once(site: Site, keeper: Client) -> None:
    address = f"{site.address('/in')}"
    typed = "https://archive.example/search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81&country=az&page=3"
    answer = keeper.post(reverse("admin:webhooks_webhook_add"), {"address": address, "query": typed})
    hook = Webhook.objects.get()
    assert secret(hook) in answer.content.decode() and "no-store" in answer.headers["Cache-Control"]
    assert hook.asked.q == "خلفوف" and hook.asked.chosen("country") == ("az",) and hook.site == "http://testserver"
    for shown in (
        reverse("admin:webhooks_webhook_change", args=[hook.pk]),
        reverse("admin:webhooks_webhook_changelist"),
    ):
        page_of_it = keeper.get(shown).content.decode()
        assert "whsec_" not in page_of_it and secret(hook)[6:] not in page_of_it


def test_a_test_is_sent_by_one_click_also_to_a_webhook_that_is_switched_off(site: Site, keeper: Client) -> None:
    hook = made(site)
    hook.switch(False, "503")
    keeper.post(reverse("admin:webhooks_webhook_do", args=[hook.pk]), {"do": "test"})
    work_off()
    assert json.loads(site.bodies[0])["type"] == "test"
    shown = keeper.get(reverse("admin:webhooks_webhook_change", args=[hook.pk])).content.decode()
    assert "delivered (test)" in shown and "204" in shown
    site.pages["/in"] = BUSY
    keeper.post(reverse("admin:webhooks_webhook_do", args=[hook.pk]), {"do": "test"})
    work_off()
    assert [one.state for one in hook.deliveries.all()] == ["failed", "done"] and begin_due() == 0
    log = keeper.get(reverse("admin:webhooks_webhookdelivery_changelist")).content.decode()
    last = keeper.get(reverse("admin:webhooks_webhookdelivery_change", args=[hook.deliveries.latest("pk").pk]))
    assert "503" in log and "503" in last.content.decode()


def test_another_secret_is_made_by_one_click_and_shown_once(site: Site, keeper: Client) -> None:
    hook = made(site)
    before = secret(hook)
    answer = keeper.post(reverse("admin:webhooks_webhook_do", args=[hook.pk]), {"do": "secret"}).content.decode()
    assert secret(Webhook.objects.get()) in answer and before not in answer


def test_a_webhook_goes_with_its_log(site: Site, keeper: Client) -> None:
    hook = made(site)
    send_test(hook)
    work_off()
    keeper.post(reverse("admin:webhooks_webhook_delete", args=[hook.pk]), {"post": "yes"})
    assert not Webhook.objects.exists() and not WebhookDelivery.objects.exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"address": "ftp://example.org/"}, "http:// or https://"),
        ({"address": "http://me:you@example.org/"}, "name or password"),
        ({"query": "https://archive.example/search/?color=red"}, "no question"),
        ({"query": "q=" + "(" * 80}, "no question"),
        ({"query": "q=" + "+".join(["قطر"] * 100)}, "no question"),
        ({"query": "q=قطر", "record": "az"}, "not both"),
    ],
)
def test_what_cannot_be_told_or_asked_is_refused(keeper: Client, given: dict[str, str], why: str) -> None:
    if "record" in given:
        given = given | {"record": str(AuthorityRecord.objects.get(kind="country", slug=given["record"]).pk)}
    answer = keeper.post(reverse("admin:webhooks_webhook_add"), {"address": "https://example.org/"} | given)
    assert why in answer.content.decode() and not Webhook.objects.exists()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(site: Site, keeper: Client) -> None:
    hook = made(site)
    address = reverse("admin:webhooks_webhook_change", args=[hook.pk])
    form = keeper.get(address).context["adminform"].form
    Webhook.objects.update(with_text=True)
    values = {"address": hook.address, "query": "q=قطر", "version": form.initial["version"]}
    assert "Nothing was saved" in keeper.post(address, values).content.decode()
    assert Webhook.objects.get().query == ""


def test_another_question_begins_anew(five: dict[str, Any], own_index: Path, site: Site, keeper: Client) -> None:
    hook = made(site, query="q=مشاورات")
    do_all()
    before = hook.members.count()
    keeper.post(reverse("admin:webhooks_webhook_change", args=[hook.pk]), {"address": hook.address, "query": "lang=fa"})
    do_all()
    assert hook.members.count() == Article.objects.published().filter(language="fa").count() != before
    assert site.bodies == []
