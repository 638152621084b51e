"""A real Prometheus on a free loopback port that scrapes what a test says, every half second."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.services.ports import HOST, answered, free_port, until
from tests.services.process import Process
from tests.services.programs import found, needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NEEDS_PROMETHEUS = needs("prometheus", "promtool")
CONFIGURATION = """
global: {{scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}}
rule_files: {rules}
scrape_configs:
  - job_name: hedgerow
    static_configs: [{{targets: {targets}}}]
"""


@dataclass(slots=True)
class PrometheusServer:
    """A server with its data in a folder; *configuration* is the whole prometheus.yml."""

    folder: Path
    configuration: str
    port: int = field(default_factory=free_port)
    process: Process = field(init=False)

    def __post_init__(self) -> None:
        """Lay out its folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "prometheus.yml").write_text(self.configuration)
        command = [str(found("prometheus")), "--config.file=prometheus.yml"]
        command += ["--storage.tsdb.path=data", f"--web.listen-address={HOST}:{self.port}"]
        self.process = Process(command, self.folder)

    @property
    def url(self) -> str:
        """Say where it is."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers queries."""
        answered(self.port, self.process.start())
        until(self._ready, f"Prometheus at {self.url}")

    def stop(self) -> None:
        """End it as an init system does."""
        self.process.stop()

    def query(self, expression: str) -> list[dict[str, Any]]:
        """Ask for the value of an expression now: a list of {"metric": labels, "value": [t, v]}."""
        found: list[dict[str, Any]] = self.asked("query", query=expression)["result"]
        return found

    def asked(self, what: str, **parameters: str) -> Any:  # noqa: ANN401 - as many shapes as paths
        """Ask /api/v1/*what* and return its data, such as `targets`, `alerts` or `rules`."""
        with urlopen(f"{self.url}/api/v1/{what}?{urlencode(parameters)}", timeout=10) as answer:  # noqa: S310 - on loopback
            return json.load(answer)["data"]

    def _ready(self) -> bool:
        with suppress(OSError), urlopen(f"{self.url}/-/ready", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
        return False


def scrape(targets: Sequence[str], rules: Sequence[Path] = ()) -> str:
    """Write a prometheus.yml for *targets* (host:port), read by files of *rules*."""
    listed = [str(path) for path in rules]
    return CONFIGURATION.format(targets=json.dumps(list(targets)), rules=json.dumps(listed))


@contextmanager
def prometheus(folder: Path, configuration: str) -> Iterator[PrometheusServer]:
    """Run a Prometheus for one test."""
    server = PrometheusServer(folder, configuration)
    try:
        server.start()
        yield server
    finally:
        server.stop()
