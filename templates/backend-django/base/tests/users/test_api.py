"""Signing in and out, and what each sort of user may see and change."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from apps.users.attempts import Attempt
from apps.users.authentication import _never_called
from apps.users.models import User
from tests.conftest import PASSWORD

LOGIN, LOGOUT, USERS, ME = "/api/v1/auth/login/", "/api/v1/auth/logout/", "/api/v1/users/", "/api/v1/users/me/"

pytestmark = pytest.mark.django_db


def sign_in(api: APIClient, email: str = "ada@example.com", password: str = PASSWORD, **headers: str) -> int:
    return api.post(LOGIN, {"email": email, "password": password}, headers=headers).status_code


def test_a_browsers_whole_visit(user: User) -> None:
    api = APIClient(enforce_csrf_checks=True)
    token = api.get("/api/v1/auth/csrf/").json()["csrfToken"]
    credentials = {"email": "Ada@example.com", "password": PASSWORD}
    response = api.post(LOGIN, credentials, headers={"X-CSRFToken": token})
    assert response.status_code == 200
    assert response.json() == api.get(ME).json()
    # Signing in changed the token: the page's old one is void, the cookie has the new one.
    assert api.post(LOGOUT, headers={"X-CSRFToken": token}).status_code == 403
    token = api.cookies["tests_csrftoken"].value
    assert api.post(LOGOUT, headers={"X-CSRFToken": token}).status_code == 204
    assert api.get(ME).status_code == 401


@pytest.mark.parametrize(
    ("email", "password"), [("ada@example.com", "wrong"), ("nobody@example.com", PASSWORD)], ids=["password", "user"]
)
def test_a_wrong_password_and_an_unknown_user_look_the_same(
    api: APIClient, user: User, email: str, password: str
) -> None:
    response = api.post(LOGIN, {"email": email, "password": password})
    assert response.status_code == 401
    assert response.json()["detail"] == "The e-mail address or the password is wrong."


def test_a_blocked_user_cannot_sign_in(api: APIClient, user: User) -> None:
    User.objects.update(is_active=False)
    assert sign_in(api) == 401


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_signing_in_has_one_method(user: User, method: str) -> None:
    assert getattr(APIClient(enforce_csrf_checks=True), method)(LOGIN).status_code == 405


def test_an_incomplete_form_names_its_fields(api: APIClient) -> None:
    response = api.post(LOGIN, {"email": "not an address"})
    assert response.status_code == 400
    assert set(response.json()["errors"]) == {"email", "password"}


@pytest.mark.parametrize("body", [{"email": 5}, ["a list"], {}])
def test_a_strange_form_is_refused_and_not_a_crash(api: APIClient, body: object) -> None:
    assert api.post(LOGIN, body).status_code == 400


@pytest.fixture
def limits(settings: Settings) -> None:
    settings.LOGIN_ATTEMPTS_OF_ADDRESS = 4
    settings.LOGIN_ATTEMPTS_OF_ACCOUNT = 2


def test_one_address_cannot_try_many_accounts(api: APIClient, limits: None) -> None:
    tries = [sign_in(api, f"user{n}@example.com", **{"X-Forwarded-For": "203.0.113.7"}) for n in range(5)]
    assert tries == [401, 401, 401, 401, 429]
    # Another visitor behind the same proxy is another address; what a client itself claims does not count.
    assert sign_in(api, "z@example.com", **{"X-Forwarded-For": "203.0.113.7, 203.0.113.8"}) == 401
    assert sign_in(api, "y@example.com", **{"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}) == 429


def test_an_account_is_tried_a_few_times_and_its_owner_is_not_locked_out(
    api: APIClient, user: User, limits: None
) -> None:
    attacker, owner = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "203.0.113.8"}
    assert [sign_in(api, "ADA@example.com", "wrong", **attacker) for _ in range(3)] == [401, 401, 429]
    response = api.post(LOGIN, {"email": "ada@example.com", "password": PASSWORD}, headers=attacker)
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert int(response["Retry-After"]) > 0
    assert sign_in(api, **owner) == 200


def test_whoever_signs_in_starts_anew(api: APIClient, user: User, limits: None, settings: Settings) -> None:
    settings.LOGIN_ATTEMPTS_OF_ADDRESS = 100
    assert [sign_in(api, password=each) for each in ("wrong", PASSWORD, "wrong", PASSWORD)] == [401, 200, 401, 200]


def test_the_admin_has_the_same_limit(client: Client, user: User, limits: None) -> None:
    form = {"username": "ada@example.com", "password": "wrong"}
    tries = [client.post("/admin/login/", form) for _ in range(3)]
    assert [response.status_code for response in tries] == [200, 200, 429]
    assert int(tries[-1]["Retry-After"]) > 0
    assert client.get("/admin/login/").status_code == 200


def test_many_attempts_at_once_get_no_further_than_many_in_a_row(settings: Settings) -> None:
    settings.LOGIN_ATTEMPTS_OF_ACCOUNT = 10
    settings.LOGIN_ATTEMPTS_OF_ADDRESS = 100
    with ThreadPoolExecutor(60) as attackers:
        attempts = [attackers.submit(Attempt("ada@example.com", "203.0.113.7").is_allowed) for _ in range(60)]
        assert sum(attempt.result() for attempt in attempts) == 10


def test_a_count_that_ends_between_two_steps_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = iter([ValueError, None])
    real = cache.incr

    def incr(key: str) -> int:
        if (error := next(ended, None)) is not None:
            raise error
        return real(key)

    monkeypatch.setattr(cache, "incr", incr)
    assert Attempt("ada@example.com", "203.0.113.7").is_allowed()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_password_is_hashed(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    real = User.check_password

    def check_password(self: User, password: str) -> bool:
        held.append(connection.connection is not None)
        return real(self, password)

    monkeypatch.setattr(User, "check_password", check_password)
    assert authenticate(email=user.email, password=PASSWORD) == user
    assert held == [False]


@pytest.mark.parametrize(("email", "password"), [("ada@example.com", None), (None, PASSWORD)])
def test_half_of_the_credentials_is_nobody(user: User, email: str | None, password: str | None) -> None:
    assert authenticate(email=email, password=password) is None


@pytest.mark.parametrize(("method", "url"), [("get", USERS), ("get", ME), ("patch", ME), ("post", LOGOUT)])
def test_an_anonymous_request_gets_401_as_a_problem(api: APIClient, method: str, url: str) -> None:
    response = getattr(api, method)(url)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == "Session"
    assert response.json()["instance"] == url


@pytest.mark.parametrize(
    ("is_staff", "may_view", "status"), [(False, False, 403), (True, False, 403), (False, True, 403), (True, True, 200)]
)
def test_who_may_see_the_list(api: APIClient, user: User, is_staff: bool, may_view: bool, status: int) -> None:
    user.is_staff = is_staff
    user.save()
    if may_view:
        user.user_permissions.add(Permission.objects.get(codename="view_user"))
    api.force_login(User.objects.get())
    assert api.get(USERS).status_code == status


def test_the_list_comes_in_pages(api: APIClient, staff: User) -> None:
    User.objects.bulk_create(User(email=f"user{number}@example.com") for number in range(30))
    api.force_login(staff)
    first = api.get(USERS).json()
    assert (first["count"], len(first["results"]), first["previous"]) == (31, 25, None)
    second = api.get(first["next"]).json()
    assert (len(second["results"]), second["next"]) == (6, None)
    seen = {entry["email"] for page in (first, second) for entry in page["results"]}
    assert len(seen) == 31


@pytest.mark.parametrize("users", [1, 20])
def test_the_list_asks_as_much_of_the_database_however_long_it_is(
    api: APIClient, staff: User, users: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    User.objects.bulk_create(User(email=f"user{number}@example.com") for number in range(users))
    api.force_login(staff)
    # Session, user, his permissions and those of his groups, how many there are, and the page.
    with django_assert_max_num_queries(6):
        assert len(api.get(USERS).json()["results"]) == users + 1


def test_a_user_sees_himself(api: APIClient, user: User) -> None:
    api.force_login(user)
    body = api.get(ME).json()
    assert body.pop("dateJoined").endswith("Z")
    assert body == {
        "id": user.pk,
        "email": "ada@example.com",
        "firstName": "Ada",
        "lastName": "Lovelace",
        "isStaff": False,
        "emailVerified": True,
    }


def test_a_user_changes_his_name_and_nothing_else(api: APIClient, user: User) -> None:
    api.force_login(user)
    change = {"firstName": "Augusta", "email": "other@example.com", "isStaff": True, "id": 99}
    assert api.patch(ME, change).json()["firstName"] == "Augusta"
    user.refresh_from_db()
    assert (user.first_name, user.last_name, user.email) == ("Augusta", "Lovelace", "ada@example.com")
    assert not user.is_staff


def test_a_name_that_is_too_long_is_named(api: APIClient, user: User) -> None:
    api.force_login(user)
    response = api.patch(ME, {"lastName": "x" * 151})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["lastName"]


@pytest.mark.parametrize("method", ["put", "delete"])
def test_nothing_else_can_be_done_to_oneself(api: APIClient, user: User, method: str) -> None:
    api.force_login(user)
    assert getattr(api, method)(ME).status_code == 405


def test_signing_in_again_changes_the_user(api: APIClient, user: User, staff: User) -> None:
    api.force_login(user)
    assert sign_in(api, staff.email) == 200
    assert api.get(ME).json()["email"] == staff.email


def test_the_csrf_check_stands_alone() -> None:
    with pytest.raises(NotImplementedError):
        _never_called(HttpRequest())
