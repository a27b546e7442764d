"""Why a request failed where the database is behind the code. For development: production migrates before it serves."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import errors

# A table or a column that the code knows and the database does not.
BEHIND = (errors.UndefinedTable, errors.UndefinedColumn)


def explain(error: BaseException) -> str | None:
    """The migrations that wait, and the command. None where the error has to do with none."""
    if not isinstance(error.__cause__, BEHIND):
        return None
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return "The models have changes that no migration has: ./docker-dev.sh makemigrations"
    names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in plan)
    return f"The database is behind the code. Not applied yet: {names}. This does it: ./docker-dev.sh migrate"
