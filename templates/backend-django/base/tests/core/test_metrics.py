"""Numbers for Prometheus: by route and not by path, of all processes together, and none of it without METRICS=1."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.request import urlopen

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from apps.core import metrics
from tests.test_settings import python, read


class Beside(metrics.Collector):
    """What a part of the project adds."""

    def collect(self) -> Iterator[metrics.GaugeMetricFamily]:
        yield metrics.GaugeMetricFamily("beside", "", value=1)


def counted(label: str) -> float:
    """As Prometheus reads it. The folder may hold what an earlier run has counted."""
    with urlopen(f"http://127.0.0.1:{metrics.serve(Beside(), port=0)}/metrics", timeout=5) as answer:
        text = bytes(answer.read()).decode()
    assert "\nbeside 1.0\n" in text
    row = re.search(rf"^http_request_duration_seconds_count{{{label}}} (\S+)$", text, re.MULTILINE)
    return float(row[1]) if row else 0


@pytest.mark.parametrize(
    ("method", "path", "label"),
    [
        ("GET", "/api/v1/health/live/", 'method="GET",route="health-live",status="418"'),
        ("BREW", "/nobody-knows-me", 'method="other",route="none",status="418"'),
    ],
)
def test_what_a_client_may_choose_makes_no_row(method: str, path: str, label: str) -> None:
    request = RequestFactory().generic(method, path)
    request.resolver_match = resolve(path) if path.startswith("/api/") else None
    during: list[Any] = []

    def answer(_: Any) -> HttpResponse:
        during.append(next(iter(metrics.IN_PROGRESS.collect())).samples[0].value)
        return HttpResponse(status=HTTPStatus.IM_A_TEAPOT)

    before = counted(label)
    metrics.MetricsMiddleware(answer)(request)
    assert during == [1]
    assert counted(label) == before + 1


def test_a_process_that_ended_is_at_nothing() -> None:
    file = metrics.FOLDER / "gauge_livesum_4711.db"
    file.touch()
    metrics.forget(4711)
    assert not file.exists()


@pytest.mark.slow
@pytest.mark.parametrize("chosen", ["0", "1"])
def test_one_variable_brings_it(chosen: str) -> None:
    assert read(METRICS=chosen).MIDDLEWARE.count("apps.core.metrics.MetricsMiddleware") == int(chosen)
    code = "import django; django.setup(); from config.wsgi import application; import sys"
    done = python("-c", f"{code}; print('prometheus_client' in sys.modules)", METRICS=chosen)
    assert done.stdout.strip() == str(chosen == "1"), done.stderr
