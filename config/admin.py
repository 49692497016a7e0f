"""People in the admin; and what packages show there and we do not: the keys of everybody's one-time codes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.curation.roles import MAY, role_in_words
from archive.pages.desk import DatedLists, KnownKeys
from archive.pages.shown import in_a_row, moment
from config.models import StaffSignIn
from config.signing_in import codes

admin.site.unregister([StaticDevice, TOTPDevice, User, Group])
SHOWN = 20  # sign-ins


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles, and what each may do."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **{"form_class": KnownKeys, **named})


@admin.register(User)
class PersonAdmin(DatedLists, UserAdmin):
    """Readers and staff. Who is no superuser gives roles alone, and changes no superuser."""

    list_display = ["username", "first_name", "last_name", "roles", "is_staff", "is_active", "last_login"]
    readonly_fields = ["last_login", "date_joined", "has_codes", "sign_ins"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Role"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("Signing in"), {"fields": ["last_login", "date_joined", "has_codes", "sign_ins"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        given = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return given
        return [*given, (_("Beside the roles"), {"fields": ["is_superuser", "user_permissions"]})]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        if db_field.name == "groups" and not request.user.is_superuser:
            named["queryset"] = Group.objects.filter(name__in=MAY)
        field: Any = super().formfield_for_manytomany(db_field, request, **{"form_class": KnownKeys, **named})
        if db_field.name == "groups" and field is not None:
            field.label_from_instance = lambda group: role_in_words(group.name)
        return field

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or request.user.is_superuser)

    @admin.display(description=_("role"))
    def roles(self, person: User) -> str:
        return in_a_row(role_in_words(group.name) for group in person.groups.all())

    @admin.display(description=_("one-time codes"), boolean=True)
    def has_codes(self, person: User) -> bool:
        return codes.has_codes(person)

    @admin.display(description=_("sign-ins"))
    def sign_ins(self, person: User) -> SafeString:
        rows = ((moment(one.at), one.address, one.browser) for one in StaffSignIn.objects.filter(user=person)[:SHOWN])
        return format_html_join("", "<p>{} · <bdi>{}</bdi> · <bdi>{}</bdi></p>", rows)
