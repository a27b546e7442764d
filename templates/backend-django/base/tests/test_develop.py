"""develop.py, as a process of its own over a small project: reloads, failures, and who is told what."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

SERVER = """
import http.server, pathlib
from apps import part
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(part.WORD.encode())
http.server.HTTPServer(("", {port}), Handler).serve_forever()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("apps", "config"):
        (tmp_path / name).mkdir()
    for name in ("develop.py", "standin.py"):
        shutil.copy(settings.BASE_DIR / name, tmp_path)
    (tmp_path / "apps/part.py").write_text("WORD = 'one'\n")
    return tmp_path


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found: int = server.getsockname()[1]
    return found


@contextmanager
def developing(
    project: Path, *options: str, script: str, debug: str = "1"
) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    (project / "script.py").write_text(script)
    log = project / "log"
    environment = {**os.environ, "DJANGO_DEBUG": debug, "PYTHONPATH": str(project), "REDIS_PASSWORD": "hush-hush-hush"}
    with log.open("w") as out:
        process = subprocess.Popen(  # noqa: S603  our own interpreter, our own script
            [sys.executable, "develop.py", *options, sys.executable, "script.py"],
            cwd=project,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process, log
        finally:
            process.terminate()
            process.wait(10)


def soon(condition: Callable[[], Any], seconds: float = 10) -> Any:
    give_up = monotonic() + seconds
    while monotonic() < give_up:
        with suppress(OSError, AssertionError):
            if found := condition():
                return found
        sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain")


def get(port: int, path: str = "/api/x/", **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310  our own server
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_saved_file_is_in_use_and_a_broken_one_is_told_until_it_is_mended(project: Path, port: int) -> None:
    part = project / "apps/part.py"
    with developing(project, "--port", str(port), script=SERVER.format(port=port)) as (_, log):
        assert soon(lambda: get(port) == (200, "one"))
        sleep(1)  # this server may be there before anybody watches its files
        part.write_text("WORD = 'two'\n")
        assert soon(lambda: get(port) == (200, "two"))
        part.write_text("WORD = 'three'\ndef half(\n")
        assert soon(lambda: get(port)[0] == 503)
        problem = json.loads(get(port)[1])
        assert problem["crash"] == {"exception": "SyntaxError: '(' was never closed", "frame": "apps/part.py:2"}
        assert soon(lambda: log.read_text().splitlines()[-1].endswith("develop.py waits for it."))
        # A proxy has a page of its own for who does not answer.
        with pytest.raises(ConnectionError):
            get(port, "/admin/", **{"X-Forwarded-For": "127.0.0.1"})
        assert get(port, "/admin/")[0] == 503
        part.write_text("import os\nraise RuntimeError(os.environ['REDIS_PASSWORD'])\n")
        assert soon(lambda: "RuntimeError" in get(port)[1])
        crash = json.loads(get(port)[1])["crash"]
        assert crash == {"exception": "RuntimeError: ********", "frame": "apps/part.py:2 in <module>"}
        part.write_text("WORD = 'four'\n")
        assert soon(lambda: get(port) == (200, "four"))


def test_production_tells_nothing(project: Path, port: int) -> None:
    (project / "apps/part.py").write_text("raise RuntimeError\n")
    with developing(project, "--port", str(port), script=SERVER.format(port=port), debug="0") as (_, log):
        assert soon(lambda: "develop.py waits for it." in log.read_text())
        with pytest.raises(urllib.error.URLError):
            get(port)


def test_a_save_waits_for_what_is_not_to_be_disturbed(project: Path) -> None:
    busy = project / "busy"
    busy.touch()
    script = "import time; print('runs', flush=True); time.sleep(60)"
    with developing(project, "--busy", str(busy), script=script) as (_, log):

        def runs() -> int:
            return log.read_text().splitlines().count("runs")

        assert soon(lambda: runs() == 1)
        sleep(1)  # nobody watches its files before it runs
        (project / "apps/part.py").write_text("WORD = 'two'\n")
        sleep(2)
        assert runs() == 1
        busy.unlink()
        assert soon(lambda: runs() == 2)


def test_what_ends_although_it_is_not_to_be_disturbed_waits_for_a_save(project: Path) -> None:
    busy = project / "busy"
    busy.touch()
    script = "raise SystemExit('Conflicting migrations')"
    with developing(project, "--busy", str(busy), script=script) as (_, log):
        assert soon(lambda: log.read_text().count("Conflicting migrations\nIt does not load.") == 1)
        (project / "apps/part.py").write_text("WORD = 'mended'\n")
        assert soon(lambda: log.read_text().count("Conflicting migrations\nIt does not load.") == 2)


@pytest.mark.parametrize(
    ("ending", "code"), [("raise SystemExit(75)", 75), ("import os; os.kill(os.getpid(), 9)", 137)]
)
def test_what_no_save_can_mend_ends_it(project: Path, ending: str, code: int) -> None:
    with developing(project, script=ending) as (process, _):
        assert process.wait(10) == code


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_command_that_is_asked_to_end_gets_its_time(project: Path, number: int) -> None:
    script = """
import signal, sys, time
def end(*_):
    time.sleep(1); print("finished", flush=True); sys.exit(0)
signal.signal(signal.SIGINT, end)
print("runs", flush=True)
while True: time.sleep(0.1)
"""
    with developing(project, "--patience", "30", script=script) as (process, log):
        assert soon(lambda: "runs\n" in log.read_text())
        process.send_signal(number)
        assert process.wait(10) == 0
        assert log.read_text() == "runs\nfinished\n"


def test_a_command_that_does_not_end_is_ended(project: Path) -> None:
    script = """
import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
print("runs", flush=True)
time.sleep(60)
"""
    with developing(project, "--patience", "0.2", script=script) as (process, log):
        assert soon(lambda: "runs\n" in log.read_text())
        process.terminate()
        assert process.wait(10) == 137
