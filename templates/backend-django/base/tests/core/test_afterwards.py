"""Work after the answer: in threads of its own, under the request's id, and logged where it fails."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, get_ident

import pytest
from django.db import connection
from structlog.testing import capture_logs

from apps.core import afterwards, request_id


@pytest.fixture(autouse=True)
def threads(monkeypatch: pytest.MonkeyPatch) -> ThreadPoolExecutor:
    pool = ThreadPoolExecutor(1)
    monkeypatch.setattr(afterwards, "_threads", pool)
    return pool


def test_nobody_waits_for_it(threads: ThreadPoolExecutor) -> None:
    go, seen = Event(), []
    request_id.bind("the-request-at-hand")

    def work(*, number: int) -> None:
        go.wait(5)
        seen.append((number, get_ident(), request_id.current()))

    afterwards.afterwards(work, number=7)
    assert seen == []
    go.set()
    threads.shutdown()
    [(number, thread, bound)] = seen
    assert (number, bound) == (7, "the-request-at-hand")
    assert thread != get_ident()


def test_what_fails_is_logged_and_ends_nothing(threads: ThreadPoolExecutor) -> None:
    done: list[str] = []

    def fail() -> None:
        raise ValueError("the mail server is away")

    with capture_logs() as logs:
        afterwards.afterwards(fail)
        afterwards.afterwards(done.append, "next")
        threads.shutdown()
    assert [(each["event"], each["log_level"]) for each in logs] == [("failed afterwards", "error")]
    assert done == ["next"]


@pytest.mark.django_db(transaction=True)
def test_its_connection_goes_back(threads: ThreadPoolExecutor) -> None:
    used: list[bool] = []

    def ask() -> None:
        connection.ensure_connection()
        used.append(True)

    afterwards.afterwards(ask)
    threads.submit(lambda: used.append(connection.connection is not None))
    threads.shutdown()
    assert used == [True, False]
