"""The user, the project's own from the first migration since it can hardly be changed later, and the sessions."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normalize(username or ""))


class User(AbstractUser):
    """Signs in with an e-mail address, in any case: it is kept in lower case."""

    username = None  # type: ignore[assignment]  # Django's documented way to drop an inherited field
    email = models.EmailField("e-mail address", unique=True)
    email_verified = models.BooleanField(
        "e-mail address verified",
        # Whoever is made by staff or a command is vouched for; who signs up himself is not.
        default=True,
        help_text="Whether mail to this address reaches the user. Without it he cannot sign in.",
    )

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta(AbstractUser.Meta):
        # A fixed order, or pages of a list could repeat and omit rows.
        ordering = ("id",)
        constraints = (
            # `save` sees to it; this holds for bulk updates and SQL by hand too.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="users_user_email_lower_case"),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = normalize(self.email)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        # Before uniqueness is checked, so that a form reports "taken" instead of failing in the database.
        self.email = normalize(self.email)


class Session(AbstractBaseSession):
    """A browser in which somebody is, or was, signed in."""

    # The key itself signs in, so nobody is shown it. Not unique: while a session gets a new key, there are two rows.
    public_id = models.UUIDField(db_index=True, null=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    created_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    user_agent = models.CharField(max_length=200, blank=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from apps.users.sessions import SessionStore  # noqa: PLC0415  which needs this module

        return SessionStore


def normalize(email: str) -> str:
    return email.strip().lower()
