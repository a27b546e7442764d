"""What is sent to sign up, in, and to get back in, checked; and the answers of these."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from rest_framework import serializers

from apps.users import tokens
from apps.users.models import Session, User
from apps.users.serializers import UserSerializer


def password_field() -> serializers.CharField:
    """A password is taken as it was typed: blanks at its ends belong to it."""
    return serializers.CharField(trim_whitespace=False, max_length=1024, write_only=True)


class LoginSerializer(serializers.Serializer[dict[str, Any]]):
    email = serializers.EmailField()
    password = password_field()


class EmailSerializer(serializers.Serializer[dict[str, Any]]):
    email = serializers.EmailField(max_length=254)


class SignUpSerializer(EmailSerializer):
    password = password_field()
    firstName = serializers.CharField(source="first_name", max_length=150, allow_blank=True, default="")
    lastName = serializers.CharField(source="last_name", max_length=150, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        names = {name: attrs[name] for name in ("email", "first_name", "last_name")}
        check_strength("password", attrs["password"], User(**names))
        return attrs


class VerifyEmailSerializer(serializers.Serializer[dict[str, Any]]):
    token = serializers.CharField(max_length=200)

    def validate_token(self, token: str) -> User:
        return owner_of(token, tokens.verification)


class PasswordResetSerializer(serializers.Serializer[dict[str, Any]]):
    token = serializers.CharField(max_length=200)
    newPassword = password_field()

    def validate_token(self, token: str) -> User:
        return owner_of(token, tokens.password_reset)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_strength("newPassword", attrs["newPassword"], attrs["token"])
        return attrs


class PasswordChangeSerializer(serializers.Serializer[dict[str, Any]]):
    currentPassword = password_field()
    newPassword = password_field()

    def validate_newPassword(self, password: str) -> str:  # noqa: N802  the field's name is in it
        check_strength(None, password, self.context["request"].user)
        return password


class CsrfSerializer(serializers.Serializer[dict[str, str]]):
    csrfToken = serializers.CharField()


class SignedInSerializer(serializers.Serializer[dict[str, Any]]):
    """Who is signed in, if anybody, and for how long."""

    user = UserSerializer(allow_null=True)
    expiresAt = serializers.DateTimeField(allow_null=True)


class SessionSerializer(serializers.ModelSerializer[Session]):
    id = serializers.UUIDField(source="public_id", read_only=True)
    current = serializers.SerializerMethodField()
    createdAt = serializers.DateTimeField(source="created_at", read_only=True)
    lastSeenAt = serializers.DateTimeField(source="last_seen_at", read_only=True)
    userAgent = serializers.CharField(source="user_agent", read_only=True)

    class Meta:
        model = Session
        fields = ("id", "current", "createdAt", "lastSeenAt", "address", "userAgent")
        read_only_fields = ("address",)

    def get_current(self, session: Session) -> bool:
        return bool(session.session_key == self.context["request"].session.session_key)


def owner_of(token: str, kind: tokens.LinkTokens) -> User:
    user = kind.redeem(token)
    if user is None:
        raise serializers.ValidationError("This link is no longer good: it was used already, or it is too old.")
    return user


def check_strength(field: str | None, password: str, user: User) -> None:
    """By the validators in config/settings/auth.py. What they say is about `field`, or the one being validated."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise serializers.ValidationError({field: error.messages} if field else error.messages) from error
