"""Signing up, confirming an address, and passwords: changed, or reset by mail."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from apps.core import afterwards
from apps.users.models import User
from apps.users.tokens import LinkTokens
from tests.conftest import PASSWORD
from tests.factories import UserFactory

AUTH = "/api/v1/auth/"
NEW_PASSWORD = "another long passphrase"
SIGN_UP = {"email": "New@Example.com", "password": PASSWORD, "firstName": "New"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sign_up_is_open(settings: Settings) -> None:
    settings.SIGN_UP = True


def post(api: APIClient, path: str, **body: Any) -> Any:
    return api.post(f"{AUTH}{path}/", body)


def token_in_mail(page: str) -> str:
    """Of the latest mail, which leads to this page."""
    found = re.search(rf"http://testserver/{page}#token=(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def errors(response: Any) -> list[str]:
    assert response.status_code == 400
    return sorted(response.json()["errors"])


def sign_in(api: APIClient, email: str, password: str) -> Any:
    return post(api, "login", email=email, password=password)


def test_from_signing_up_to_signing_in(api: APIClient) -> None:
    response = post(api, "sign-up", **SIGN_UP)
    assert (response.status_code, response.json()) == (202, {})
    assert mail.outbox[0].to == ["new@example.com"]
    assert mail.outbox[0].subject == "Confirm your e-mail address for Tests"
    refused = sign_in(api, "new@example.com", PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (403, "email_not_verified")
    assert len(mail.outbox) == 2
    assert api.get(f"{AUTH}session/").json()["user"] is None
    assert post(api, "verify-email", token=token_in_mail("verify-email")).status_code == 204
    signed_in = sign_in(api, "new@example.com", PASSWORD)
    assert (signed_in.status_code, signed_in.json()["firstName"]) == (200, "New")
    assert signed_in.json()["emailVerified"] is True


def test_who_is_signed_in_is_answered_whether_or_not_anybody_is(api: APIClient, user: User) -> None:
    nobody = api.get(f"{AUTH}session/")
    assert (nobody.status_code, nobody.json()) == (200, {"user": None, "expiresAt": None})
    assert nobody["Cache-Control"] == "no-store"
    assert nobody.cookies["tests_csrftoken"].value
    api.force_login(user)
    somebody = api.get(f"{AUTH}session/").json()
    assert somebody["user"]["email"] == user.email
    assert somebody["expiresAt"].endswith("Z")


def test_a_wrong_password_does_not_tell_that_an_address_waits_to_be_confirmed(api: APIClient) -> None:
    waiting = UserFactory.create(email_verified=False)
    assert sign_in(api, waiting.email, "wrong").status_code == 401
    assert mail.outbox == []


def test_where_nobody_may_sign_up_nobody_does(api: APIClient, settings: Settings) -> None:
    settings.SIGN_UP = False
    assert post(api, "sign-up", **SIGN_UP).status_code == 403
    assert not User.objects.exists()
    features = api.get("/api/v1/config/frontend/").json()["features"]
    settings.SIGN_UP = True
    assert (features["signUp"], api.get("/api/v1/config/frontend/").json()["features"]["signUp"]) == (False, True)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"password": "short"}, ["password"]),
        ({"password": "new@example.com"}, ["password"]),
        ({"password": "12345678901"}, ["password"]),
        ({"email": "nobody"}, ["email"]),
        ({"email": "", "password": ""}, ["email", "password"]),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_named(api: APIClient, change: dict[str, str], fields: list[str]) -> None:
    assert errors(post(api, "sign-up", **{**SIGN_UP, **change})) == fields
    assert not User.objects.exists()


def test_whoever_has_an_account_is_told_so_by_mail_alone(api: APIClient, user: User) -> None:
    response = post(api, "sign-up", **{**SIGN_UP, "email": "ADA@example.com"})
    assert (response.status_code, response.json()) == (202, {})
    assert mail.outbox[0].subject == "You have an account at Tests already"
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.first_name == "Ada"
    assert post(api, "password-reset/confirm", token=token_in_mail("reset-password"), newPassword=NEW_PASSWORD)


def test_signing_up_again_replaces_what_nobody_has_confirmed(api: APIClient) -> None:
    """Or a stranger could sign up with another's address, and his password would be good once the other confirms."""
    post(api, "sign-up", **{**SIGN_UP, "password": "a stranger's passphrase"})
    strangers = token_in_mail("verify-email")
    post(api, "sign-up", **SIGN_UP)
    assert errors(post(api, "verify-email", token=strangers)) == ["token"]
    assert post(api, "verify-email", token=token_in_mail("verify-email")).status_code == 204
    assert User.objects.get().check_password(PASSWORD)


