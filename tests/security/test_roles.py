"""Editors describe drafts, curators decide, administrators keep people, sources and settings; readers their account."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article, Status
from archive.authorities.models import AuthorityRecord
from archive.curation.roles import ADMINISTRATORS, CURATORS, EDITORS, MAY, role
from config.models import StaffSignIn
from search.shelf.models import Shelf
from tests.integration.test_revising import posted
from tests.security.conftest import PASSWORD

pytestmark = pytest.mark.django_db
CHANGE = "admin:articles_article_change"


def allowed(group: Group) -> set[str]:
    rows = group.permissions.values_list("content_type__app_label", "content_type__model", "codename")
    return {f"{app}.{name}" for app, _model, name in rows}


def test_the_migration_makes_the_groups_of_the_table() -> None:
    for name in (EDITORS, CURATORS, ADMINISTRATORS):
        wanted = {
            f"{app}.{verb}_{model}"
            for app, models in MAY[name].items()
            for model, verbs in models.items()
            for verb in verbs
        }
        assert allowed(Group.objects.get(name=name)) == wanted


def test_nobody_but_curators_may_publish_and_nobody_may_delete_an_article() -> None:
    holders = {name for name in MAY if "articles.publish_article" in allowed(role(name))}
    assert holders == {CURATORS}
    assert not any("articles.delete_article" in allowed(role(name)) for name in MAY)


def test_administrators_alone_may_erase() -> None:
    assert {name for name in MAY if "articles.erase_article" in allowed(role(name))} == {ADMINISTRATORS}


def test_who_was_given_the_right_to_delete_articles_before_may_erase_them() -> None:
    clerk, clerks = User.objects.create_user("clerk"), Group.objects.create(name="Clerks")
    delete = Permission.objects.get(codename="delete_article")
    clerk.user_permissions.add(delete)
    clerks.permissions.add(delete)
    import_module("archive.curation.migrations.0007_administrators_erase").give(apps, None)
    assert clerk.has_perm("articles.erase_article") and "articles.erase_article" in allowed(clerks)


def draft(five: dict[str, Article]) -> Article:
    Article.objects.filter(pk=five["001"].pk).update(status=Status.DRAFT)
    return Article.objects.get(pk=five["001"].pk)


def test_an_editor_describes_a_draft_and_does_not_publish_it(five: dict[str, Article], cast: dict[str, Client]) -> None:
    article = draft(five)
    path = reverse(CHANGE, args=[article.pk])
    page = cast["editor"].get(path).content.decode()
    assert 'name="_publish"' not in page and 'name="publish_on' not in page
    form = posted(cast["editor"], path) | {"title": "عنوان المحررة", "_publish": "1"}
    assert cast["editor"].post(path, form).status_code == 302
    held = Article.objects.get(pk=article.pk)
    assert (held.title, held.status) == ("عنوان المحررة", Status.DRAFT)
    review = reverse("admin:articles_article_review", args=[article.pk])
    assert 'value="publish"' not in cast["editor"].get(review).content.decode()
    told = {"do": "publish", "language": held.language, "title": held.title, "kicker": held.kicker, "dated_on": ""}
    cast["editor"].post(review, told)
    assert Article.objects.get(pk=article.pk).status == Status.DRAFT


def test_an_editor_changes_nothing_that_is_public(five: dict[str, Article], cast: dict[str, Client]) -> None:
    path = reverse(CHANGE, args=[five["000"].pk])
    assert cast["editor"].post(path, {"title": "عنوان"}).status_code == 403


def test_an_administrator_keeps_sources_and_no_officials(five: dict[str, Article], cast: dict[str, Client]) -> None:
    source = AuthorityRecord.objects.filter(kind="source").earliest("pk")
    official = AuthorityRecord.objects.get(slug="khalaf-khalafov")
    change = "admin:authorities_authorityrecord_change"
    path = reverse(change, args=[source.pk])
    form = posted(cast["keeper"], path) | {"rights_bulk": "excerpt"}
    assert cast["keeper"].post(path, form).status_code == 302
    assert AuthorityRecord.objects.get(pk=source.pk).rights_bulk == "excerpt"
    assert cast["keeper"].post(reverse(change, args=[official.pk]), {"note": "!"}).status_code == 403
    assert 'name="rights_bulk"' not in cast["curator"].get(path).content.decode()


def test_an_administrator_makes_an_account_and_gives_it_a_role(cast: dict[str, Client]) -> None:
    told = {"username": "maryam", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert cast["keeper"].post(reverse("admin:auth_user_add"), told).status_code == 302
    maryam = User.objects.get(username="maryam")
    path = reverse("admin:auth_user_change", args=[maryam.pk])
    form = {"username": "maryam", "is_active": "on", "is_staff": "on", "groups": [role(EDITORS).pk]}
    assert cast["keeper"].post(path, form | {"is_superuser": "on"}).status_code == 302
    maryam.refresh_from_db()
    assert list(maryam.groups.all()) == [role(EDITORS)] and maryam.is_staff and not maryam.is_superuser


@pytest.mark.parametrize("page", ["admin:auth_user_change", "admin:auth_user_password_change"])
def test_an_administrator_changes_no_superuser(cast: dict[str, Client], page: str) -> None:
    superuser = User.objects.get(username="superuser")
    form = {"username": "nobody", "password1": "a" * 20, "password2": "a" * 20, "usable_password": "true"}
    assert cast["keeper"].post(reverse(page, args=[superuser.pk]), form).status_code == 403
    superuser.refresh_from_db()
    assert superuser.username == "superuser" and superuser.check_password(PASSWORD)


def test_a_group_that_is_no_role_is_not_an_administrators_to_give(cast: dict[str, Client]) -> None:
    everything = Group.objects.create(name="Everything")
    person = User.objects.create_user("somebody")
    path = reverse("admin:auth_user_change", args=[person.pk])
    assert cast["keeper"].post(path, {"username": "somebody", "groups": [everything.pk]}).status_code == 200
    assert not person.groups.exists()


def test_the_first_account_has_the_roles_of_a_whole_archive(capsys: Any) -> None:
    from config.management.commands.prepare import Command

    Command()._create_curator()
    first = User.objects.get(username="curator")
    assert {group.name for group in first.groups.all()} == {CURATORS, ADMINISTRATORS}
    for needed in (
        "articles.publish_article",
        "articles.erase_article",
        "auth.add_user",
        "about.add_archivedescription",
        "intake.add_accession",
    ):
        assert first.has_perm(needed), needed


def test_staff_see_when_and_from_where_they_signed_in(five: dict[str, Article], cast: dict[str, Client]) -> None:
    client = Client(headers={"accept-language": "en", "user-agent": "Firefox of Layla"})
    client.post(reverse("admin:login"), {"username": "curator", "password": PASSWORD, "next": "/"})
    assert "Firefox of Layla" in client.get(reverse("admin:sign_ins")).content.decode()
    assert "Firefox of Layla" not in cast["editor"].get(reverse("admin:sign_ins")).content.decode()
    path = reverse("admin:auth_user_change", args=[User.objects.get(username="curator").pk])
    assert "Firefox of Layla" in cast["keeper"].get(path).content.decode()


def test_of_readers_nothing_is_kept_of_who_was_here_when(cast: dict[str, Client]) -> None:
    Client().post(reverse("sign-in"), {"username": "reader", "password": PASSWORD})
    assert not StaffSignIn.objects.filter(user__username="reader").exists()


def test_a_reader_deletes_the_account_with_its_shelf(cast: dict[str, Client]) -> None:
    reader = User.objects.get(username="reader")
    Shelf.objects.create(reader=reader, contents={"kept": []})
    wrong = cast["reader"].post(reverse("account"), {"do": "delete", "password": "guessed"})
    assert "not the password" in wrong.content.decode() and User.objects.filter(pk=reader.pk).exists()
    answer = cast["reader"].post(reverse("account"), {"do": "delete", "password": PASSWORD})
    assert answer.status_code == 303 and not User.objects.filter(pk=reader.pk).exists()
    assert not Shelf.objects.exists()
    assert cast["reader"].get(reverse("account")).status_code == 302


def test_a_reader_changes_the_password_and_stays_signed_in(cast: dict[str, Client]) -> None:
    new = "another long enough secret"
    told = {"do": "password", "password": PASSWORD, "new_password1": new, "new_password2": new}
    assert cast["reader"].post(reverse("account"), told | {"password": "guessed"}).status_code == 200
    assert cast["reader"].post(reverse("account"), told | {"new_password1": "short"}).status_code == 200
    assert User.objects.get(username="reader").check_password(PASSWORD)
    assert cast["reader"].post(reverse("account"), told).status_code == 303
    assert User.objects.get(username="reader").check_password(new)
    assert cast["reader"].get(reverse("account")).status_code == 200


def test_staff_change_theirs_behind_their_codes(cast: dict[str, Client]) -> None:
    answer = cast["curator"].get(reverse("account"))
    assert answer.headers["Location"] == reverse("admin:password_change")


def test_the_roles_travel_with_the_archive_into_one_that_has_them_already(tmp_path: Any) -> None:
    from archive.exchange.importing import _held

    call_command("migrate", verbosity=0)
    User.objects.all().delete()
    assert "Group" not in _held()
