"""Where the database and the checkout differ is told with the file and the command that helps."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from apps.core.migration_state import differences

pytestmark = [pytest.mark.services, pytest.mark.django_db]

# Of users, as far as this project has come.
LAST = MigrationLoader(None).graph.leaf_nodes("users")[0]


@pytest.fixture
def recorder() -> MigrationRecorder:
    return MigrationRecorder(connection)


def on_disk(monkeypatch: pytest.MonkeyPatch, *added: tuple[str, tuple[str, str]]) -> None:
    """Besides those that are there, migrations of users: a name, and what it follows."""
    load = MigrationLoader.load_disk

    def load_more(self: MigrationLoader) -> None:
        load(self)
        for name, dependency in added:
            migration = Migration(name, "users")
            monkeypatch.setattr(migration, "dependencies", [dependency])
            self.disk_migrations["users", name] = migration

    monkeypatch.setattr(MigrationLoader, "load_disk", load_more)


def test_nothing_is_told_where_they_agree() -> None:
    output = StringIO()
    call_command("migration_state", stdout=output)
    assert output.getvalue() == ""


def test_what_is_not_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk(monkeypatch, ("9001_one", LAST), ("9002_two", ("users", "9001_one")))
    output = StringIO()
    with pytest.raises(SystemExit):
        call_command("migration_state", stdout=output)
    assert output.getvalue() == (
        "Not applied to the database: backend/apps/users/migrations/9001_one.py, "
        "backend/apps/users/migrations/9002_two.py. Apply it: ./docker-dev.sh migrate\n"
    )


def test_what_a_package_brings_has_no_file_here(recorder: MigrationRecorder) -> None:
    recorder.record_unapplied("sessions", "0001_initial")
    assert str(differences()[0]).startswith("Not applied to the database: sessions.0001_initial.")


def test_two_branches(monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk(monkeypatch, ("9001_one", LAST), ("9001_other", LAST))
    told = (
        "Migrations of two branches follow the same one: backend/apps/users/migrations/9001_one.py, "
        "backend/apps/users/migrations/9001_other.py. Merge them: ./docker-dev.sh makemigrations --merge --noinput"
    )
    assert list(map(str, differences())) == [told]
    with pytest.raises(CommandError, match="Conflicting migrations") as caught:
        call_command("migrate_locked", verbosity=0)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("app", "files", "back"),
    [
        ("users", "backend/apps/users/migrations/9001_theirs.py", f"users {LAST[1]}"),
        ("gone", "gone.9001_theirs", "gone zero"),
    ],
)
def test_what_another_branch_has_applied(recorder: MigrationRecorder, app: str, files: str, back: str) -> None:
    recorder.record_applied(app, "9001_theirs")
    told = (
        f"Applied to the database, and not in this checkout: {files}. On the branch that has it, take it back: "
        f"./docker-dev.sh migrate {back}. Or begin anew, after a backup: ./docker-dev.sh reset"
    )
    assert list(map(str, differences())) == [told]


def test_what_a_squashed_migration_replaces_may_be_gone(
    monkeypatch: pytest.MonkeyPatch, recorder: MigrationRecorder
) -> None:
    recorder.record_applied("users", "9001_gone")
    load = MigrationLoader.load_disk

    def load_replacing(self: MigrationLoader) -> None:
        load(self)
        monkeypatch.setattr(self.disk_migrations[LAST], "replaces", [("users", "9001_gone")])

    monkeypatch.setattr(MigrationLoader, "load_disk", load_replacing)
    assert differences() == []
