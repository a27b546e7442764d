"""The names under which the channel layer knows who should get a message."""

import hashlib


def of_user(user_id: int) -> str:
    return f"user.{user_id}"


def of_session(session_key: str) -> str:
    # Hashed: the key is as good as a password, and has no business in a name that others can read in Redis.
    return f"session.{hashlib.sha256(session_key.encode()).hexdigest()[:32]}"
