"""What the first page is told in development, and nobody in production."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings
from rest_framework.test import APIClient

from tests.factories import UserFactory

URL = "/api/v1/development/"

pytestmark = pytest.mark.django_db


def test_in_production_there_is_none(api: APIClient) -> None:
    assert api.get(URL).status_code == 404


def test_it_tells_what_has_been_done(api: APIClient, settings: Settings, tmp_path: Path) -> None:
    settings.DEBUG, settings.BASE_DIR = True, tmp_path
    assert api.get(URL).json() == {"hasSuperuser": False, "hasRunTests": False, "migrations": []}
    UserFactory.create(is_superuser=True)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs/tests-passed").touch()
    response = api.get(URL)
    assert response.json() == {"hasSuperuser": True, "hasRunTests": True, "migrations": []}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.services
def test_it_tells_what_another_branch_has_applied(api: APIClient, settings: Settings) -> None:
    settings.DEBUG = True
    MigrationRecorder(connection).record_applied("users", "9001_theirs")
    assert api.get(URL).json()["migrations"] == [
        {
            "what": "Applied to the database, and not in this checkout: backend/apps/users/migrations/9001_theirs.py",
            "command": "./docker-dev.sh start",
        }
    ]
