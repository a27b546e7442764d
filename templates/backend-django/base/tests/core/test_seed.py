"""Example data: made once, by whichever apps there are, and never in production."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.users.seed import PASSWORD, PEOPLE

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    own = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    return {model._meta.label: model._default_manager.count() for model in own}


def seed() -> str:
    out = StringIO()
    call_command("seed", stdout=out)
    return out.getvalue()


def test_a_second_run_changes_nothing(settings: Settings) -> None:
    settings.DEBUG = True
    assert PASSWORD in seed()
    first = rows()
    assert first["users.User"] == len(PEOPLE)
    seed()
    assert rows() == first


def test_whoever_it_makes_can_sign_in(api: APIClient, settings: Settings) -> None:
    settings.DEBUG = True
    seed()
    for email in PEOPLE:
        assert api.post("/api/v1/auth/login/", {"email": email, "password": PASSWORD}).status_code == 200


def test_production_is_left_alone(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DJANGO_DEBUG"):
        seed()
    assert rows()["users.User"] == 0
