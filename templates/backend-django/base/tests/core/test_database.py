"""The pool: a connection that died with its server is replaced, not handed out."""

import pytest
from django.db import connection
from rest_framework.test import APIClient

from apps.users.models import User


@pytest.mark.django_db(transaction=True)
def test_the_first_request_after_the_server_dropped_its_connections_succeeds(api: APIClient, user: User) -> None:
    api.force_login(user)
    assert api.get("/api/v1/users/me/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        # As a restart does: every connection but this one, those of the pool among them.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )
        cursor.execute("SELECT pg_backend_pid()")
    pool = connection.pool  # type: ignore[attr-defined]
    with pool.connection() as raw:
        raw.execute("SELECT 1")
    connection.close()
    assert api.get("/api/v1/users/me/").status_code == 200


def test_the_pool_tries_a_connection_before_it_lends_it() -> None:
    assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True
    assert connection.settings_dict["CONN_MAX_AGE"] == 0
