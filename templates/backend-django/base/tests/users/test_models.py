"""The user: an e-mail address in any case, kept in lower case."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.users.models import User

pytestmark = pytest.mark.django_db


def test_the_address_is_kept_in_lower_case() -> None:
    assert User.objects.create_user(" Ada@Example.COM ").email == "ada@example.com"


def test_the_same_address_in_another_case_is_taken(user: User) -> None:
    with pytest.raises(ValidationError, match="already exists"):
        User(email="ADA@example.com", password="x").full_clean()
    with pytest.raises(IntegrityError):
        User.objects.create_user("ADA@EXAMPLE.COM")


def test_the_database_itself_holds_the_rule(user: User) -> None:
    with pytest.raises(IntegrityError, match="lower_case"):
        User.objects.filter(pk=user.pk).update(email="ADA@example.com")


def test_without_an_address_there_is_no_user() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_a_user_without_a_password_cannot_sign_in() -> None:
    assert not User.objects.create_user("ada@example.com").has_usable_password()


def test_a_superuser_may_do_everything(staff: User) -> None:
    assert staff.is_staff
    assert staff.is_superuser


def test_looking_up_nobody() -> None:
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(None)
