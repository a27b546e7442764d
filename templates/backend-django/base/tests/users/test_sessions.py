"""Where a user is signed in: listed, and ended."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.users.models import Session, User
from tests.conftest import PASSWORD
from tests.factories import UserFactory

URL = "/api/v1/auth/sessions/"

pytestmark = pytest.mark.django_db


def signed_in(user: User, agent: str) -> APIClient:
    api = APIClient(headers={"User-Agent": agent, "X-Forwarded-For": "203.0.113.7"})
    assert api.post("/api/v1/auth/login/", {"email": user.email, "password": PASSWORD}).status_code == 200
    return api


def ids(api: APIClient) -> dict[str, str]:
    return {each["userAgent"]: each["id"] for each in api.get(URL).json()}


def test_each_place_is_listed_and_one_is_here(user: User) -> None:
    here, _ = signed_in(user, "Here"), signed_in(user, "x" * 300)
    signed_in(UserFactory.create(), "Another's")
    listed = sorted(here.get(URL).json(), key=lambda each: each["userAgent"])
    assert [(each["userAgent"], each["current"], each["address"]) for each in listed] == [
        ("Here", True, "203.0.113.7"),
        ("x" * 200, False, "203.0.113.7"),
    ]
    assert {len(each["id"]) for each in listed} == {36}
    assert all(each["createdAt"].endswith("Z") and each["lastSeenAt"].endswith("Z") for each in listed)
    # The key itself would sign in whoever reads it.
    assert not any(session.session_key in here.get(URL).content.decode() for session in Session.objects.all())


def test_one_that_is_over_is_not_listed(user: User) -> None:
    here, _ = signed_in(user, "Here"), signed_in(user, "Elsewhere")
    Session.objects.filter(user_agent="Elsewhere").update(expire_date=timezone.now())
    assert list(ids(here)) == ["Here"]


def test_one_is_ended(user: User) -> None:
    here, elsewhere = signed_in(user, "Here"), signed_in(user, "Elsewhere")
    assert here.delete(f"{URL}{ids(here)['Elsewhere']}/").status_code == 204
    assert elsewhere.get("/api/v1/users/me/").status_code == 401
    assert list(ids(here)) == ["Here"]


def test_ones_own_is_ended_too(user: User) -> None:
    here = signed_in(user, "Here")
    assert here.delete(f"{URL}{ids(here)['Here']}/").status_code == 204
    assert here.get(URL).status_code == 401
    assert not Session.objects.exists()


def test_all_others_are_ended(user: User) -> None:
    here, others = signed_in(user, "Here"), [signed_in(user, name) for name in ("One", "Two")]
    stranger = signed_in(UserFactory.create(), "Another's")
    assert here.post(f"{URL}end-others/").status_code == 204
    assert [each.get(URL).status_code for each in (here, *others, stranger)] == [200, 401, 401, 200]


def test_anothers_cannot_be_ended(user: User) -> None:
    here, stranger = signed_in(user, "Here"), signed_in(UserFactory.create(), "Stranger")
    assert here.delete(f"{URL}{ids(stranger)['Stranger']}/").status_code == 404
    assert stranger.get(URL).status_code == 200


def test_when_it_was_last_seen_is_noted_now_and_then(user: User) -> None:
    here = signed_in(user, "Here")
    long_ago, lately = timezone.now() - timedelta(minutes=6), timezone.now() - timedelta(minutes=4)
    Session.objects.update(last_seen_at=lately)
    here.get(URL)
    assert Session.objects.get().last_seen_at == lately
    Session.objects.update(last_seen_at=long_ago)
    here.get(URL)
    assert Session.objects.get().last_seen_at > lately


def test_what_a_session_says_survives_a_new_key(user: User) -> None:
    here = signed_in(user, "Here")
    before = here.get(URL).json()
    form = {"currentPassword": PASSWORD, "newPassword": "another long passphrase"}
    key = Session.objects.get().session_key
    assert here.post("/api/v1/auth/password-change/", form).status_code == 204
    assert Session.objects.get().session_key != key
    after = here.get(URL).json()
    assert {**after[0], "lastSeenAt": ""} == {**before[0], "lastSeenAt": ""}


def test_a_session_of_nobody_has_no_user(api: APIClient, db: None) -> None:
    session = api.session
    session["note"] = "kept"
    session.save()
    assert Session.objects.get().user is None
    assert Session.objects.get().get_decoded() == {"note": "kept"}
