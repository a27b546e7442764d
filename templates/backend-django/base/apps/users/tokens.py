"""The tokens in mails, by Django's own generator: signed, good for a while, and void once they have been used.

Each is bound to what using it changes (the password, the address being verified), so nothing needs to be stored.
"""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from apps.users.models import User


class LinkTokens(PasswordResetTokenGenerator):
    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.key_salt = f"apps.users.tokens.{purpose}"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.email_verified}"

    def issue(self, user: User) -> str:
        """One word for a link: whose it is, and the proof."""
        return f"{urlsafe_base64_encode(str(user.pk).encode())}.{self.make_token(user)}"

    def redeem(self, token: str) -> User | None:
        """Whose token this is. None if it is forged, too old, or used already."""
        key, _, proof = token.partition(".")
        try:
            user = User.objects.get(pk=force_str(urlsafe_base64_decode(key)), is_active=True)
        except (ValueError, OverflowError, User.DoesNotExist):
            return None
        return user if self.check_token(user, proof) else None


verification = LinkTokens("verification")
password_reset = LinkTokens("password_reset")
