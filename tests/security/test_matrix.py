"""R43: who may ask for what, and who may change what: one table of every address, one of every bulk action."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.curation.actions import withdraw
from archive.work.models import Job
from archive.work.queue import cancel
from tests.security.conftest import PASSWORD, ROLES
from tests.security.site import ARTICLE, Address, addresses, read, written

pytestmark = pytest.mark.django_db

# Who is answered: a stranger (a), a reader with an account (r), staff who may only view (v), a curator (c), a
# superuser (s). Everybody else is refused or led to a page for signing in. A row without a name of Django's URL
# patterns is called by its route. What stands in no row is asked by nobody: the test fails. Who has one-time codes and
# showed none yet is asked in tests/security/test_codes.py; here nobody has any, and is led back from `admin:code`.
TABLE = """
address                                                       GET    POST
home                                                 arvcs  -
search                                               arvcs  -
search-facet                                         arvcs  -
search-concordance                                   arvcs  -
concordance-export                                   arvcs  -
search-timeline                                      arvcs  -
search-together                                      arvcs  -
together-export                                      arvcs  -
search-wording                                       arvcs  -
wording-export                                       arvcs  -
search-export                                        arvcs  -
search-picture                                       arvcs  -
explain                                              arvcs  -
explain-word                                         arvcs  -
suggest                                              arvcs  -
stories:witnesses                                    arvcs  -
curation:mistake                                     arvcs  arvcs
curation:thanks                                      arvcs  -
articles:detail                                      arvcs  -
articles:capture                                     arvcs  -
articles:original                                    arvcs  -
articles:picture                                     arvcs  -
articles:citation                                    arvcs  -
browse:officials                                     arvcs  -
browse:countries                                     arvcs  -
browse:bodies                                        arvcs  -
browse:sources                                       arvcs  -
browse:official                                      arvcs  -
browse:country                                       arvcs  -
browse:body                                          arvcs  -
browse:source                                        arvcs  -
browse:official-names                                arvcs  -
browse:country-names                                 arvcs  -
browse:body-names                                    arvcs  -
browse:pair                                          arvcs  -
browse:dates                                         arvcs  -
browse:date-year                                     arvcs  -
browse:date-month                                    arvcs  -
browse:date-day                                      arvcs  -
shelf                                                arvcs  -
shelf-cite                                           arvcs  -
shelf-export                                         arvcs  -
shelf-articles                                       -      arvcs
shelf-searches                                       -      arvcs
sign-in                                              arvcs  arvcs
sign-out                                             -      arvcs
feeds:rss                                            arvcs  -
feeds:atom                                           arvcs  -
healthz                                              arvcs  -
readyz                                               arvcs  -
robots                                               arvcs  -
favicon                                              arvcs  -
admin-status                                         vcs    vcs
admin:index                                          vcs    vcs
admin:login                                          ar     arvcs
admin:code                                           -      -
admin:codes                                          vcs    vcs
admin:codes_set_up                                   vcs    vcs
admin:logout                                         -      vcs
admin:password_change                                vcs    vcs
admin:password_change_done                           vcs    -
admin:autocomplete                                   vcs    -
admin:jsi18n                                         vcs    -
admin:view_on_site                                   vcs    vcs
admin:work_job_changelist                            cs     cs
admin:work_job_add                                   -      -
admin:work_job_history                               cs     cs
admin:work_job_delete                                -      -
admin:work_job_change                                cs     -
admin:work/job/<path:object_id>/                     vcs    vcs
admin:captures_capture_changelist                    vcs    vcs
admin:captures_capture_add                           -      -
admin:captures_capture_history                       vcs    vcs
admin:captures_capture_delete                        -      -
admin:captures_capture_change                        vcs    cs
admin:captures/capture/<path:object_id>/             vcs    vcs
admin:authorities_merge_changelist                   cs     cs
admin:authorities_merge_add                          -      -
admin:authorities_merge_history                      cs     cs
admin:authorities_merge_delete                       -      -
admin:authorities_merge_change                       cs     -
admin:authorities/merge/<path:object_id>/            vcs    vcs
admin:authorities_authorityrecord_changelist         vcs    vcs
admin:authorities_authorityrecord_add                cs     cs
admin:authorities_authorityrecord_history            vcs    vcs
admin:authorities_authorityrecord_delete             -      -
admin:authorities_authorityrecord_change             vcs    cs
admin:authorities/authorityrecord/<path:object_id>/  vcs    vcs
admin:articles_article_changelist                    vcs    vcs
admin:articles_article_add                           -      -
admin:articles_article_history                       vcs    vcs
admin:articles_article_delete                        -      -
admin:articles_article_change                        vcs    cs
admin:articles/article/<path:object_id>/             vcs    vcs
admin:curation_mistake_changelist                    vcs    vcs
admin:curation_mistake_add                           -      -
admin:curation_mistake_history                       vcs    vcs
admin:curation_mistake_delete                        s      s
admin:curation_mistake_change                        vcs    cs
admin:curation/mistake/<path:object_id>/             vcs    vcs
admin:curation_curationevent_changelist              vcs    vcs
admin:curation_curationevent_add                     -      -
admin:curation_curationevent_history                 vcs    vcs
admin:curation_curationevent_delete                  -      -
admin:curation_curationevent_change                  vcs    -
admin:curation/curationevent/<path:object_id>/       vcs    vcs
admin:intake_accession_outcome                               vcs    -
admin:intake_accession_changelist                            vcs    vcs
admin:intake_accession_add                                   cs     cs
admin:intake_accession_history                               vcs    vcs
admin:intake_accession_delete                                -      -
admin:intake_accession_change                                vcs    -
admin:intake/accession/<path:object_id>/                     vcs    vcs
admin:intake_watchedfeed_changelist                          vcs    vcs
admin:intake_watchedfeed_add                                 cs     cs
admin:intake_watchedfeed_history                             vcs    vcs
admin:intake_watchedfeed_delete                              cs     cs
admin:intake_watchedfeed_change                              vcs    cs
admin:intake/watchedfeed/<path:object_id>/                   vcs    vcs
admin:intake_accessionitem_changelist                        vcs    vcs
admin:intake_accessionitem_add                               -      -
admin:intake_accessionitem_history                           vcs    vcs
admin:intake_accessionitem_delete                            -      -
admin:intake_accessionitem_change                            vcs    -
admin:intake/accessionitem/<path:object_id>/                 vcs    vcs
admin:stories_fingerprint_changelist                 cs     cs
admin:stories_fingerprint_add                        -      -
admin:stories_fingerprint_history                    cs     cs
admin:stories_fingerprint_delete                     -      -
admin:stories_fingerprint_change                     cs     -
admin:stories/fingerprint/<path:object_id>/          vcs    vcs
admin:stories_decision_changelist                    cs     cs
admin:stories_decision_add                           -      -
admin:stories_decision_history                       cs     cs
admin:stories_decision_delete                        -      -
admin:stories_decision_change                        cs     -
admin:stories/decision/<path:object_id>/             vcs    vcs
admin:auth_group_changelist                          vs     vs
admin:auth_group_add                                 s      s
admin:auth_group_history                             vs     vs
admin:auth_group_delete                              s      s
admin:auth_group_change                              vs     s
admin:auth/group/<path:object_id>/                   vcs    vcs
admin:auth_user_password_change                      s      s
admin:auth_user_changelist                           vs     vs
admin:auth_user_add                                  s      s
admin:auth_user_history                              vs     vs
admin:auth_user_delete                               s      s
admin:auth_user_change                               vs     s
admin:auth/user/<path:object_id>/                    vcs    vcs
admin:app_list                                       vcs    vcs
admin:(?P<url>.*)$                                   -      -
"""
QUERIES = {
    "explain": {"q": "خلفوف", "article": ARTICLE},
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
    "shelf-searches": {"query": "q=قطر", "name": "Qatar"},
    "admin:logout": {},
    "admin:password_change": {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    "admin:intake_watchedfeed_add": {"address": "https://news.example/feed", "minutes": "60"},
    "admin:intake_watchedfeed_change": {"…": "", "source": "الشرق"},
    "admin:intake_watchedfeed_delete": CONFIRMED,
    "admin:intake_accession_add": {"title": "خبر", "text": "عقدت وزارتا الخارجية مشاورات سياسية."},
    "admin:captures_capture_change": {"…": "", "target_uri": "https://news.example/1"},
    "admin:authorities_authorityrecord_add": {"…": "", "kind": "body", "slug": "league-of-poets"},
    "admin:authorities_authorityrecord_change": {"…": "", "note": "on the Caspian Sea"},
    "admin:articles_article_change": {"…": "", "title": "Another title"},
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
work.job                       delete_selected      -
articles.article               publish_selected     cs
articles.article               withdraw_selected    cs
articles.article               delete_selected      -
captures.capture               delete_selected      -
authorities.merge              undo_selected        cs
authorities.merge              delete_selected      -
authorities.authorityrecord    merge_selected       cs
authorities.authorityrecord    delete_selected      -
curation.mistake               accept_selected      cs
curation.mistake               reject_selected      cs
curation.mistake               delete_selected      s
curation.curationevent         delete_selected      -
intake.watchedfeed             look_now             cs
intake.watchedfeed             delete_selected      cs
intake.accession               undo_selected        cs
intake.accession               delete_selected      -
intake.accessionitem           draft_selected       cs
intake.accessionitem           discard_selected     cs
intake.accessionitem           delete_selected      -
stories.fingerprint            join_selected        cs
stories.fingerprint            part_selected        cs
stories.fingerprint            delete_selected      -
stories.decision               take_back_selected   cs
stories.decision               delete_selected      -
auth.group                     delete_selected      s
auth.user                      delete_selected      s
"""


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()[1:]]


