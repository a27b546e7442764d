"""`migrate`, one process at a time: several containers may start at once, and migrations must not run twice."""

from time import monotonic, sleep
from typing import Any

import psycopg
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError

from apps.core.database import connect_directly
from apps.core.migration_state import differences

# Any number that nothing else in this database locks; the bytes spell "migrate".
LOCK = int.from_bytes(b"migrate")

# Seconds between two looks at the lock.
INTERVAL = 0.25

# As in sysexits.h: not the code is at fault, and another try may succeed. Other failures wait for a file to be saved.
TRY_AGAIN = 75

HOLDER = """
    SELECT coalesce(host(activity.client_addr), 'this machine'), activity.pid,
        date_trunc('second', clock_timestamp() - backend_start)
    FROM pg_locks JOIN pg_stat_activity activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND ((classid::bigint << 32) | objid::bigint) = %s
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Command(BaseCommand):
    help = "Apply migrations under a PostgreSQL advisory lock; a second process waits and then finds nothing to do."
    # As `migrate` itself: the checks that need tables cannot pass before there are any.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wait", type=float, default=120, help="Seconds to wait for another process (120).")

    def handle(self, *args: Any, **options: Any) -> None:
        # A connection apart from the one that migrates, since `migrate` may close its own. The lock lives in
        # this session: it is gone with it, should the process be killed.
        with self._connect() as guard:
            self._lock(guard, options["wait"])
            try:
                call_command("migrate", interactive=False, verbosity=options["verbosity"])
            except OperationalError as error:
                raise CommandError(f"PostgreSQL went away. {error}", returncode=TRY_AGAIN) from error
            except CommandError as error:
                raise CommandError("\n".join(map(str, [error, *differences()])), returncode=error.returncode) from error

    def _connect(self) -> psycopg.Connection[Any]:
        """Without the pool, which would answer a wrong password with "couldn't get a connection"."""
        try:
            return connect_directly(application_name="migrate")
        except psycopg.OperationalError as error:
            reason = str(error)
            if "password authentication failed" in reason:
                raise CommandError(
                    "PostgreSQL refuses POSTGRES_PASSWORD: the database volume keeps the password that it was "
                    "created with. Run `./docker-dev.sh db-password` to bring it in line with .env.",
                    returncode=TRY_AGAIN,
                ) from error
            raise CommandError(f"PostgreSQL cannot be reached. {reason}", returncode=TRY_AGAIN) from error

    def _lock(self, guard: psycopg.Connection[Any], patience: float) -> None:
        # Asked for again and again, not waited for: a statement that waits holds a snapshot, and a migration that
        # builds an index concurrently in the other process would wait for this one to end, for ever.
        give_up = monotonic() + patience
        told = False
        while not _first(guard, "SELECT pg_try_advisory_lock(%s)")[0]:
            if monotonic() > give_up:
                holder = _holder(guard)
                raise CommandError(
                    f"Gave up after {patience:g} s: {holder} still migrates this database.", returncode=TRY_AGAIN
                )
            if not told:
                self.stdout.write(f"Waiting: {_holder(guard)} migrates this database.")
                told = True
            sleep(INTERVAL)


def _holder(guard: psycopg.Connection[Any]) -> str:
    address, pid, age = _first(guard, HOLDER) or ("somebody", "?", "?")
    return f"a process on {address} (PostgreSQL's {pid}, connected for {age})"


def _first(guard: psycopg.Connection[Any], query: str) -> Any:
    return guard.execute(query, [LOCK]).fetchone()
