"""R43: who may ask for what, and who may change what: one table of every address, one of every bulk action."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord
from archive.captures.models import Capture
from archive.curation import bulk
from archive.curation.actions import withdraw
from archive.curation.bulk_page import digest
from archive.dataset import held
from archive.meetings.actions import reopen
from archive.meetings.models import Meeting
from archive.work.models import Job
from archive.work.queue import cancel
from tests.security.conftest import PASSWORD, ROLES
from tests.security.site import ARTICLE, NAMED, Address, addresses, read, written

pytestmark = pytest.mark.django_db

# Who is answered: a stranger (a), a reader with an account (r), staff who may only view (v), an editor (e), a curator
# (c), an administrator (k: keeper of people, sources and settings), a superuser (s); what is tried here is of a public
# article and of a country. Everybody else is refused or led to a page for signing in. A row without a name of Django's
# URL patterns is called by its route. What stands in no row is asked by nobody: the test fails. Who has one-time codes
# and showed none yet is asked in tests/security/test_codes.py; here nobody has any, and is led back from `admin:code`.
TABLE = """
address                                                      GET     POST
home                                                         arvecks -
search                                                       arvecks -
search-facet                                                 arvecks -
search-concordance                                           arvecks -
concordance-export                                           arvecks -
search-timeline                                              arvecks -
search-together                                              arvecks -
together-export                                              arvecks -
search-map                                                   arvecks -
map-export                                                   arvecks -
search-wording                                               arvecks -
wording-export                                               arvecks -
search-collocates                                            arvecks -
collocates-export                                            arvecks -
search-expression                                            arvecks -
expression-export                                            arvecks -
search-export                                                arvecks -
search-picture                                               arvecks -
help                                                         arvecks -
about                                                        arvecks -
explain                                                      arvecks -
explain-word                                                 arvecks -
suggest                                                      arvecks -
stories:witnesses                                            arvecks -
curation:mistake                                             arvecks arvecks
curation:thanks                                              arvecks -
articles:detail                                              arvecks -
articles:capture                                             arvecks -
articles:original                                            arvecks -
articles:picture                                             arvecks -
articles:citation                                            arvecks -
articles:form                                                arvecks -
articles:timemap                                             arvecks -
browse:official-json                                         arvecks -
browse:country-json                                          arvecks -
browse:body-json                                             arvecks -
browse:source-json                                           arvecks -
api:page                                                     arvecks -
api:index                                                    arvecks -
api:description                                              arvecks -
api:articles                                                 arvecks -
api:article                                                  arvecks -
api:citation                                                 arvecks -
api:facets                                                   arvecks -
api:facet                                                    arvecks -
api:suggest                                                  arvecks -
api:timeline                                                 arvecks -
api:together                                                 arvecks -
api:map                                                      arvecks -
api:wording                                                  arvecks -
api:concordance                                              arvecks -
api:collocates                                               arvecks -
api:expression                                               arvecks -
api:officials                                                arvecks -
api:official                                                 arvecks -
api:countries                                                arvecks -
api:country                                                  arvecks -
api:bodies                                                   arvecks -
api:body                                                     arvecks -
api:sources                                                  arvecks -
api:source                                                   arvecks -
api:meetings                                                 arvecks -
api:meeting                                                  arvecks -
api:collections                                              arvecks -
api:collection                                               arvecks -
api:nothing                                                  -       -
assistants                                                   -       -
oai                                                          arvecks arvecks
opensearch                                                   arvecks -
sitemap-index                                                arvecks -
sitemap-pages                                                arvecks -
sitemap                                                      arvecks -
security                                                     arvecks -
browse:officials                                             arvecks -
browse:countries                                             arvecks -
browse:bodies                                                arvecks -
browse:sources                                               arvecks -
browse:official                                              arvecks -
browse:country                                               arvecks -
browse:body                                                  arvecks -
browse:source                                                arvecks -
browse:official-names                                        arvecks -
browse:country-names                                         arvecks -
browse:body-names                                            arvecks -
browse:pair                                                  arvecks -
browse:dates                                                 arvecks -
browse:date-year                                             arvecks -
browse:date-month                                            arvecks -
browse:date-day                                              arvecks -
shelf                                                        arvecks -
shelf-cite                                                   arvecks -
shelf-export                                                 arvecks -
shelf-articles                                               -       arvecks
shelf-searches                                               -       arvecks
sign-in                                                      arvecks arvecks
sign-out                                                     -       arvecks
account                                                      rvecks  rvecks
dataset:page                                                 arvecks -
dataset:dump                                                 arvecks -
feeds:rss                                                    arvecks -
feeds:atom                                                   arvecks -
feeds:json                                                   arvecks -
feeds:meetings-json                                          arvecks -
alerts:follow                                                arvecks arvecks
alerts:confirm                                               arvecks arvecks
alerts:mine                                                  arvecks arvecks
feeds:withdrawn-rss                                          arvecks -
feeds:withdrawn-atom                                         arvecks -
feeds:withdrawn-json                                         arvecks -
healthz                                                      arvecks -
readyz                                                       arvecks -
metrics                                                      -       -
robots                                                       arvecks -
favicon                                                      arvecks -
browse:meetings                                              arvecks -
browse:meetings-proposed                                     arvecks -
browse:meeting                                               arvecks -
browse:meeting-json                                          arvecks -
browse:collections                                           arvecks -
browse:collection                                            arvecks -
feeds:meetings-rss                                           arvecks -
feeds:meetings-atom                                          arvecks -
admin-status                                                 vecks   vecks
admin:index                                                  vecks   vecks
admin:login                                                  ar      arvecks
admin:code                                                   -       -
admin:codes                                                  vecks   vecks
admin:sign_ins                                               vecks   -
admin:codes_set_up                                           vecks   vecks
admin:logout                                                 -       vecks
admin:password_change                                        vecks   vecks
admin:password_change_done                                   vecks   -
admin:autocomplete                                           vecks   -
admin:jsi18n                                                 vecks   -
admin:view_on_site                                           vecks   vecks
admin:work_job_changelist                                    cs      cs
admin:work_job_add                                           -       -
admin:work_job_history                                       cs      cs
admin:work_job_delete                                        -       -
admin:work_job_change                                        cs      -
admin:work/job/<path:object_id>/                             vecks   vecks
admin:captures_capture_changelist                            vecks   vecks
admin:captures_capture_page                                  vecks   -
admin:captures_capture_add                                   -       -
admin:captures_capture_history                               vecks   vecks
admin:captures_capture_delete                                -       -
admin:captures_capture_change                                vecks   cs
admin:captures/capture/<path:object_id>/                     vecks   vecks
admin:authorities_merge_changelist                           cs      cs
admin:authorities_merge_add                                  -       -
admin:authorities_merge_history                              cs      cs
admin:authorities_merge_delete                               -       -
admin:authorities_merge_change                               cs      -
admin:authorities/merge/<path:object_id>/                    vecks   vecks
admin:authorities_split_changelist                           cs      cs
admin:authorities_split_add                                  -       -
admin:authorities_split_history                              cs      cs
admin:authorities_split_delete                               -       -
admin:authorities_split_change                               cs      -
admin:authorities/split/<path:object_id>/                    vecks   vecks
admin:authorities_authorityrecord_split                      cs      cs
admin:authorities_authorityrecord_import                     cs      cs
admin:authorities_authorityrecord_changelist                 vecks   vecks
admin:authorities_authorityrecord_add                        cks     cks
admin:authorities_authorityrecord_history                    vecks   cs
admin:authorities_authorityrecord_delete                     -       -
admin:authorities_authorityrecord_change                     vecks   cs
admin:authorities/authorityrecord/<path:object_id>/          vecks   vecks
admin:articles_article_changelist                            vecks   vecks
admin:articles_article_add                                   -       -
admin:articles_article_history                               vecks   cs
admin:articles_article_delete                                -       -
admin:articles_article_change                                vecks   cs
admin:articles_article_review                                cs      cs
admin:articles/article/<path:object_id>/                     vecks   vecks
admin:curation_mistake_changelist                            vecks   vecks
admin:curation_mistake_add                                   -       -
admin:curation_mistake_history                               vecks   vecks
admin:curation_mistake_delete                                s       s
admin:curation_mistake_change                                vecks   cs
admin:curation/mistake/<path:object_id>/                     vecks   vecks
admin:curation_unknownname_changelist                        cs      cs
admin:curation_unknownname_add                               -       -
admin:curation_unknownname_history                           cs      cs
admin:curation_unknownname_delete                            -       -
admin:curation_unknownname_change                            cs      -
admin:curation/unknownname/<path:object_id>/                 vecks   vecks
admin:curation_cutline_changelist                            cs      cs
admin:curation_cutline_add                                   -       -
admin:curation_cutline_history                               cs      cs
admin:curation_cutline_delete                                -       -
admin:curation_cutline_change                                cs      -
admin:curation/cutline/<path:object_id>/                     vecks   vecks
admin:curation_curationevent_changelist                      vecks   vecks
admin:curation_curationevent_add                             -       -
admin:curation_curationevent_history                         vecks   vecks
admin:curation_curationevent_delete                          -       -
admin:curation_curationevent_change                          vecks   -
admin:curation/curationevent/<path:object_id>/               vecks   vecks
admin:intake_accession_outcome                               vecks   -
admin:intake_accession_send                                  cs      cs
admin:intake_accession_real                                  -       cs
admin:intake_accession_changelist                            vecks   vecks
admin:intake_accession_add                                   cs      cs
admin:intake_accession_history                               vecks   vecks
admin:intake_accession_delete                                -       -
admin:intake_accession_change                                vecks   -
admin:intake/accession/<path:object_id>/                     vecks   vecks
admin:intake_watchedfeed_changelist                          vcks    vcks
admin:intake_watchedfeed_add                                 cks     cks
admin:intake_watchedfeed_history                             vcks    vcks
admin:intake_watchedfeed_delete                              cks     cks
admin:intake_watchedfeed_change                              vcks    cks
admin:intake/watchedfeed/<path:object_id>/                   vecks   vecks
admin:intake_pair_changelist                                 vecks   vecks
admin:intake_pair_add                                        -       -
admin:intake_pair_history                                    vecks   vecks
admin:intake_pair_delete                                     -       -
admin:intake_pair_change                                     vecks   cs
admin:intake/pair/<path:object_id>/                          vecks   vecks
admin:intake_accessionitem_decide                            -       cs
admin:intake_accessionitem_changelist                        vecks   vecks
admin:intake_accessionitem_add                               -       -
admin:intake_accessionitem_history                           vecks   vecks
admin:intake_accessionitem_delete                            -       -
admin:intake_accessionitem_change                            vecks   -
admin:intake/accessionitem/<path:object_id>/                 vecks   vecks
admin:about_archivedescription_changelist                    vks     vks
admin:about_archivedescription_add                           ks      ks
admin:about_archivedescription_history                       vks     vks
admin:about_archivedescription_delete                        ks      ks
admin:about_archivedescription_change                        vks     ks
admin:about/archivedescription/<path:object_id>/             vecks   vecks
admin:stories_fingerprint_changelist                         cs      cs
admin:stories_fingerprint_add                                -       -
admin:stories_fingerprint_history                            cs      cs
admin:stories_fingerprint_delete                             -       -
admin:stories_fingerprint_change                             cs      -
admin:stories/fingerprint/<path:object_id>/                  vecks   vecks
admin:stories_decision_changelist                            cs      cs
admin:stories_decision_add                                   -       -
admin:stories_decision_history                               cs      cs
admin:stories_decision_delete                                -       -
admin:stories_decision_change                                cs      -
admin:stories/decision/<path:object_id>/                     vecks   vecks
admin:auth_group_changelist                                  vks     vks
admin:auth_group_add                                         s       s
admin:auth_group_history                                     vks     vks
admin:auth_group_delete                                      s       s
admin:auth_group_change                                      vks     s
admin:auth/group/<path:object_id>/                           vecks   vecks
admin:auth_user_password_change                              ks      ks
admin:auth_user_changelist                                   vks     vks
admin:auth_user_add                                          ks      ks
admin:auth_user_history                                      vks     vks
admin:auth_user_delete                                       s       s
admin:auth_user_change                                       vks     ks
admin:auth/user/<path:object_id>/                            vecks   vecks
admin:meetings_meeting_changelist                            vecks   vecks
admin:meetings_meeting_add                                   cs      cs
admin:meetings_meeting_history                               vecks   cs
admin:meetings_meeting_delete                                -       -
admin:meetings_meeting_change                                vecks   cs
admin:meetings/meeting/<path:object_id>/                     vecks   vecks
admin:collections_collection_changelist                      vecks   vecks
admin:collections_collection_add                             cs      cs
admin:collections_collection_history                         vecks   cs
admin:collections_collection_delete                          -       -
admin:collections_collection_change                          vecks   cs
admin:collections/collection/<path:object_id>/               vecks   vecks
admin:alerts_follower_changelist                             ks      ks
admin:alerts_follower_add                                    -       -
admin:alerts_follower_history                                ks      ks
admin:alerts_follower_delete                                 -       -
admin:alerts_follower_change                                 ks      -
admin:alerts/follower/<path:object_id>/                      vecks   vecks
admin:webhooks_webhook_do                                    -       ks
admin:webhooks_webhook_changelist                            vks     vks
admin:webhooks_webhook_add                                   ks      ks
admin:webhooks_webhook_history                               vks     vks
admin:webhooks_webhook_delete                                ks      ks
admin:webhooks_webhook_change                                vks     ks
admin:webhooks/webhook/<path:object_id>/                     vecks   vecks
admin:webhooks_webhookdelivery_changelist                    vks     vks
admin:webhooks_webhookdelivery_add                           -       -
admin:webhooks_webhookdelivery_history                       vks     vks
admin:webhooks_webhookdelivery_delete                        -       -
admin:webhooks_webhookdelivery_change                        vks     -
admin:webhooks/webhookdelivery/<path:object_id>/             vecks   vecks
admin:app_list                                               vecks   vecks
admin:(?P<url>.*)$                                           -       -
"""
QUERIES = {
    "explain": {"q": "خلفوف", "article": ARTICLE},
    "expression-export": {"re": "خلف.?.?ف"},
    "api:expression": {"re": "خلف.?.?ف"},
    "admin:autocomplete": {"app_label": "articles", "model_name": "accesspoint", "field_name": "record", "term": "az"},
}
NEW = "another long enough secret"
PASSWORDS = {"usable_password": "true", "password1": NEW, "password2": NEW}
CONFIRMED = {"post": "yes"}
# What is sent where a request is to change something; the rest is asked with an empty form. A dictionary that begins
# with "…" changes these fields of the page's own form.
DEEDS: dict[str, dict[str, Any]] = {
    "curation:mistake": {"about": "name", "told": "The name is Khalafov.", "send": "1"},
    "shelf-articles": {"a": ARTICLE},
    "alerts:follow": {"address": "reader@mail.example", "rhythm": "daily"},
    "shelf-searches": {"query": "q=قطر", "name": "Qatar"},
    "admin:logout": {},
    "admin:password_change": {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    "admin:intake_watchedfeed_add": {"address": "https://news.example/feed", "minutes": "60"},
    "admin:intake_watchedfeed_change": {"…": "", "source": "الشرق"},
    "admin:intake_watchedfeed_delete": CONFIRMED,
    "admin:about_archivedescription_add": {"language": "fa", "holdings": "خبرهای دیپلماتیک"},
    "admin:about_archivedescription_change": {"…": "", "holdings": "Reports on diplomacy"},
    "admin:about_archivedescription_delete": CONFIRMED,
    "admin:intake_accession_add": {"title": "خبر", "text": "عقدت وزارتا الخارجية مشاورات سياسية."},
    "admin:intake_pair_change": {"decision": "left"},
    "admin:intake_accessionitem_decide": {"decide": "discarded"},
    "admin:captures_capture_change": {"…": "", "target_uri": "https://news.example/1"},
    "admin:authorities_authorityrecord_add": {"…": "", "kind": "source", "slug": "league-of-poets"},
    "admin:authorities_authorityrecord_change": {"…": "", "note": "on the Caspian Sea"},
    "admin:articles_article_change": {"…": "", "title": "Another title"},
    "admin:articles_article_review": {"do": "note", "note": "Ask Nasser."},
    "admin:meetings_meeting_add": {"…": "", "kind": "call"},
    "admin:meetings_meeting_history": {},
    "admin:meetings_meeting_change": {"…": "", "city": "باكو"},
    "admin:collections_collection_add": {"…": "", "slug": "treaties", "title_en": "Treaties"},
    "admin:collections_collection_change": {"…": "", "title_en": "Consultations of 2020"},
    "admin:webhooks_webhook_add": {"address": "https://news.example/in"},
    "admin:webhooks_webhook_change": {"…": "", "with_text": "on"},
    "admin:webhooks_webhook_delete": CONFIRMED,
    "admin:webhooks_webhook_do": {"do": "off"},
    "admin:curation_mistake_change": {"…": "", "state": "accepted"},
    "admin:curation_mistake_delete": CONFIRMED,
    "admin:auth_group_add": {"name": "Guests"},
    "admin:auth_group_change": {"…": "", "name": "Guests"},
    "admin:auth_group_delete": CONFIRMED,
    "admin:auth_user_add": {"username": "new", **PASSWORDS},
    "admin:auth_user_change": {"…": "", "first_name": "Nasser"},
    "admin:auth_user_password_change": {**PASSWORDS, "set-password": "1"},
    "admin:auth_user_delete": CONFIRMED,
}

ACTIONS = """
model                          action               done by
work.job                       cancel_selected      cs
work.job                       resume_selected      cs
work.job                       undo_selected        cs
work.job                       delete_selected      -
about.archivedescription       delete_selected      ks
articles.article               publish_selected     cs
articles.article               withdraw_selected    cs
articles.article               assign_selected      ecs
articles.article               change_selected      cs
articles.article               delete_selected      -
meetings.meeting               confirm_selected     cs
meetings.meeting               reject_selected      cs
meetings.meeting               merge_selected       cs
meetings.meeting               delete_selected      -
collections.collection         delete_selected      -
captures.capture               delete_selected      -
authorities.merge              undo_selected        cs
authorities.merge              delete_selected      -
authorities.split              undo_selected        cs
authorities.split              delete_selected      -
authorities.authorityrecord    merge_selected       cs
authorities.authorityrecord    confirm_selected     cks
authorities.authorityrecord    delete_selected      -
authorities.authorityrecord    csv_selected         -
authorities.authorityrecord    skos_selected        -
curation.mistake               accept_selected      cs
curation.mistake               reject_selected      cs
curation.mistake               delete_selected      s
curation.curationevent         delete_selected      -
curation.unknownname           propose_selected     cs
curation.unknownname           join_selected        cs
curation.unknownname           dismiss_selected     cs
curation.unknownname           delete_selected      -
curation.cutline               stop_selected        cs
curation.cutline               delete_selected      -
intake.watchedfeed             look_now             cks
intake.watchedfeed             delete_selected      cks
intake.accession               undo_selected        cs
intake.accession               delete_selected      -
intake.pair                    newer_selected       cs
intake.pair                    same_selected        cs
intake.pair                    witness_selected     cs
intake.pair                    leave_selected       cs
intake.pair                    delete_selected      -
intake.accessionitem           draft_selected       cs
intake.accessionitem           discard_selected     cs
intake.accessionitem           delete_selected      -
webhooks.webhook               delete_selected      ks
webhooks.webhookdelivery       delete_selected      -
stories.fingerprint            join_selected        cs
stories.fingerprint            part_selected        cs
stories.fingerprint            delete_selected      -
stories.decision               take_back_selected   cs
stories.decision               delete_selected      -
auth.group                     delete_selected      s
auth.user                      delete_selected      s
alerts.follower                forget_selected      ks
alerts.follower                delete_selected      -
"""


@pytest.fixture(autouse=True)
def _what_there_may_be(db: None, settings: Any, tmp_path: Path) -> None:
    """Somebody to be told of a weakness, a captured address with a time, a dump of the dataset."""
    settings.SECURITY_CONTACTS = ["keeper@archive.example"]
    settings.DATASETS_DIR = tmp_path
    captures = Capture.objects.filter(articles__identifier=ARTICLE)
    captures.update(target_uri="https://example.org/", captured_at=timezone.now())
    now = timezone.now()
    dump = held.Dump(NAMED["dataset:dump"], now, {}, held.standing(now))
    dump.path.write_bytes(b"")
    held.keep(dump)


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()[1:]]


def asked_for(table: str = TABLE) -> dict[str, tuple[str, str]]:
    return {name: (get, post) for name, get, post in rows(table)}


def test_r43_every_address_of_the_site_stands_in_the_table_once() -> None:
    assert sorted(name for name, *_rest in rows(TABLE)) == sorted(address.name for address in addresses())


def test_r43_every_bulk_action_of_the_admin_stands_in_the_table_once() -> None:
    known = [
        (model._meta.label_lower, name)
        for model, desk in admin.site._registry.items()
        for _function, name, _description in desk._get_base_actions()
    ]
    assert sorted((model, name) for model, name, _who in rows(ACTIONS)) == sorted(known)


def test_r43_pages_are_shown_to_those_of_the_table(cast: dict[str, Client], keys: dict[str, Any]) -> None:
    wrong = []
    for address in addresses():
        for role in ROLES:
            with written() as statements:
                answer = read(cast[role].get(address.path(keys), QUERIES.get(address.name)))
            if is_answered(answer) != (role[0] in asked_for()[address.name][0]) or statements:
                wrong.append(f"GET {address.name} {role}: {answer.status_code} {statements}")
    assert not wrong, "\n".join(wrong)


def test_r43_what_is_sent_is_taken_from_those_of_the_table(
    cast: dict[str, Client], keys: dict[str, Any], own_index: object
) -> None:
    """Who is refused has written nothing; who is not has, wherever the form asks for a change."""
    wrong = []
    for address in addresses():
        form = filled(address, keys, cast["superuser"])
        for role in ROLES:
            may = role[0] in asked_for()[address.name][1]
            answer, wrote = sent(cast[role], role, address.path(keys), form)
            changed = wrote or bool(answer.cookies)
            if is_answered(answer) != may or (wrote and not may) or (may and address.name in DEEDS and not changed):
                wrong.append(f"POST {address.name} {role}: {answer.status_code}, wrote {wrote}")
    assert not wrong, "\n".join(wrong)


def is_answered(answer: HttpResponse) -> bool:
    """Whether somebody is neither refused nor led to a page for signing in."""
    ways_in = {reverse("admin:login"), reverse("sign-in")}
    led = answer.headers.get("Location", "").partition("?")[0]
    turned_back = led in ways_in or (led == reverse("admin:index") and "sessionid" not in answer.cookies)
    return answer.status_code < 400 and not turned_back


def filled(address: Address, keys: dict[str, Any], superuser: Client) -> dict[str, Any]:
    """What is sent to an address: what `DEEDS` says, put into the page's own form where it says so."""
    deed = dict(DEEDS.get(address.name, {}))
    if "…" not in deed:
        return deed
    superuser.force_login(User.objects.get(username="superuser"))
    page = lxml.html.fromstring(superuser.get(address.path(keys)).content.decode())
    form = next(form for form in page.forms if form.get("id", "").endswith("_form"))
    held = {name: value for name, value in form.form_values() if not name.startswith("_")}
    return held | {name: value for name, value in deed.items() if name != "…"}