def test_a_blocked_account_gets_no_mail(api: APIClient) -> None:
    blocked = UserFactory.create(is_active=False, email_verified=False)
    for path in ("password-reset", "verify-email/resend"):
        assert post(api, path, email=blocked.email).status_code == 202
    assert post(api, "sign-up", **{**SIGN_UP, "email": blocked.email}).status_code == 202
    assert mail.outbox == []


def test_another_link_to_confirm_comes_only_to_whom_it_is_of_use(api: APIClient, user: User) -> None:
    waiting = UserFactory.create(email_verified=False)
    for email in (waiting.email.upper(), user.email, "nobody@example.com"):
        assert post(api, "verify-email/resend", email=email).status_code == 202
    assert [each.to for each in mail.outbox] == [[waiting.email]]


def test_a_password_is_reset_by_mail(api: APIClient, user: User) -> None:
    elsewhere = APIClient()
    elsewhere.force_login(user)
    User.objects.update(email_verified=False)
    assert post(api, "password-reset", email="Ada@Example.com").status_code == 202
    token = token_in_mail("reset-password")
    assert errors(post(api, "password-reset/confirm", token=token, newPassword="ada@example.com")) == ["newPassword"]
    assert post(api, "password-reset/confirm", token=token, newPassword=NEW_PASSWORD).status_code == 204
    assert elsewhere.get("/api/v1/users/me/").status_code == 401
    assert not user.sessions.exists()
    assert sign_in(api, user.email, PASSWORD).status_code == 401
    # The link came by mail: the address is confirmed too.
    assert sign_in(api, user.email, NEW_PASSWORD).status_code == 200


def test_an_account_without_a_password_gets_none_by_mail(api: APIClient, user: User) -> None:
    user.set_unusable_password()
    user.save()
    assert post(api, "password-reset", email=user.email).status_code == 202
    assert mail.outbox == []


@pytest.mark.parametrize("page", ["verify-email", "reset-password"])
def test_a_token_is_good_once_and_for_a_while(
    api: APIClient, page: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = UserFactory.create(email_verified=False)
    asked, used = {
        "verify-email": ("verify-email/resend", "verify-email"),
        "reset-password": ("password-reset", "password-reset/confirm"),
    }[page]
    post(api, asked, email=user.email)
    token = token_in_mail(page)
    form = {"newPassword": NEW_PASSWORD} if page == "reset-password" else {}

    def later(seconds: int) -> None:
        now = datetime.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + seconds)  # noqa: DTZ005  Django's own
        monkeypatch.setattr(LinkTokens, "_now", lambda _: now)

    later(+60)
    assert errors(post(api, used, token=token, **form)) == ["token"]
    later(-60)
    assert post(api, used, token=token, **form).status_code == 204
    assert errors(post(api, used, token=token, **form)) == ["token"]


@pytest.mark.parametrize("used", ["verify-email", "password-reset/confirm"])
def test_a_token_is_for_one_purpose_and_one_user(api: APIClient, used: str) -> None:
    user, other = UserFactory.create_batch(2, email_verified=False)
    post(api, "password-reset" if used == "verify-email" else "verify-email/resend", email=user.email)
    wrong_purpose = token_in_mail("reset-password" if used == "verify-email" else "verify-email")
    post(api, "verify-email/resend" if used == "verify-email" else "password-reset", email=user.email)
    own = token_in_mail("verify-email" if used == "verify-email" else "reset-password")
    post(api, "verify-email/resend", email=other.email)
    others = token_in_mail("verify-email").partition(".")[0] + "." + own.partition(".")[2]
    for token in (wrong_purpose, others, "nonsense", "", "a.b", "OQ.x-y", "*.*", own[:-1]):
        assert errors(post(api, used, token=token, newPassword=NEW_PASSWORD)) == ["token"]


def test_a_password_is_changed_and_only_this_session_stays(user: User) -> None:
    here, elsewhere = APIClient(), APIClient()
    for each in (here, elsewhere):
        each.force_login(user)
    assert post(here, "password-change", currentPassword=PASSWORD, newPassword=NEW_PASSWORD).status_code == 204
    assert here.get("/api/v1/users/me/").status_code == 200
    assert elsewhere.get("/api/v1/users/me/").status_code == 401
    assert user.sessions.count() == 1
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("wrong", NEW_PASSWORD, "currentPassword"), (PASSWORD, "short", "newPassword"), (PASSWORD, "", "newPassword")],
)
def test_what_is_wrong_with_a_change_is_named(api: APIClient, user: User, current: str, new: str, field: str) -> None:
    api.force_login(user)
    assert errors(post(api, "password-change", currentPassword=current, newPassword=new)) == [field]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("sign-up", {**SIGN_UP, "email": "ada@example.com"}),
        ("verify-email/resend", {"email": "ada@example.com"}),
        ("password-reset", {"email": "ada@example.com"}),
        ("verify-email", {"token": "x"}),
        ("password-reset/confirm", {"token": "x", "newPassword": NEW_PASSWORD}),
        ("password-change", {"currentPassword": "wrong", "newPassword": NEW_PASSWORD}),
    ],
)
def test_each_has_its_own_limit(
    api: APIClient, user: User, settings: Settings, path: str, body: dict[str, str]
) -> None:
    settings.LOGIN_ATTEMPTS_OF_ACCOUNT = 2
    api.force_login(user)
    answers = [post(api, path, **body) for _ in range(3)]
    assert [each.status_code == 429 for each in answers] == [False, False, True]
    assert int(answers[-1]["Retry-After"]) > 0
    assert sign_in(api, user.email, PASSWORD).status_code == 200


