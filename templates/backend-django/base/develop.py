#!/usr/bin/env python
"""Runs a command, and runs it anew with each .py file that is saved in apps/ or config/. For development only.

    python develop.py [--first COMMAND] [--port PORT] [--patience SECONDS] COMMAND…

    --first     comes before it until it has succeeded once
    --port      answered here while the code does not load: 503 with the exception and its line, as the API's 500 has
                them, so that whoever waits in a browser reads what is wrong
    --patience  seconds that the command may take to end when it is asked to (5)

Code that does not load waits for the next save. What ends in another way ends this too, and Docker starts it again.
Where a bind mount reports no changes, set WATCHFILES_FORCE_POLLING=1.
"""

import argparse
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any, override

ROOT = Path(__file__).resolve().parent
DEBUG = os.environ.get("DJANGO_DEBUG", "").lower() in {"1", "true", "yes", "on"}
# What ends later than this has loaded.
LOADED_AFTER = 10.0
# As in sysexits.h: the command says itself that another try may succeed, with nothing saved.
TRY_AGAIN = 75
FRAME = re.compile(r'^ *File "([^"]+)", line (\d+)(?:, in (\S+))?', re.MULTILINE)


class Child:
    """The command as it runs: its errors pass through, and the last lines of them are kept."""

    def __init__(self, command: list[str]) -> None:
        self._started = monotonic()
        self._errors: deque[str] = deque(maxlen=200)
        self._asked = False
        self.process = subprocess.Popen(  # noqa: S603  what the command line of this says
            command, stderr=subprocess.PIPE, text=True, errors="replace"
        )
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stderr or ():
            self._errors.append(line)
            sys.stderr.write(line)
            sys.stderr.flush()

    def ask_to_end(self) -> None:
        # Once: to some, a second signal means at once.
        if not self._asked and self.process.poll() is None:
            self._asked = True
            self.process.send_signal(signal.SIGINT)

    def end(self, patience: float) -> None:
        self.ask_to_end()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def failed_to_load(self) -> bool:
        code = self.process.wait()
        return code > 0 and code != TRY_AGAIN and monotonic() - self._started < LOADED_AFTER

    def errors(self) -> str:
        self._reader.join(1)
        return "".join(self._errors)


class Developer:
    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._first: list[str] = shlex.split(options.first)
        self._told_to_end = Event()
        self._child: Child | None = None
        self._standin: Standin | None = None
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def _on_signal(self, *_: Any) -> None:
        self._told_to_end.set()
        if self._child is not None:
            self._child.ask_to_end()

    def run(self) -> int:
        self._start()
        from watchfiles import PythonFilter, watch  # noqa: PLC0415  while the command is on its way already

        changes = watch(
            *(ROOT / name for name in ("apps", "config")),
            watch_filter=PythonFilter(),
            stop_event=self._told_to_end,
            rust_timeout=250,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        for saved in changes:
            if saved:
                self._end()
                self._start()
            elif self._child is not None and self._child.process.poll() is not None:
                if self._child.failed_to_load():
                    self._wait_for_save(self._child)
                else:
                    break
        return self._end()

    def _start(self) -> None:
        if self._first:
            self._child = Child(self._first)
            if self._child.process.wait() != 0:
                return
            self._first = []
        if not self._told_to_end.is_set():
            self._child = Child(self._options.command)

    def _end(self) -> int:
        if self._standin is not None:
            self._standin.shutdown()
            self._standin.server_close()
            self._standin = None
        if self._child is None:
            return 0
        self._child.end(self._options.patience)
        code = self._child.process.returncode
        return code if code >= 0 else 128 - code

    def _wait_for_save(self, child: Child) -> None:
        self._child = None
        if self._options.port and DEBUG:
            self._standin = Standin(self._options.port, describe(child.errors()))
        # The last line, by which docker-dev.sh knows that nothing more is to come.
        sys.stderr.write("It does not load. Saving the mended file is enough: develop.py waits for it.\n")


class Standin(ThreadingHTTPServer):
    """Answers at the port of a server that does not load, and says nothing in the log: there the traceback is last."""

    def __init__(self, port: int, crash: dict[str, str]) -> None:
        super().__init__(("", port), Answer)
        problem = {
            "type": "about:blank",
            "title": "Service Unavailable",
            "status": 503,
            "detail": "The backend's code does not load. Saving the mended file is enough.",
            "crash": crash,
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Run a command, and anew with each .py file that is saved.")
    parser.add_argument("--first", default="")
    parser.add_argument("--port", type=int)
    parser.add_argument("--patience", type=float, default=5)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    sys.exit(Developer(parser.parse_args()).run())
