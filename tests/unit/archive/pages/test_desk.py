"""What the desks of curators share: who acts is remembered, a memory is read and not typed, work asks again."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from archive.curation.models import CurationEvent
from archive.pages.desk import ASKED_AGAIN, MemoryAdmin, asking_again, curator


def request(user: object, method: str = "get") -> HttpRequest:
    made = getattr(RequestFactory(), method)("/")
    made.user = user
    return made


class Memory(MemoryAdmin):
    permission = "curation.decide_event"


def person(*granted: str) -> User:
    """Somebody with these permissions alone."""
    made = User(username="layla", is_staff=True)
    made.has_perm = lambda perm, obj=None: perm in granted  # type: ignore[method-assign]
    return made


def test_who_acts_is_an_account_and_nobody_else() -> None:
    layla = User(username="layla")
    assert curator(request(layla)) is layla
    assert curator(request(AnonymousUser())) is None


@pytest.mark.parametrize(
    ("method", "status", "is_under_way", "is_asked"),
    [
        ("get", 200, True, True),
        ("get", 200, False, False),
        ("post", 200, True, False),
        ("get", 403, True, False),
        ("get", 302, True, False),
    ],
)
def test_a_page_asks_again_while_its_work_is_under_way(
    method: str, status: int, is_under_way: bool, is_asked: bool
) -> None:
    answer = asking_again(request(User(), method), HttpResponse(status=status), is_under_way=is_under_way)
    assert answer.headers.get("Refresh") == (str(ASKED_AGAIN) if is_asked else None)


def test_nobody_types_a_memory_in_and_who_decides_sees_it() -> None:
    desk = Memory(CurationEvent, admin.site)
    decider, reader = request(person("curation.decide_event")), request(person("curation.view_curationevent"))
    for asked in (decider, reader):
        assert not desk.has_add_permission(asked)
        assert not desk.has_change_permission(asked) and not desk.has_delete_permission(asked)
    assert desk.has_view_permission(decider) and desk.has_module_permission(decider)
    assert not desk.has_view_permission(reader) and not desk.has_module_permission(reader)


def test_a_memory_without_a_permission_of_its_own_is_seen_by_who_may_view_it() -> None:
    desk = MemoryAdmin(CurationEvent, admin.site)
    assert desk.has_view_permission(request(person("curation.view_curationevent")))
    assert not desk.has_view_permission(request(person()))
