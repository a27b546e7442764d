"""The log file: rotates, and several processes may share it."""

import logging
from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from apps.core.log_file import SharedRotatingFileHandler


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("test", logging.INFO, __file__, 1, text, None, None)


def test_a_file_that_another_process_rotated_is_left_for_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    handler = SharedRotatingFileHandler(str(path))
    handler.emit(record("before"))
    path.rename(tmp_path / "app.log.1")
    handler.emit(record("moved away"))
    path.unlink()
    path.write_text("by another process\n")
    handler.emit(record("after"))
    handler.close()
    assert (tmp_path / "app.log.1").read_text() == "before\n"
    assert path.read_text() == "by another process\nafter\n"


def test_it_rotates_at_its_size(tmp_path: Path) -> None:
    handler = SharedRotatingFileHandler(str(tmp_path / "app.log"), maxBytes=40, backupCount=1)
    for number in range(4):
        handler.emit(record(f"line {number} of twenty-ish bytes"))
    handler.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["app.log", "app.log.1"]


def test_no_file_before_the_first_line(tmp_path: Path) -> None:
    SharedRotatingFileHandler(str(tmp_path / "app.log")).close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("to_file", "name", "expected"), [(True, "backend.log", 0), (False, "none", 0), (False, "backend.log", 1)]
)
def test_a_folder_that_cannot_be_written_is_said(settings: Settings, to_file: bool, name: str, expected: int) -> None:
    settings.LOG_TO_FILE, settings.LOG_FILE = to_file, name
    assert [message.id for message in run_checks()].count("core.W001") == expected
