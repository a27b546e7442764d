"""Traces: one variable away, none of it loaded without that, and no more in them than in the log."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from django.conf import settings
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from apps.core import request_id, tracing
from apps.core.reports import MASK
from tests.test_settings import python, read


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def tracer(spans: InMemorySpanExporter) -> trace.Tracer:
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(tracing.RequestIds())
    provider.add_span_processor(SimpleSpanProcessor(spans))
    return provider.get_tracer("tests")


def told(spans: InMemorySpanExporter) -> list[ReadableSpan]:
    return list(tracing.told(spans.get_finished_spans()))


@pytest.mark.parametrize("current", [None, "of-the-request"])
def test_the_requests_id_is_on_every_span(
    tracer: trace.Tracer, spans: InMemorySpanExporter, current: str | None
) -> None:
    if current:
        request_id.bind(current)
    with tracer.start_as_current_span("GET"), tracer.start_as_current_span("SELECT"):
        pass
    assert [(span.attributes or {}).get("request_id") for span in told(spans)] == [current, current]


def test_a_span_tells_no_more_than_the_log(tracer: trace.Tracer, spans: InMemorySpanExporter) -> None:
    secret = settings.SECRET_KEY
    attributes = {
        "http.url": "https://example.com/page/?token=of-the-query",
        "http.target": "/page/?token=of-the-query",
        "url.query": "token=of-the-query",
        "url.path": "/page/",
        "http.request.header.cookie": ["a=of-the-cookie"],
        "db.statement": f"SELECT '{secret}'",
    }
    with (
        pytest.raises(LookupError),
        tracer.start_as_current_span("GET page/", kind=SpanKind.SERVER, attributes=attributes),
    ):
        raise LookupError(secret)
    (span,) = told(spans)
    assert (span.name, span.kind, span.parent) == ("GET page/", SpanKind.SERVER, None)
    assert span.attributes == {
        "http.url": "https://example.com/page/",
        "http.target": "/page/",
        "url.path": "/page/",
        "http.request.header.cookie": MASK,
        "db.statement": f"SELECT '{MASK}'",
    }
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, f"LookupError: {MASK}")
    (event,) = span.events
    assert event.attributes is not None
    assert event.attributes["exception.message"] == MASK
    for private in (secret, "of-the-query", "of-the-cookie"):
        assert private not in span.to_json()


def test_who_asks_a_server_for_nobody_is_not_told_of(tracer: trace.Tracer, spans: InMemorySpanExporter) -> None:
    with tracer.start_as_current_span("PING", kind=SpanKind.CLIENT):
        pass
    with tracer.start_as_current_span("GET", kind=SpanKind.SERVER):
        tracer.start_span("SELECT", kind=SpanKind.CLIENT).end()
    assert [span.name for span in told(spans)] == ["SELECT", "GET"]


def test_what_is_sent_has_been_through_it(
    monkeypatch: pytest.MonkeyPatch, tracer: trace.Tracer, spans: InMemorySpanExporter
) -> None:
    sent: list[list[Any]] = []
    monkeypatch.setattr(OTLPSpanExporter, "export", lambda _, batch: sent.append([span.attributes for span in batch]))
    tracer.start_span("GET", attributes={"url.query": "token"}).end()
    tracing.Exporter().export(spans.get_finished_spans())
    assert sent == [[{}]]


def test_nothing_is_sent_of_nothing(
    monkeypatch: pytest.MonkeyPatch, tracer: trace.Tracer, spans: InMemorySpanExporter
) -> None:
    monkeypatch.delattr(OTLPSpanExporter, "export")
    tracer.start_span("PING", kind=SpanKind.CLIENT).end()
    assert tracing.Exporter().export(spans.get_finished_spans()) is SpanExportResult.SUCCESS


def test_all_that_is_installed_is_begun_with(monkeypatch: pytest.MonkeyPatch) -> None:
    django, other = Mock(), Mock()
    both = (("django", django), ("other", other))
    libraries = [SimpleNamespace(name=name, load=lambda it=it: it) for name, it in both]
    monkeypatch.setattr(tracing, "entry_points", lambda group: libraries)
    chosen: list[Any] = []
    monkeypatch.setattr(trace, "set_tracer_provider", chosen.append)
    provider = tracing.begin()
    assert chosen == [provider]
    other.return_value.instrument.assert_called_once_with()
    (options,) = [call.kwargs for call in django.return_value.instrument.call_args_list]
    assert settings.MIDDLEWARE[options["middleware_position"] - 1].endswith("RequestLogMiddleware")
    provider.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("chosen", [False, True])
def test_one_variable_brings_it(chosen: bool) -> None:
    address = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"} if chosen else {}
    assert read(**address).TRACES is chosen
    # What collects and sends. redis-py looks by itself whether the library's metrics are there.
    code = (
        "import gunicorn_config as c, sys; getattr(c, 'post_fork', lambda *_: None)(None, None);"
        "import django; django.setup(); from django.conf import settings; from config.wsgi import application;"
        "print(any(f'opentelemetry.{part}' in sys.modules for part in ('sdk.trace', 'exporter', 'instrumentation')),"
        " sum('opentelemetry' in name for name in settings.MIDDLEWARE))"
    )
    done = python("-c", code, **address)
    assert done.stdout.split() == [str(chosen), str(int(chosen))], done.stderr
