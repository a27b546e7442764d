"""What several tests share: clients, users, and servers that misbehave."""

import socket
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing

import pytest
import structlog
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations
from rest_framework.test import APIClient

from apps.core import afterwards
from apps.users.models import User
from tests.factories import PASSWORD

__all__ = ["PASSWORD"]


class AtOnce(Executor):
    """Runs what is given to it, where the test's own transaction is: a thread would not see into that."""

    def submit[**P, T](self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="SQLite and local memory: what needs no service, in seconds.")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two processes for the run of all tests, which mostly waits; none more for a part of them, since each makes a
    database of its own first."""
    is_part = config.args_source is not pytest.Config.ArgsSource.TESTPATHS or config.option.keyword
    return 0 if config.getoption("--fast") or is_part else 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--fast"):
        return
    for item in items:
        for name, reason in (("services", "needs PostgreSQL or Redis"), ("slow", "takes seconds of its own")):
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"--fast: {reason}"))


@pytest.fixture(scope="session", autouse=True)
def quick_flush() -> Iterator[None]:
    """What a test has committed is deleted after it. Django truncates: that makes new files for each table and index,
    and waits for the disk."""

    def delete(self: DatabaseOperations, style: object, tables: Iterable[str], **_: object) -> list[str]:
        return [f"DELETE FROM {self.quote_name(table)};" for table in tables]  # noqa: S608  our own tables

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", delete)
        yield


@pytest.fixture(autouse=True)
def fresh_state() -> Iterator[None]:
    """No count of login attempts and no request id is left over from the test before."""
    cache.clear()
    structlog.contextvars.clear_contextvars()
    yield
    structlog.contextvars.clear_contextvars()


@pytest.fixture(autouse=True)
def no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens after the answer has happened when a test looks."""
    monkeypatch.setattr(afterwards, "_threads", AtOnce())
    monkeypatch.setattr(afterwards, "PAUSE", 0)


@pytest.fixture
def api() -> APIClient:
    return APIClient()


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("ada@example.com", PASSWORD, first_name="Ada", last_name="Lovelace")


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("grace@example.com", PASSWORD)


@pytest.fixture
def frozen_server() -> Iterator[tuple[str, int]]:
    """A server that accepts and never says a word, like one whose process is stopped."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()


@pytest.fixture
def closed_port() -> tuple[str, int]:
    """An address where nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        address: tuple[str, int] = server.getsockname()
    return address