def sent(client: Client, role: str, path: str, form: dict[str, Any]) -> tuple[HttpResponse, bool]:
    """The answer to a form, and whether it changed the database; what it changed is taken back."""
    with transaction.atomic():
        if role != "anonymous":
            client.force_login(User.objects.get(username=role))
        with written() as statements:
            answer = read(client.post(path, form, headers={"origin": "http://testserver"}))
        transaction.set_rollback(True)
    return answer, any(not statement.startswith("SAVEPOINT") for statement in statements)


@pytest.mark.parametrize(("model", "action", "who"), rows(ACTIONS), ids=lambda value: value)
def test_r43_a_bulk_action_is_done_for_those_of_the_table(
    cast: dict[str, Client], keys: dict[str, Any], own_index: object, model: str, action: str, who: str
) -> None:
    chosen, more = selection(model, action, keys)
    form = {"action": action, "_selected_action": chosen, **CONFIRMED, **more}
    path = reverse(f"admin:{model.replace('.', '_')}_changelist")
    done = {role: sent(cast[role], role, path, form)[1] for role in ROLES}
    assert done == {role: role[0] in who for role in ROLES}


def selection(model: str, action: str, keys: dict[str, Any]) -> tuple[list[int], dict[str, Any]]:
    """The rows that an action is tried on, and what it asks for besides."""
    key = keys[model.replace(".", "_")]
    if action == "publish_selected":
        withdraw(Article.objects.get(pk=key))
    if action == "change_selected":
        deed, how = bulk._deeds[bulk.WITHDRAW], {"note": "", "is_title_told": False}
        return [key], {"deed": deed.name, "seen": digest(deed, how, [key])}
    if (model, action) == ("work.job", "undo_selected"):
        Job.objects.filter(pk=key).update(kind=bulk.WITHDRAW)
    if action in {"resume_selected", "undo_selected"} and model == "work.job":
        cancel(Job.objects.get(pk=key))
    if model == "stories.fingerprint":
        return list(Article.objects.values_list("pk", flat=True)[:2]), {}
    if action == "join_selected":
        return [key], {"record": "khalaf-khalafov"}
    if action == "confirm_selected":
        AuthorityRecord.objects.filter(pk=key).update(is_proposed=True)
    if action == "merge_selected" and model == "meetings.meeting":
        return list(Meeting.objects.filter(reports__article__identifier=ARTICLE).values_list("pk", flat=True)), {}
    if action == "merge_selected":
        return [key, key + 1], {"kept": key}
    if action == "confirm_selected" and model == "meetings.meeting":
        reopen(Meeting.objects.get(pk=key))
    return [key], {}


