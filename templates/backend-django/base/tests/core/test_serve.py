"""serve: the migrations until they have succeeded once, and then the development server."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

COMMAND = "apps.core.management.commands.serve.call_command"


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []

    def note(name: str, *_: str, **options: Any) -> None:
        names.append(name)
        # Otherwise `call_command` would leave out the checks, which tell of mistakes in the code.
        assert name != "runserver" or options["skip_checks"] is False

    monkeypatch.setattr(COMMAND, note)
    return names


def test_migrates_first_and_no_more_once_that_has_succeeded(ran: list[str], tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.touch()
    call_command("serve", "--first", str(first), "8000")
    call_command("serve", "--first", str(first), "8000")
    assert ran == ["migrate_locked", "runserver", "runserver"]


def test_serves_nothing_and_tries_again_where_migrating_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise CommandError("Conflicting migrations", returncode=75)

    first = tmp_path / "first"
    first.touch()
    monkeypatch.setattr(COMMAND, fail)
    with pytest.raises(CommandError) as caught:
        call_command("serve", "--first", str(first), "8000")
    assert caught.value.returncode == 75
    assert first.exists()


def test_without_a_word_of_migrations_it_only_serves(ran: list[str]) -> None:
    call_command("serve", "8000")
    assert ran == ["runserver"]
