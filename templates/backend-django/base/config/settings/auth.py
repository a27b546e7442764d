"""Who users are and how they sign up and in."""

from config.env import env

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

# Whether anybody may make an account. Whoever may not gets one from staff, in the admin.
SIGN_UP = env.flag("DJANGO_SIGN_UP", default=False)

# Sessions lie in the database, each with its user: so they can be listed and ended.
SESSION_ENGINE = "apps.users.sessions"

# Seconds for which the links in mails are good.
PASSWORD_RESET_TIMEOUT = 3 * 3600

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "/"

# Attempts to sign in, and of each other kind that could guess or flood, within so many seconds: on one account from
# one address, and from one address in all, where a company's people may share it.
LOGIN_PERIOD = 60
LOGIN_ATTEMPTS_OF_ACCOUNT = 10
LOGIN_ATTEMPTS_OF_ADDRESS = 60

# Mails of one kind to one mailbox within an hour: asked for from one address, and in all. A link is good for longer:
# whoever has had so many has one that he can use, whoever asked for it.
MAILS_TO_ADDRESS_BY_ONE = 5
MAILS_TO_ADDRESS = 20
