"""The database beside what Django does: connections apart from its pool, and a deadline for all of a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

import psycopg
from django.db import connection, connections
from psycopg.abc import PQGen

# Seconds that a statement gets at least, be it that the deadline has passed: a server that is well answers in that.
GRACE = 1.0

_deadline: ContextVar[float | None] = ContextVar("database_deadline", default=None)


@contextmanager
def answers_within(seconds: float) -> Iterator[None]:
    """Statements in here fail once the time is over. Outside (commands, tasks) they take as long as they take."""
    token = _deadline.set(monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that knows the deadline of the request.

    No option of PostgreSQL or TCP can do this: a server that is frozen (its process, its disk) keeps the connection
    alive and never says a word, and the server's own `statement_timeout` is frozen with it.
    """

    def wait[T](self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        deadline = _deadline.get()
        if timeout is not None or deadline is None:
            return super().wait(gen, interval, timeout)
        started = monotonic()
        allowed = max(deadline - started, GRACE)
        try:
            return super().wait(gen, interval, allowed)
        except psycopg.OperationalError:
            if monotonic() - started >= allowed:
                # In the middle of a conversation: nobody can go on with it.
                self.pgconn.finish()
            raise


def connect_directly(**options: Any) -> psycopg.Connection[Any]:
    """A connection with Django's own parameters and none of its pool, in autocommit mode."""
    parameters = connections["default"].get_connection_params()
    return psycopg.connect(**{**parameters, "autocommit": True, **options})


def release_connection() -> None:
    """Before work that is slow and needs no database, such as hashing a password: others get the connection."""
    if not connection.in_atomic_block:
        connection.close()
