"""What develop.py puts at the port of a server that does not load: it says why, to whoever waits in a browser."""

import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, override

ROOT = Path(__file__).resolve().parent
FRAME = re.compile(r'^ *File "([^"]+)", line (\d+)(?:, in (\S+))?', re.MULTILINE)


class Standin(ThreadingHTTPServer):
    """Answers at the port of a server that does not load, and says nothing in the log: there the traceback is last."""

    def __init__(self, port: int, errors: str) -> None:
        super().__init__(("", port), Answer)
        problem = {
            "type": "about:blank",
            "title": "Service Unavailable",
            "status": 503,
            "detail": "The backend's code does not load. Saving the mended file is enough.",
            "crash": describe(errors),
        }
        self.body = json.dumps(problem).encode()
        Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    @override
    def handle_error(self, *_: Any) -> None:
        """Whoever went away is missed by nobody."""


class Answer(BaseHTTPRequestHandler):
    server: Standin

    def answer(self) -> None:
        if not self.path.startswith("/api/") and "X-Forwarded-For" in self.headers:
            return  # the proxy has a page for a service that does not answer, and it goes on by itself
        self.send_response(503)
        self.send_header("Content-Type", "application/problem+json")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Retry-After", "1")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.server.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    @override
    def log_message(self, *_: Any) -> None:
        """As above."""


def describe(errors: str) -> dict[str, str]:
    """The exception that ended it, and the last line of this project on the way there."""
    trace = errors[max(errors.rfind("Traceback (most recent call last)"), 0) :]
    frames = list(FRAME.finditer(trace))
    own = [frame for frame in frames if Path(frame[1]).is_relative_to(ROOT)]
    rest = trace[frames[-1].end() :] if frames else trace
    exception = rest[match.start() :] if (match := re.search(r"^\S", rest, re.MULTILINE)) else rest
    for name, value in os.environ.items():
        if re.search("PASSWORD|SECRET|DSN|TOKEN", name) and len(value) >= 8:
            exception = exception.replace(value, "********")
    return {"exception": exception.strip()[-2000:], "frame": _place(own[-1]) if own else ""}


def _place(frame: re.Match[str]) -> str:
    place = f"{Path(frame[1]).relative_to(ROOT)}:{frame[2]}"
    return f"{place} in {frame[3]}" if frame[3] else place
