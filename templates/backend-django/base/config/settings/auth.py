"""Who users are and how they sign in."""

AUTH_USER_MODEL = "users.User"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

AUTHENTICATION_BACKENDS = ["apps.users.backends.PasswordBackend"]

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "/"

# Attempts to sign in within so many seconds: on one account from one address, and from one address in all, where
# a company's people may share it.
LOGIN_PERIOD = 60
LOGIN_ATTEMPTS_OF_ACCOUNT = 10
LOGIN_ATTEMPTS_OF_ADDRESS = 60
