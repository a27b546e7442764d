"""Errors to Sentry. Without an address nothing of it is imported."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint


def begin(dsn: str, **options: Any) -> None:
    if not dsn:
        return
    import sentry_sdk  # noqa: PLC0415  only who uses it pays for it

    sentry_sdk.init(
        dsn,
        # What happened, and nothing of whom it happened to: no address, cookie, body or local variable.
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        before_send=without_query,
        **options,
    )


def without_query(event: "Event", hint: "Hint") -> "Event":
    """A query string may hold a token."""
    event.get("request", {}).pop("query_string", None)
    return event
