"""The mails to users. A template's first line is the subject; links lead to pages of the frontend."""

from dataclasses import dataclass
from urllib.parse import urljoin

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from rest_framework.request import Request

from apps.users import tokens
from apps.users.attempts import address_of, count, digest
from apps.users.models import User

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever asks for a mail, be it to his own address or another's: where its link leads, and where he asks from."""

    origin: str
    address: str

    @classmethod
    def of(cls, request: Request) -> "Asker":
        return cls(request.build_absolute_uri("/"), address_of(request))


def verify_email(user: User, asker: Asker) -> None:
    _send("verify_email", user, asker, f"/verify-email#token={tokens.verification.issue(user)}")


def reset_password(user: User, asker: Asker) -> None:
    _send("reset_password", user, asker, f"/reset-password#token={tokens.password_reset.issue(user)}")


def known_already(user: User, asker: Asker) -> None:
    """To somebody who signed up although he has an account: the page itself must not say so."""
    _send("known_already", user, asker, f"/reset-password#token={tokens.password_reset.issue(user)}")


def _send(template: str, user: User, asker: Asker, path: str) -> None:
    if not _is_allowed(template, user, asker):
        logger.warning("mail left out", template=template, user_id=user.pk)
        return
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    link = urljoin(asker.origin, path)
    context = {"user": user, "link": link, "hours": hours, "app_name": settings.FRONTEND_APP_NAME}
    subject, _, text = render_to_string(f"users/mail/{template}.txt", context).strip().partition("\n")
    send_mail(subject, text.strip(), None, [user.email])


def _is_allowed(template: str, user: User, asker: Asker) -> bool:
    """Whoever asks for too many floods a mailbox; and nobody can use up what its owner may ask for.

    So the budget is that of who asks. A larger one of the mailbox is for those who ask from everywhere at once; it does
    not hold for an address where the user has been signed in.
    """
    mailbox = f"mail:{template}:{digest(user.email)}"
    if count(f"{mailbox}:{digest(asker.address)}", 3600) > settings.MAILS_TO_ADDRESS_BY_ONE:
        return False
    if count(mailbox, 3600) <= settings.MAILS_TO_ADDRESS:
        return True
    return user.sessions.filter(address=asker.address).exists()
