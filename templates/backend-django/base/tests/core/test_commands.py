"""Migrations: complete, and applied by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from apps.core.management.commands.migrate_locked import LOCK


def test_no_model_is_without_its_migration(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@contextmanager
def session() -> Iterator[psycopg.Connection]:
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=settings["NAME"],
        autocommit=True,
    ) as another:
        yield another


@pytest.mark.django_db(transaction=True)
def test_a_second_process_waits_for_the_first() -> None:
    def migrate() -> None:
        call_command("migrate_locked", verbosity=0)
        connection.close()

    with session() as first:
        first.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        second = Thread(target=migrate)
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive()
        first.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        second.join(timeout=10)
        assert not second.is_alive()


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_free_again_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("a migration that fails")

    monkeypatch.setattr("apps.core.management.commands.migrate_locked.call_command", fail)
    with pytest.raises(RuntimeError, match="that fails"):
        call_command("migrate_locked", verbosity=0)
    with session() as another:
        assert another.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone() == (True,)
