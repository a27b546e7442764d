"""Users in the admin: Django's own pages, with the e-mail address in place of the user name; and its way in."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from apps.users.attempts import Attempt, address_of
from apps.users.models import User


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    ordering = ("email",)
    list_display = ("email", "first_name", "last_name", "is_staff", "is_active")
    search_fields = ("email", "first_name", "last_name")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "email_verified", "password")}),
        ("Personal", {"fields": ("first_name", "last_name")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),)


def login(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
    """The admin's own, behind the same limit on guessing as the API's."""
    if request.method == "POST":
        attempt = Attempt(request.POST.get("username", ""), address_of(request))
        if not attempt.is_allowed():
            page = render_to_string("users/too_many_attempts.html")
            return HttpResponse(page, status=429, headers={"Retry-After": str(settings.LOGIN_PERIOD)})
    return admin.site.login(request, extra_context)
