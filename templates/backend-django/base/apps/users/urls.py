"""The users' routes, under /api/v1/."""

from django.urls import path

from apps.users.views import CsrfView, LoginView, LogoutView, MeView, UserListView

urlpatterns = [
    path("auth/csrf/", CsrfView.as_view(), name="auth-csrf"),
    path("auth/login/", LoginView.as_view(), name="auth-login"),
    path("auth/logout/", LogoutView.as_view(), name="auth-logout"),
    path("users/", UserListView.as_view(), name="users"),
    path("users/me/", MeView.as_view(), name="users-me"),
]
