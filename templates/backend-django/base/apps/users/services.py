"""What changes accounts.

Those that are told an address are meant to run after the answer: it can then not tell, by its time, who is known.
"""

from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from apps.core.database import release_connection
from apps.users import mails
from apps.users.mails import Asker
from apps.users.models import Session, User, normalize


def sign_up(asker: Asker, email: str, password: str, first_name: str, last_name: str) -> None:
    """A new account, good once its address is confirmed. Whoever has one already is told so by mail."""
    fields = {"password": make_password(password), "first_name": first_name, "last_name": last_name}
    user, created = User.objects.get_or_create(email=normalize(email), defaults={**fields, "email_verified": False})
    if not user.is_active:
        return
    if user.email_verified:
        mails.known_already(user, asker)
        return
    if not created:
        # Nobody confirmed the earlier one. It may be a stranger's, whose password must not become good: it is
        # replaced, and what was mailed for it is void with it.
        User.objects.filter(pk=user.pk, email_verified=False).update(**fields)
        user.refresh_from_db()
    mails.verify_email(user, asker)


def resend_verification(asker: Asker, email: str) -> None:
    for user in User.objects.filter(email=normalize(email), is_active=True, email_verified=False):
        mails.verify_email(user, asker)


def request_password_reset(asker: Asker, email: str) -> None:
    for user in User.objects.filter(email=normalize(email), is_active=True):
        # An account without a password signs in another way, and must not get one by this.
        if user.has_usable_password():
            mails.reset_password(user, asker)


def verify_email(user: User) -> None:
    user.email_verified = True
    user.save(update_fields=["email_verified"])


def reset_password(user: User, password: str) -> None:
    """Signed in is nobody afterwards: whoever had the old password is out."""
    _set_password(user, password)
    # The link came by mail.
    verify_email(user)
    user.sessions.all().delete()


def change_password(request: HttpRequest, user: User, password: str) -> None:
    _set_password(user, password)
    update_session_auth_hash(request, user)
    end_other_sessions(request, user)


def end_session(user: User, public_id: UUID) -> bool:
    """False if he has none such."""
    ended, _ = user.sessions.filter(public_id=public_id).delete()
    return ended > 0


def end_other_sessions(request: HttpRequest, user: User) -> None:
    Session.objects.filter(user=user).exclude(session_key=request.session.session_key).delete()


def _set_password(user: User, password: str) -> None:
    release_connection()
    user.set_password(password)
    user.save(update_fields=["password"])
