"""Example data: somebody with all rights, and somebody with none. Who is there already is left alone."""

from typing import Any

from apps.users.models import User

PASSWORD = "example-only"  # noqa: S105  it opens what a developer has on his own machine
PEOPLE: dict[str, dict[str, Any]] = {
    "ada@example.com": {"first_name": "Ada", "last_name": "Lovelace", "is_staff": True, "is_superuser": True},
    "grace@example.com": {"first_name": "Grace", "last_name": "Hopper"},
}


def seed() -> str:
    for email, fields in PEOPLE.items():
        if not User.objects.filter(email=email).exists():
            User.objects.create_user(email, PASSWORD, **fields)
    return f"{' (staff) and '.join(PEOPLE)}; who is new has the password {PASSWORD}"
