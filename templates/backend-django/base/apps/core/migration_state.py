"""Where the database and the migrations of this checkout differ, with the files and the command that helps.

Django ignores what the database has and the checkout has not, and tells of conflicts only when it migrates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import errors

type Migration = tuple[str, str]

# A table or a column that the code knows and the database does not.
BEHIND = (errors.UndefinedTable, errors.UndefinedColumn)


@dataclass(frozen=True, slots=True)
class Difference:
    what: str
    advice: str
    # The one command that helps, or says what does.
    command: str

    def __str__(self) -> str:
        return f"{self.what}. {self.advice}"


def explain(error: BaseException) -> str | None:
    """Why a request failed where the database is behind the code; None for any other error. For development:
    production migrates before it serves."""
    if not isinstance(error.__cause__, BEHIND):
        return None
    return (
        " ".join(map(str, differences()))
        or "The models have changes that no migration has: ./docker-dev.sh makemigrations"
    )


def differences() -> list[Difference]:
    loader = MigrationLoader(connection)
    if conflicts := loader.detect_conflicts():
        # Nothing can be applied before, so nothing else is told.
        return [_conflict((app, name) for name in names) for app, names in sorted(conflicts.items())]
    applied = set(loader.applied_migrations)
    missing = sorted(set(loader.graph.nodes) - applied)
    # What a squashed migration replaces may have gone from the disk.
    known = set(loader.disk_migrations).union(*(migration.replaces for migration in loader.disk_migrations.values()))
    told = [_missing(missing)] if missing else []
    for app in sorted({app for app, _ in applied - known}):
        foreign = sorted(migration for migration in applied - known if migration[0] == app)
        told.append(_foreign(foreign, [name for _, name in loader.graph.leaf_nodes(app)]))
    return told


def _missing(migrations: Iterable[Migration]) -> Difference:
    command = "./docker-dev.sh migrate"
    return Difference(f"Not applied to the database: {_files(migrations)}", f"Apply it: {command}", command)


def _conflict(migrations: Iterable[Migration]) -> Difference:
    command = "./docker-dev.sh makemigrations --merge --noinput"
    what = f"Migrations of two branches follow the same one: {_files(sorted(migrations))}"
    return Difference(what, f"Merge them: {command}", command)


def _foreign(migrations: list[Migration], last: list[str]) -> Difference:
    back = f"./docker-dev.sh migrate {migrations[0][0]} {last[0] if last else 'zero'}"
    return Difference(
        f"Applied to the database, and not in this checkout: {_files(migrations)}",
        f"On the branch that has it, take it back: {back}. Or begin anew, after a backup: ./docker-dev.sh reset",
        # Which names the branch, and the snapshots of before.
        "./docker-dev.sh start",
    )


def _files(migrations: Iterable[Migration]) -> str:
    return ", ".join(map(_file, migrations))


def _file(migration: Migration) -> str:
    """As it lies, or would lie, in the repository; of a package's application its name."""
    app, name = migration
    if app in apps.app_configs:
        folder = Path(apps.get_app_config(app).path)
        if folder.is_relative_to(settings.BASE_DIR / "apps"):
            return f"backend/{folder.relative_to(settings.BASE_DIR)}/migrations/{name}.py"
    return f"{app}.{name}"
