"""Users: who they are, how they sign in, and what the API shows of them."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "apps.users"
