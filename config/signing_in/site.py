"""The admin: Django's own, which asks staff for a one-time code where they have one, and for every password in turn."""

from __future__ import annotations

from functools import update_wrapper
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.views import PasswordChangeView, redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from archive.pages.queues import queues
from config.signing_in import code_views, codes, typed


def waiting(site: AdminSite, request: HttpRequest) -> list[dict[str, Any]]:
    """The queues whose lists somebody may see, with how much waits in each."""
    desks = {model._meta.label_lower: desk for model, desk in site._registry.items()}
    return [
        {
            "name": one.name,
            "label": one.label,
            "count": one.held().count(),
            "address": f"{reverse(_list_of(one.model))}?{one.query}",
        }
        for one in queues()
        if desks[one.model].has_view_or_change_permission(request)
    ]


def _list_of(model: str) -> str:
    return f"admin:{model.replace('.', '_')}_changelist"


class OwnPasswordForm(AdminPasswordChangeForm):
    """The old password is checked where passwords are checked that somebody signs in with: as slowly, as often."""

    def __init__(self, *arguments: Any, request: HttpRequest, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.request = request

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.get_username(), password=old) is None:
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old


class OwnPassword(PasswordChangeView):
    form_class = OwnPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}


class DiwanAdminSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not codes.lacks_code(request.user)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page begins with what waits."""
        return super().index(request, {**(extra_context or {}), "queues": waiting(self, request)})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead whoever has shown a password and no code to the page for the code."""
        is_half_in = super().has_permission(request) and codes.lacks_code(request.user)
        if request.method != "GET" or not is_half_in:
            sent = request.POST.get(typed.FIELD, "")
            answer: HttpResponse = super().login(request, {**(extra_context or {}), typed.FIELD: sent})
            if sent and request.user.is_authenticated and (kept := typed.opened(sent)):
                request.session[typed.FIELD] = kept
            return answer
        onward = urlencode({"next": request.GET.get("next", "")})
        return HttpResponseRedirect(f"{reverse('admin:code')}?{onward}")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A page for staff. What is sent to it by somebody whose session ended is not lost."""
        guarded = super().admin_view(view, cacheable)

        def kept(request: HttpRequest, *arguments: Any, **named: Any) -> Any:
            if not self.has_permission(request):
                sent = typed.sealed(request) if request.method == "POST" and request.user.is_anonymous else ""
                return self._signed_out(request, sent) if sent else guarded(request, *arguments, **named)
            held = typed.waiting_for(request)
            if held and request.method == "GET":
                context = {**self.each_context(request), "title": _("Not saved yet"), "held": held}
                answer = TemplateResponse(request, "admin/typed.html", context)
                add_never_cache_headers(answer)
                return answer
            if held:
                del request.session[typed.FIELD]  # it is sent again, or left
                if "leave" in request.POST:
                    return HttpResponseRedirect(request.get_full_path())
            return guarded(request, *arguments, **named)

        return update_wrapper(kept, guarded)

    def _signed_out(self, request: HttpRequest, sent: str) -> HttpResponse:
        """The page for signing in, with what was sent in a field of it."""
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "subtitle": None,
            "app_path": reverse("admin:login"),
            "form": AdminAuthenticationForm(request),
            "next": request.get_full_path(),
            typed.FIELD: sent,
        }
        return TemplateResponse(request, "admin/login.html", context, status=HTTPStatus.FORBIDDEN)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {**self.each_context(request), **(extra_context or {})}
        view = OwnPassword.as_view(success_url=reverse("admin:password_change_done"), extra_context=context)
        request.current_app = self.name
        return view(request)

    def view_on_site(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
        """Django's short way to an object's page, for those who may view the object here."""
        try:
            model = ContentType.objects.get_for_id(int(content_type_id)).model_class()
        except (ValueError, ContentType.DoesNotExist):
            model = None
        desk = self._registry.get(model) if model else None
        if desk is None:
            raise Http404
        if not desk.has_view_permission(request, desk.get_object(request, object_id)):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def get_urls(self) -> list[Any]:
        own = [
            path("code/", self._half(code_views.ask), name="code"),
            path("codes/", self.admin_view(code_views.own), name="codes"),
            path("sign-ins/", self.admin_view(code_views.sign_ins), name="sign_ins"),
            path("codes/set-up/", self._half(code_views.set_up), name="codes_set_up"),
            path("r/<path:content_type_id>/<path:object_id>/", self.admin_view(self.view_on_site), name="view_on_site"),
        ]
        replaced = {entry.name for entry in own}
        return own + [entry for entry in super().get_urls() if getattr(entry, "name", None) not in replaced]

    def _half(self, view: Any) -> Any:
        """A page for staff who may have shown a password alone."""

        def guarded(request: HttpRequest) -> HttpResponse:
            if not super(DiwanAdminSite, self).has_permission(request):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            answer: HttpResponse = view(request)
            return answer

        return guarded
