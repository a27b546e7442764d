"""Which of Django's own lines about a request are written beside the one of RequestLogMiddleware."""

from logging import Filter, LogRecord


class WorthALine(Filter):
    """Of an error the traceback, of a suspicion its message; status and path are in the request's line already.

    And never the request itself, which Django adds to each record: its representation holds the query string, and a
    query string may hold tokens.
    """

    def filter(self, record: LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if record.name.startswith("django.security"):
            record.exc_info = None
            return True
        return record.name != "django.request" or record.exc_info is not None
