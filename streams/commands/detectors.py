"""`hedgerow detectors`: print what the detectors say of themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from rich import box
from rich.table import Table

from evidence.portrait import PORTRAIT, portrait
from streams.commands.terminal import console
from streams.settings import HEARD

if TYPE_CHECKING:
    from detectors.base import Detector


def described(detector: Detector) -> dict[str, str | float]:
    """Read one detector's docstring."""
    return {
        "name": detector.name,
        "family": detector.family.value,
        "weight": detector.weight,
        **{word.lower(): rest for word, rest in portrait(detector).items()},
    }


@click.command("detectors")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def detectors_command(*, as_json: bool) -> None:
    """Say what each detector catches, misses and must spare, and what it weighs (nats)."""
    rows = [described(detector) for detector in HEARD]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    table = Table("detector", "family", "nats", *PORTRAIT, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    console().print(table)
