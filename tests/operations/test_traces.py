"""Spans reach a real receiver of OTLP: a request, its statements, the engine, a job, each with the request's name."""

from __future__ import annotations

import gzip
import http.client
import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.faults.archive import Archive

ASKED = "reader-asked-0001"


class Collector(http.server.ThreadingHTTPServer):
    """Takes spans as a collector does: protobuf over HTTP."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.spans: list[Any] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1/traces"

    def named(self, name: str) -> list[dict[str, Any]]:
        """The attributes of the spans of a name, with `span`, `parent` and `trace`."""
        return [_told(one) for one in [*self.spans] if one.name == name]


class Taking(http.server.BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        sent = ExportTraceServiceRequest.FromString(body)
        self.server.spans += [span for one in sent.resource_spans for part in one.scope_spans for span in part.spans]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        pass


def _told(span: Any) -> dict[str, Any]:
    values = {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in span.attributes}
    return values | {"span": span.span_id.hex(), "parent": span.parent_span_id.hex(), "trace": span.trace_id.hex()}


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(archive: Archive, path: str, **headers: str) -> int:
    """The status of an answer to a request with headers of its own."""
    line = http.client.HTTPConnection(archive.bind, timeout=60)
    line.request("GET", path, headers={"X-Request-ID": ASKED, **headers})
    status = line.getresponse().status
    line.close()
    return status


def test_a_request_the_engine_heavy_work_and_a_job_are_spans(archive: Archive, collector: Collector) -> None:
    archive.always |= {"DIWAN_TRACES": collector.address, "DIWAN_LOG": "json", "OTEL_BSP_SCHEDULE_DELAY": "200"}
    archive.serve("manage.py", "serve")
    archive.until(lambda: archive.readiness()[1].get("indexed") == 45, "the index answers")
    trace, above = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    assert ask(archive, "/search/?q=%D9%82%D8%B7%D8%B1", traceparent=f"00-{trace}-{above}-01") == 200
    archive.until(
        lambda: [one for one in collector.named("GET") if one["trace"] == trace], "the request's span is there"
    )
    (request,) = [one for one in collector.named("GET") if one["trace"] == trace]
    assert request["parent"] == above and request["diwan.request"] == ASKED
    assert (request["http.route"], request["http.response.status_code"]) == ("search", 200)
    assert request["db.statements"] > 0 and request["db.seconds"] > 0
    archive.until(
        lambda: [one for one in collector.named("engine search") if one["trace"] == trace], "the engine's, too"
    )
    engine = next(one for one in collector.named("engine search") if one["trace"] == trace)
    assert (engine["parent"], engine["diwan.engine"]) == (request["span"], "embedded")
    assert "قطر" not in str([str(one) for one in collector.spans]), "what a reader asked for is in no span"

    assert ask(archive, "/search/export/?q=%D9%82%D8%B7%D8%B1&format=csv") == 200
    archive.until(lambda: collector.named("heavy work"), "heavy work in its own process is told")
    heavy = collector.named("heavy work")[0]
    assert heavy["diwan.request"] == ASKED
    archive.until(
        lambda: heavy["parent"] in {one["span"] for one in collector.named("GET")}, "the span of its request is there"
    )


def test_what_is_done_in_the_background_has_the_name_of_the_request_that_asked(
    archive: Archive, collector: Collector
) -> None:
    archive.always |= {"DIWAN_TRACES": collector.address, "DIWAN_LOG": "json", "OTEL_BSP_SCHEDULE_DELAY": "200"}
    archive.tell("withdraw_as_of_a_request", ASKED)
    archive.start("manage.py", "work", "--watch")
    archive.until(
        lambda: [one for one in collector.named("job") if one.get("diwan.request") == ASKED], "the job's span is there"
    )
    archive.until(lambda: '"job' in archive.log.read_text("utf-8") and ASKED in archive.log.read_text("utf-8"), "told")
    lines = [json.loads(line) for line in archive.log.read_text("utf-8").splitlines() if line.startswith("{")]
    (done,) = [line for line in lines if "(withdraw) is done" in line["message"]]
    assert done["request"] == ASKED


def test_an_archive_answers_while_its_receiver_is_away(archive: Archive) -> None:
    archive.always |= {"DIWAN_TRACES": "http://127.0.0.1:9/v1/traces"}
    archive.serve()
    for _time in range(5):
        assert archive.status("/search/?q=قطر") == 200
    archive.server.terminate()
    archive.server.wait(60)
    assert "Traceback" not in archive.log.read_text("utf-8")


def test_nothing_of_either_library_is_loaded_while_both_are_off(archive: Archive) -> None:
    loaded = archive.run(
        "-c",
        "import sys, config.wsgi; from config.warming import warm; warm(); "
        "print([n for n in sys.modules if n.startswith(('prometheus_client', 'opentelemetry.sdk'))])",
    )
    assert "[]" in loaded.splitlines()
    archive.serve()
    assert archive.status("/search/?q=قطر") == 200
    assert not (archive.folder / "metrics").exists()
