"""Traces, by OpenTelemetry's own variables: OTEL_EXPORTER_OTLP_ENDPOINT is all it takes. Without it nothing of this is
imported. Whatever is installed beside a package `opentelemetry-instrumentation-…` for it has spans."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import entry_points
from typing import Any

from django.conf import settings
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import Event, ReadableSpan, Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.trace import SpanKind, Status

from apps.core import request_id
from apps.core.redaction import redact

# By the older names and by those that OTEL_SEMCONV_STABILITY_OPT_IN brings.
ADDRESSES = frozenset({"http.url", "http.target", "url.full"})
QUERY = "url.query"


class RequestIds(SpanProcessor):
    """On every span the id that is in the log, of a request as of the tasks that it started."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        if (current := request_id.current()) is not None:
            span.set_attribute("request_id", current)


class Exporter(OTLPSpanExporter):
    """Where to, with which headers and how patiently: the library reads the variables itself."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        batch = list(told(spans))
        return super().export(batch) if batch else SpanExportResult.SUCCESS


def told(spans: Iterable[ReadableSpan]) -> Iterable[ReadableSpan]:
    """Not what asks a server for nobody: health's probes, and who waits for messages."""
    return (without_secrets(span) for span in spans if span.parent or span.kind is not SpanKind.CLIENT)


def without_secrets(span: ReadableSpan) -> ReadableSpan:
    """A trace tells no more than the log does."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=masked(span.attributes),
        events=[Event(event.name, masked(event.attributes), event.timestamp) for event in span.events],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code, masked({"": span.status.description or ""})[""] or None),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def masked(attributes: Mapping[str, Any] | None) -> dict[str, Any]:
    """A query may hold a token."""
    values = {
        name: value.partition("?")[0] if name in ADDRESSES else value
        for name, value in (attributes or {}).items()
        if name != QUERY
    }
    return dict(redact(None, "", values))


def begin() -> TracerProvider:
    """In each process of its own, after the fork, and before Django loads its middleware.

    Returns what a process that ends without Python's own `atexit` has to shut down, or its last spans are lost.
    """
    provider = TracerProvider()
    provider.add_span_processor(RequestIds())
    provider.add_span_processor(BatchSpanProcessor(Exporter()))
    trace.set_tracer_provider(provider)
    # Within the layer that knows the request's id; probes are not told of, as in the log.
    within = settings.MIDDLEWARE.index("apps.core.middleware.RequestLogMiddleware") + 1
    options = {"django": {"middleware_position": within, "excluded_urls": f"{settings.API_PREFIX}/health/"}}
    for library in entry_points(group="opentelemetry_instrumentor"):
        library.load()().instrument(**options.get(library.name, {}))
    return provider
