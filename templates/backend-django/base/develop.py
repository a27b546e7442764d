#!/usr/bin/env python
"""Runs a command, and runs it anew with each .py file that is saved in apps/ or config/. For development only.

    python develop.py [--busy FILE] [--port PORT] [--patience SECONDS] COMMAND…

    --busy      while this file is there, a save waits until the command has ended or the file is gone
    --port      answered here while the code does not load: 503 with the exception and its line, as the API's 500 has
                them, so that whoever waits in a browser reads what is wrong
    --patience  seconds that the command may take to end when it is asked to (5)

Code that does not load waits for the next save. What ends in another way ends this too, and Docker starts it again.
Where a bind mount reports no changes, set WATCHFILES_FORCE_POLLING=1.
"""

import argparse
import os
import signal
import subprocess
import sys
from collections import deque
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standin import Standin

ROOT = Path(__file__).resolve().parent
DEBUG = os.environ.get("DJANGO_DEBUG", "").lower() in {"1", "true", "yes", "on"}
# What ends later than this has loaded. A machine that is busy takes ten times as long as one that is not.
LOADED_AFTER = 30.0
# As in sysexits.h: the command says itself that another try may succeed, with nothing saved.
TRY_AGAIN = 75


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
        # Not before the command is on its way: all that it needs of this is to be started.
        from watchfiles import PythonFilter, watch  # noqa: PLC0415

        changes = watch(
            *(ROOT / name for name in ("apps", "config")),
            watch_filter=PythonFilter(),
            stop_event=self._told_to_end,
            rust_timeout=250,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        saved = False
        for change in changes:
            saved = saved or bool(change)
            if saved and not self._is_busy():
                saved = False
                self._end()
                self._start()
            elif self._child is not None and self._child.process.poll() is not None:
                if self._child.failed_to_load():
                    self._wait_for_save(self._child)
                else:
                    break
        return self._end()

    def _start(self) -> None:
        if not self._told_to_end.is_set():
            self._child = Child(self._options.command)

    def _is_busy(self) -> bool:
        file = self._options.busy
        return file is not None and file.exists() and self._child is not None and self._child.process.poll() is None

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
            from standin import Standin  # noqa: PLC0415  no start waits for what is rarely needed

            self._standin = Standin(self._options.port, child.errors())
        # The last line, by which docker-dev.sh knows that nothing more is to come.
        sys.stderr.write("It does not load. Saving the mended file is enough: develop.py waits for it.\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Run a command, and anew with each .py file that is saved.")
    parser.add_argument("--busy", type=Path)
    parser.add_argument("--port", type=int)
    parser.add_argument("--patience", type=float, default=5)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    sys.exit(Developer(parser.parse_args()).run())