def test_staff_who_may_view_see_no_actions_that_change(cast: dict[str, Client], keys: dict[str, Any]) -> None:
    page = cast["viewer"].get(reverse("admin:articles_article_changelist")).content.decode()
    assert "publish_selected" not in page and "withdraw_selected" not in page


def test_an_action_that_asks_no_permission_is_found_by_the_table() -> None:
    """Django offers an action without `allowed_permissions` to everybody who sees the list."""
    for desk in admin.site._registry.values():
        for function, name, _description in desk._get_base_actions():
            assert getattr(function, "allowed_permissions", ()), f"{desk}: {name}"


def test_who_may_view_an_article_alone_changes_no_access_point_through_its_form(
    cast: dict[str, Client], keys: dict[str, Any]
) -> None:
    """Each part of a form asks for its own permission."""
    viewer = User.objects.get(username="viewer")
    viewer.user_permissions.add(Permission.objects.get(codename="change_article"))
    path = reverse("admin:articles_article_change", args=[keys["articles_article"]])
    page = lxml.html.fromstring(cast["superuser"].get(path).content.decode())
    form = next(form for form in page.forms if form.get("id") == "article_form")
    held = {name: value for name, value in form.form_values() if not name.startswith("_")}
    states = {name: "rejected" for name in held if name.startswith("access_points-") and name.endswith("-state")}
    article = Article.objects.get(pk=keys["articles_article"])
    before = list(article.access_points.values_list("pk", "state"))
    assert states and before
    cast["viewer"].post(path, held | states)
    assert list(article.access_points.values_list("pk", "state")) == before