def test_nobody_floods_a_mailbox_from_many_addresses(api: APIClient, user: User, settings: Settings) -> None:
    settings.MAILS_TO_ADDRESS = 3
    for number in range(5):
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        assert api.post(f"{AUTH}password-reset/", {"email": user.email}, headers=headers).status_code == 202
    assert len(mail.outbox) == 3


def ask_for_reset(api: APIClient, user: User, *, where: str, times: int) -> int:
    """How many of them were sent."""
    before = len(mail.outbox)
    for _ in range(times):
        response = api.post(f"{AUTH}password-reset/", {"email": user.email}, headers={"X-Forwarded-For": where})
        assert response.status_code == 202
    return len(mail.outbox) - before


def test_a_stranger_uses_up_no_mail_of_the_owners(api: APIClient, user: User) -> None:
    assert ask_for_reset(api, user, where="203.0.113.66", times=7) == 5
    assert ask_for_reset(api, user, where="203.0.113.1", times=2) == 2


def test_not_even_strangers_from_everywhere_use_up_those_to_where_the_owner_was_signed_in(
    api: APIClient, user: User, settings: Settings
) -> None:
    settings.MAILS_TO_ADDRESS = 3
    home = {"X-Forwarded-For": "203.0.113.1"}
    assert api.post(f"{AUTH}login/", {"email": user.email, "password": PASSWORD}, headers=home).status_code == 200
    assert [ask_for_reset(api, user, where=f"198.51.100.{each}", times=1) for each in range(5)] == [1, 1, 1, 0, 0]
    assert ask_for_reset(api, user, where="203.0.113.1", times=7) == 5


def test_a_cross_site_form_is_refused(user: User) -> None:
    api = APIClient(enforce_csrf_checks=True)
    for path in ("sign-up", "password-reset", "password-reset/confirm", "verify-email", "verify-email/resend"):
        assert post(api, path).status_code == 403


@pytest.mark.parametrize("path", ["sign-up", "password-reset", "verify-email/resend"])
def test_the_answer_does_the_same_for_known_and_unknown_addresses(
    api: APIClient,
    user: User,
    path: str,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """It looks nothing up and hashes nothing: what could take longer for some is only noted down, to be done later."""
    later: list[object] = []
    monkeypatch.setattr(afterwards, "_threads", type("Later", (), {"submit": lambda _, *work: later.append(work)})())
    monkeypatch.setattr(MD5PasswordHasher, "encode", None)
    answers = []
    for email in (user.email, "nobody@example.com"):
        with django_assert_num_queries(0):
            answers.append(post(api, path, email=email, password=NEW_PASSWORD))
    assert [(each.status_code, each.content) for each in answers] == [(202, b"{}")] * 2
    assert len(later) == 2


@pytest.mark.parametrize("email", ["ada@example.com", "waiting@example.com", "nobody@example.com"])
def test_signing_in_does_the_same_for_known_and_unknown_addresses(
    api: APIClient,
    user: User,
    email: str,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    UserFactory.create(email="waiting@example.com", email_verified=False)
    hashed: list[str] = []
    real = MD5PasswordHasher.encode

    def encode(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    with django_assert_num_queries(1):
        assert sign_in(api, email, "wrong").status_code == 401
    assert hashed == ["wrong"]


def test_a_mail_that_cannot_be_sent_changes_no_answer(
    api: APIClient, user: User, settings: Settings, closed_port: tuple[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = closed_port
    assert post(api, "password-reset", email=user.email).status_code == 202
    assert "failed afterwards" in caplog.text
    assert not re.search(r"token=\w+\.", caplog.text)


def test_a_name_is_written_as_it_is(api: APIClient) -> None:
    post(api, "sign-up", **{**SIGN_UP, "firstName": "O'Neil & <b>"})
    assert "Hello O'Neil & <b>," in str(mail.outbox[0].body)
    assert "{" not in str(mail.outbox[0].body)


def test_staff_see_whether_an_address_is_verified(client: Client, staff: User) -> None:
    client.force_login(staff)
    assert 'name="email_verified"' in client.get(f"/admin/users/user/{staff.pk}/change/").content.decode()
