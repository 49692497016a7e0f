"""What the desks of the curators share in the admin: who acts, and lists that are a memory."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

ASKED_AGAIN = 2  # seconds after which a page that shows work under way asks again


def curator(request: HttpRequest) -> User | None:
    """Who acts, to be remembered with what was done."""
    return request.user if isinstance(request.user, User) else None


def asking_again(request: HttpRequest, response: HttpResponse, *, is_under_way: bool) -> HttpResponse:
    """Have the browser ask for a page again, without a script, while what it shows is under way."""
    if request.method == "GET" and response.status_code == HTTPStatus.OK and is_under_way:
        response.headers["Refresh"] = str(ASKED_AGAIN)
    return response


class MemoryAdmin(admin.ModelAdmin):
    """What nobody types in: to be read, at most decided on by an action, by who has the `permission`."""

    permission = ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.has_decide_permission(request) if self.permission else super().has_view_permission(request, obj)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_decide_permission(request) if self.permission else super().has_module_permission(request)
