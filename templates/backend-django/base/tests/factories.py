"""Objects for tests: each is valid as it comes, and a test names only what it is about."""

import factory
from factory.django import DjangoModelFactory

from apps.users.models import User

PASSWORD = "a long enough passphrase"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"user{number}@example.com")
    password = factory.django.Password(PASSWORD)
