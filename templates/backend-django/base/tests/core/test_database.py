"""The pool replaces a connection that died with its server; and a request does not wait for one that is frozen."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread
from time import monotonic

import psycopg
import pytest
from django.db import connection, connections
from rest_framework.test import APIClient

from apps.core import database
from apps.core.database import BoundedConnection, answers_within
from apps.users.models import User

pytestmark = pytest.mark.services


@pytest.mark.django_db(transaction=True)
def test_the_first_request_after_the_server_dropped_its_connections_succeeds(api: APIClient, user: User) -> None:
    api.force_login(user)
    assert api.get("/api/v1/users/me/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        # As a restart does: every connection but this one, those of the pool among them.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )
        cursor.execute("SELECT pg_backend_pid()")
    pool = connection.pool  # type: ignore[attr-defined]
    with pool.connection() as raw:
        raw.execute("SELECT 1")
    connection.close()
    assert api.get("/api/v1/users/me/").status_code == 200


def test_the_pool_tries_a_connection_before_it_lends_it() -> None:
    assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True
    assert connection.settings_dict["CONN_MAX_AGE"] == 0


class Wire:
    """A wire to the database that can be cut: from then on nothing comes through, and nobody hangs up."""

    def __init__(self, door: socket.socket) -> None:
        self._door = door
        self.port: int = door.getsockname()[1]
        self._open = Event()
        self._open.set()
        self._carriers = [Thread(target=self._accept)]
        self._carriers[0].start()

    def cut(self) -> None:
        self._open.clear()

    def end(self) -> None:
        self._open.set()
        for carrier in self._carriers:
            carrier.join(5)

    def _accept(self) -> None:
        client, _ = self._door.accept()
        server = socket.create_connection((connection.settings_dict["HOST"], connection.settings_dict["PORT"]))
        for source, target in ((client, server), (server, client)):
            self._carriers.append(Thread(target=self._carry, args=(source, target)))
            self._carriers[-1].start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with source, suppress(OSError):
            while data := source.recv(65536):
                self._open.wait(20)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def wire() -> Iterator[Wire]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        wire = Wire(door)
        yield wire
        wire.end()


def through(wire: Wire) -> BoundedConnection:
    parameters = {**connections["default"].get_connection_params(), "host": "127.0.0.1", "port": wire.port}
    return BoundedConnection.connect(**parameters, autocommit=True)


@pytest.mark.django_db(transaction=True)
def test_a_request_does_not_wait_for_a_frozen_database(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "GRACE", 0.2)
    session = through(wire)
    with answers_within(0.5):
        session.execute("SELECT 1")
        wire.cut()
        started = monotonic()
        with pytest.raises(psycopg.OperationalError):
            session.execute("SELECT 1")
        assert monotonic() - started < 1
        # Broken off in the middle: nobody else gets it.
        assert session.closed
    session.close()


@pytest.mark.django_db(transaction=True)
def test_a_statement_after_the_deadline_still_gets_a_moment(wire: Wire) -> None:
    with through(wire) as session, answers_within(-1):
        assert session.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_time_leaves_the_connection_open(wire: Wire) -> None:
    with through(wire) as session, answers_within(5):
        with pytest.raises(psycopg.OperationalError):
            session.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '57P03'; END $$")
        assert not session.closed


@pytest.mark.django_db(transaction=True)
def test_outside_a_request_a_statement_takes_as_long_as_it_takes(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "GRACE", 0)
    with through(wire) as session:
        assert session.execute("SELECT pg_sleep(0.3)").rowcount == 1


def test_the_pool_hands_out_connections_that_know_the_deadline() -> None:
    assert connection.settings_dict["OPTIONS"]["pool"]["connection_class"] is BoundedConnection
