"""Scraping: what deploy/ gives Prometheus, with targets of a test, and in a hurry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from tests.dashboards.queries import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

OFTEN = "1s"
PATIENCE = re.compile(r"^(\s+for:) \S+", re.MULTILINE)  # of an alert


def deployed(folder: Path, targets: Mapping[str, Sequence[str]]) -> str:
    """Write prometheus.yml for *targets* (host:port) by job; nothing else differs but how often.

    Rules are copied to *folder*; alerts wait for a second only.
    """
    told: dict[str, Any] = yaml.safe_load((RULES / "prometheus.yml").read_text("utf-8"))
    often = ("scrape_interval", "scrape_timeout", "evaluation_interval")
    told["global"] = dict.fromkeys(often, OFTEN)
    told["rule_files"] = [hasty(folder, file) for file in told["rule_files"]]
    told["scrape_configs"] = [
        job | {"static_configs": [{"targets": list(targets[job["job_name"]])}]}
        for job in told["scrape_configs"]
        if job.pop("dns_sd_configs", None)
    ]
    return yaml.safe_dump(told)


def hasty(folder: Path, file: str) -> str:
    """Copy rules, so that alerts fire at once; say where."""
    copy = folder / file
    copy.write_text(PATIENCE.sub(rf"\1 {OFTEN}", (RULES / file).read_text("utf-8")))
    return str(copy)