def asked_for(table: str = TABLE) -> dict[str, tuple[str, str]]:
    return {name: (get, post) for name, get, post in rows(table)}


def test_every_address_of_the_site_stands_in_the_table_once() -> None:
    assert sorted(name for name, *_rest in rows(TABLE)) == sorted(address.name for address in addresses())


def test_every_bulk_action_of_the_admin_stands_in_the_table_once() -> None:
    known = [
        (model._meta.label_lower, name)
        for model, desk in admin.site._registry.items()
        for _function, name, _description in desk._get_base_actions()
    ]
    assert sorted((model, name) for model, name, _who in rows(ACTIONS)) == sorted(known)


def test_pages_are_shown_to_those_of_the_table(cast: dict[str, Client], keys: dict[str, Any]) -> None:
    wrong = []
    for address in addresses():
        for role in ROLES:
            with written() as statements:
                answer = read(cast[role].get(address.path(keys), QUERIES.get(address.name)))
            if is_answered(answer) != (role[0] in asked_for()[address.name][0]) or statements:
                wrong.append(f"GET {address.name} {role}: {answer.status_code} {statements}")
    assert not wrong, "\n".join(wrong)


def test_what_is_sent_is_taken_from_those_of_the_table(
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
def test_a_bulk_action_is_done_for_those_of_the_table(
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
    if action == "resume_selected":
        cancel(Job.objects.get(pk=key))
    if action in {"join_selected", "part_selected"}:
        return list(Article.objects.values_list("pk", flat=True)[:2]), {}
    if action == "merge_selected":
        return [key, key + 1], {"kept": key}
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
