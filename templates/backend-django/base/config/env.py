"""The environment, typed: each read names a variable and its type; all that is wrong is reported at once."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})

MIN_SECRET_LENGTH = 32
PLACEHOLDERS = ("django-insecure", "change", "secret", "password", "example")


class Env:
    """Reads variables and collects problems, so that one start shows every mistake instead of the first.

    A read that fails returns a harmless value of the right type; `verify` then stops the start.
    An empty variable counts as absent: Compose passes `${NAME:-}` as an empty string.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._problems: list[str] = []
        # What was read, by name: the one must not be part of the other.
        self._secrets: dict[str, str] = {}
        self._public: dict[str, str] = {}

    def text(self, name: str, default: str | None = None) -> str:
        value = self._variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            self._problems.append(f"{name} is missing")
            return ""
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name, "on" if default else "off").lower()
        if value not in TRUE | FALSE:
            self._problems.append(f"{name} must be 1 or 0, not {value!r}")
        return value in TRUE

    def integer(self, name: str, default: int, *, minimum: int = 0) -> int:
        value = self.text(name, str(default))
        try:
            number = int(value)
        except ValueError:
            self._problems.append(f"{name} must be a whole number, not {value!r}")
            return default
        if number < minimum:
            self._problems.append(f"{name} must be {minimum} or more, not {number}")
        return number

    def public(self, name: str, default: str) -> str:
        """Text that everybody may read, so the value of a secret in it stops the start."""
        value = self._public[name] = self.text(name, default)
        return value

    def others(self, prefix: str, *known: str) -> list[str]:
        """The names that begin like this, beside those that are known."""
        return sorted(name for name in self._variables if name.startswith(prefix) and name not in known)

    def items(self, name: str, default: Sequence[str] = ()) -> list[str]:
        value = self.text(name, ",".join(default))
        return [item.strip() for item in value.split(",") if item.strip()]

    def choice(self, name: str, choices: Sequence[str], default: str) -> str:
        value = self.text(name, default)
        for choice in choices:
            if choice.lower() == value.lower():
                return choice
        self._problems.append(f"{name} must be one of {', '.join(choices)}, not {value!r}")
        return default

    def secret(self, name: str, *, strict: bool, default: str | None = None) -> str:
        """Required, unless it has a default; `strict` (production) also refuses one that anybody could guess.

        It may lie in a file, as Docker's secrets do: NAME_FILE says where. The message never quotes the value: it
        ends up in a log.
        """
        value = self._secrets[name] = self._from_file(name, default)
        if not (strict and value):
            return value
        if len(value) < MIN_SECRET_LENGTH or value.lower().startswith(PLACEHOLDERS):
            self._problems.append(
                f"{name} is a placeholder or shorter than {MIN_SECRET_LENGTH} characters; "
                "production needs a random one, for example from `openssl rand -hex 32`"
            )
        return value

    def _from_file(self, name: str, default: str | None) -> str:
        path = self.text(f"{name}_FILE", default="")
        if not path:
            return self.text(name, default)
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            self._problems.append(f"{name}_FILE cannot be read: {error.strerror}")
            return ""

    def email(self, name: str) -> str | None:
        value = self.public(name, default="")
        if not value:
            return None
        try:
            validate_email(value)
        except ValidationError:
            self._problems.append(f"{name} must be an e-mail address, not {value!r}")
        return value

    def verify(self) -> None:
        # What is very short may be part of any word.
        found = {name: value for name, value in self._secrets.items() if len(value) >= 8}
        secrets = {name: re.compile(re.escape(value), re.IGNORECASE) for name, value in found.items()}
        for public, text in self._public.items():
            for name, secret in secrets.items():
                if secret.search(text):
                    self._problems.append(f"{public} is for everybody to read, and holds the value of {name}")
        if self._problems:
            problems = "\n".join(f"  - {problem}" for problem in self._problems)
            for secret in secrets.values():
                # Put where another value belongs, it would be quoted.
                problems = secret.sub("********", problems)
            raise ImproperlyConfigured(f"The environment is not complete (see .env.example):\n{problems}")


env = Env(os.environ)
