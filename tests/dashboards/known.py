"""What can be asked for: the series that Hedgerow and Prometheus tell, with their labels."""

from __future__ import annotations

from prometheus_client import Counter, Histogram, Info
from promql_parser import AggregateExpr, Matcher, MatchOp

from streams.meter import PREFIX
from streams.metrics import METRICS
from tests.dashboards.queries import nodes, recordings

SCRAPED = {"job", "instance"}  # Prometheus adds them to everything
JOBS = {"hedgerow", "hedgerow-serve"}  # of deploy/prometheus/prometheus.yml
GIVEN = {
    "up": SCRAPED,
    "process_start_time_seconds": SCRAPED,
    "process_resident_memory_bytes": SCRAPED,
    "process_cpu_seconds_total": SCRAPED,
}
ENDINGS = {
    Counter: ("_total",),
    Histogram: ("_bucket", "_sum", "_count"),
    Info: ("_info",),
}


def series_of(name: str) -> list[str]:
    """List the series of a metric, by name."""
    return [f"{PREFIX}_{name}{ending}" for ending in ENDINGS.get(METRICS[name].kind, ("",))]


METRIC = {series: name for name in METRICS for series in series_of(name)}


def recorded() -> dict[str, set[str]]:
    """Tell the labels of what is recorded: those it is grouped by, but for a histogram's own."""
    return {
        rule.what: {
            label
            for node in nodes(rule)
            if isinstance(node, AggregateExpr) and node.modifier is not None
            for label in node.modifier.labels
        }
        - {"le"}
        for rule in recordings()
    }


def labels_of(series: str) -> set[str]:
    """Tell the labels of a series; KeyError where there is none of that name."""
    if series not in METRIC:
        return (GIVEN | recorded())[series]
    own = set(METRICS[METRIC[series]].labels)
    return own | SCRAPED | ({"le"} if series.endswith("_bucket") else set())


def impossible(series: str, matcher: Matcher) -> set[str]:
    """Say which values a matcher looks for that its label never has."""
    if matcher.value in (".+", "hedgerow.*"):
        return set()
    values = METRICS[METRIC[series]].labels.get(matcher.name) if series in METRIC else None
    known = JOBS if matcher.name == "job" else set(values if isinstance(values, tuple) else ())
    wanted = matcher.value.split("|") if matcher.op is MatchOp.Re else [matcher.value]
    return set(wanted) - known
