"""The mails to users. A template's first line is the subject; links lead to pages of the frontend."""

from urllib.parse import urljoin

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from apps.users import tokens
from apps.users.attempts import count, digest
from apps.users.models import User

logger = structlog.get_logger(__name__)


def verify_email(user: User, origin: str) -> None:
    _send("verify_email", user, urljoin(origin, f"/verify-email?token={tokens.verification.issue(user)}"))


def reset_password(user: User, origin: str) -> None:
    _send("reset_password", user, urljoin(origin, f"/reset-password?token={tokens.password_reset.issue(user)}"))


def known_already(user: User, origin: str) -> None:
    """To somebody who signed up although he has an account: the page itself must not say so."""
    _send("known_already", user, urljoin(origin, f"/reset-password?token={tokens.password_reset.issue(user)}"))


def _send(template: str, user: User, link: str) -> None:
    if count(f"mail:{digest(user.email)}", 3600) > settings.MAILS_TO_ADDRESS:
        # Whoever asks for more than these floods a mailbox, his own or another's.
        logger.warning("mail left out", template=template, user_id=user.pk)
        return
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    context = {"user": user, "link": link, "hours": hours, "app_name": settings.FRONTEND_APP_NAME}
    subject, _, text = render_to_string(f"users/mail/{template}.txt", context).strip().partition("\n")
    send_mail(subject, text.strip(), None, [user.email])
