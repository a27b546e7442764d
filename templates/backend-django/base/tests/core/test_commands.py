"""Migrations: complete, and applied by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from threading import Thread
from time import monotonic

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from apps.core.database import connect_directly
from apps.core.management.commands.migrate_locked import HOLDER, LOCK, TRY_AGAIN

pytestmark = pytest.mark.services


def test_no_model_is_without_its_migration(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@contextmanager
def another_process(name: str = "another") -> Iterator[psycopg.Connection]:
    with connect_directly(application_name=name) as session:
        yield session


@contextmanager
def one_that_migrates() -> Iterator[psycopg.Connection]:
    with another_process() as first:
        first.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield first


def migrate(output: StringIO | None = None, wait: float = 10) -> None:
    try:
        call_command("migrate_locked", verbosity=0, wait=wait, stdout=output or StringIO())
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_second_process_waits_for_the_first_and_says_for_whom() -> None:
    output = StringIO()
    with one_that_migrates() as first:
        second = Thread(target=migrate, args=(output,))
        second.start()
        second.join(timeout=0.7)
        assert second.is_alive()
        assert f"PostgreSQL's {first.info.backend_pid}, connected for 0:00:0" in output.getvalue()
        assert output.getvalue().count("Waiting") == 1
        first.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        second.join(timeout=10)
        assert not second.is_alive()


@pytest.mark.django_db(transaction=True)
def test_an_index_can_be_built_concurrently_while_another_process_waits() -> None:
    with one_that_migrates() as first:
        second = Thread(target=migrate)
        second.start()
        # Waits for every snapshot that is older: one that waits for the lock must not hold any.
        first.execute("SET statement_timeout = '5s'")
        first.execute("CREATE INDEX CONCURRENTLY tests_waiting ON users_user (first_name)")
        first.execute("DROP INDEX tests_waiting")
        assert second.is_alive()
        first.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        second.join(timeout=10)


@pytest.mark.django_db(transaction=True)
def test_waiting_ends_in_time() -> None:
    started = monotonic()
    with one_that_migrates(), pytest.raises(CommandError, match=r"Gave up after 0\.5 s: a process on .* still"):
        migrate(wait=0.5)
    assert monotonic() - started < 3


@pytest.mark.django_db(transaction=True)
def test_whoever_holds_the_lock_may_be_gone_when_it_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.core.management.commands.migrate_locked.HOLDER", "SELECT 1 WHERE %s = 0")
    with one_that_migrates(), pytest.raises(CommandError, match="somebody"):
        migrate(wait=0)


def test_who_migrates_another_database_of_the_server_is_not_named(db: None) -> None:
    with connect_directly(dbname="postgres") as elsewhere, another_process() as here:
        elsewhere.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        assert here.execute(HOLDER, [LOCK]).fetchone() is None


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_free_again_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("a migration that fails")

    monkeypatch.setattr("apps.core.management.commands.migrate_locked.call_command", fail)
    with pytest.raises(RuntimeError, match="that fails"):
        call_command("migrate_locked", verbosity=0)
    with another_process() as session:
        assert session.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone() == (True,)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("PASSWORD", "of another project", "Run `./docker-dev.sh db-password`"),
        ("NAME", "not_there", 'database "not_there" does not exist'),
        ("HOST", "closed", "PostgreSQL cannot be reached"),
    ],
)
def test_what_is_wrong_with_the_connection_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch, closed_port: tuple[str, int], key: str, value: str, message: str
) -> None:
    database = settings.DATABASES["default"]
    if value == "closed":
        value = closed_port[0]
        monkeypatch.setitem(database, "PORT", closed_port[1])
    monkeypatch.setitem(database, key, value)
    started = monotonic()
    with pytest.raises(CommandError, match=message) as caught:
        call_command("migrate_locked", verbosity=0)
    assert monotonic() - started < 3
    # develop.py does not wait for a file to be saved, as it does where a migration fails.
    assert caught.value.returncode == TRY_AGAIN


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_meanwhile_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(*args: object, **options: object) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("apps.core.management.commands.migrate_locked.call_command", lose)
    with pytest.raises(CommandError, match="PostgreSQL went away") as caught:
        call_command("migrate_locked", verbosity=0)
    assert caught.value.returncode == TRY_AGAIN
