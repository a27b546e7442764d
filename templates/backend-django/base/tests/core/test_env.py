"""The typed reader of the environment: all mistakes at once, and no guessable secret in production."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import Env

GOOD = "0123456789abcdef" * 3

type Read = Callable[[Env], object]


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (lambda env: env.text("X"), " text ", "text"),
        (lambda env: env.text("X", default="other"), "", "other"),
        (lambda env: env.flag("X", default=False), "TRUE", True),
        (lambda env: env.flag("X", default=True), "off", False),
        (lambda env: env.flag("X", default=True), "", True),
        (lambda env: env.integer("X", 1), "42", 42),
        (lambda env: env.integer("X", 7), "", 7),
        (lambda env: env.items("X"), "a, b,,c", ["a", "b", "c"]),
        (lambda env: env.items("X", default=["d"]), "", ["d"]),
        (lambda env: env.choice("X", ("json", "console"), "json"), "CONSOLE", "console"),
        (lambda env: env.email("X"), "ada@example.com", "ada@example.com"),
        (lambda env: env.email("X"), "", None),
        (lambda env: env.secret("X", strict=True), GOOD, GOOD),
        (lambda env: env.secret("X", strict=False), "short", "short"),
    ],
)
def test_a_value_is_read(read: Read, value: str, expected: object) -> None:
    env = Env({"X": value})
    assert read(env) == expected
    env.verify()


@pytest.mark.parametrize(
    ("read", "value", "message"),
    [
        (lambda env: env.text("X"), "", "X is missing"),
        (lambda env: env.flag("X", default=False), "maybe", "X must be 1 or 0, not 'maybe'"),
        (lambda env: env.integer("X", 1), "many", "X must be a whole number, not 'many'"),
        (lambda env: env.integer("X", 1, minimum=1), "0", "X must be 1 or more, not 0"),
        (lambda env: env.choice("X", ("json", "console"), "json"), "xml", "X must be one of json, console, not 'xml'"),
        (lambda env: env.email("X"), "nobody", "X must be an e-mail address, not 'nobody'"),
        (lambda env: env.secret("X", strict=False), "", "X is missing"),
        (lambda env: env.secret("X", strict=True), "", "X is missing"),
        (lambda env: env.secret("X", strict=True), "short", "X is a placeholder or shorter"),
        (lambda env: env.secret("X", strict=True), "django-insecure-" + GOOD, "X is a placeholder or shorter"),
        (lambda env: env.secret("X", strict=True), "CHANGEME-" + GOOD, "X is a placeholder or shorter"),
    ],
)
def test_a_mistake_is_named(read: Read, value: str, message: str) -> None:
    env = Env({"X": value})
    read(env)
    with pytest.raises(ImproperlyConfigured) as raised:
        env.verify()
    assert message in str(raised.value)


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{GOOD}\n")
    env = Env({"X": "", "X_FILE": str(tmp_path / "secret")})
    assert env.secret("X", strict=True) == GOOD
    env.verify()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    env = Env({"X_FILE": str(tmp_path / "nothing")})
    assert env.secret("X", strict=True) == ""
    with pytest.raises(ImproperlyConfigured, match="X_FILE cannot be read: No such file"):
        env.verify()


def test_all_mistakes_are_named_at_once_and_no_secret_is_quoted() -> None:
    env = Env({"SECRET": "hunter2", "NUMBER": "x"})
    env.secret("SECRET", strict=True)
    env.integer("NUMBER", 1)
    env.text("MISSING")
    with pytest.raises(ImproperlyConfigured) as raised:
        env.verify()
    assert all(name in str(raised.value) for name in ("SECRET", "NUMBER", "MISSING"))
    assert "hunter2" not in str(raised.value)
