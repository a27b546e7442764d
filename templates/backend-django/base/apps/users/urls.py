"""The users' routes, under /api/v1/."""

from django.urls import path

from apps.users.views import accounts, sign_in, users

urlpatterns = [
    path("auth/csrf/", sign_in.CsrfView.as_view(), name="auth-csrf"),
    path("auth/session/", sign_in.SignedInView.as_view(), name="auth-session"),
    path("auth/login/", sign_in.LoginView.as_view(), name="auth-login"),
    path("auth/logout/", sign_in.LogoutView.as_view(), name="auth-logout"),
    path("auth/sessions/", sign_in.SessionListView.as_view(), name="auth-sessions"),
    path("auth/sessions/end-others/", sign_in.EndOtherSessionsView.as_view(), name="auth-sessions-end-others"),
    path("auth/sessions/<uuid:id>/", sign_in.SessionView.as_view(), name="auth-session-end"),
    path("auth/sign-up/", accounts.SignUpView.as_view(), name="auth-sign-up"),
    path("auth/verify-email/", accounts.VerifyEmailView.as_view(), name="auth-verify-email"),
    path("auth/verify-email/resend/", accounts.ResendVerificationView.as_view(), name="auth-verify-email-resend"),
    path("auth/password-reset/", accounts.PasswordResetView.as_view(), name="auth-password-reset"),
    path(
        "auth/password-reset/confirm/", accounts.PasswordResetConfirmView.as_view(), name="auth-password-reset-confirm"
    ),
    path("auth/password-change/", accounts.PasswordChangeView.as_view(), name="auth-password-change"),
    path("users/", users.UserListView.as_view(), name="users"),
    path("users/me/", users.MeView.as_view(), name="users-me"),
]
