"""`hedgerow detectors`: print what the detectors say of themselves."""

from __future__ import annotations

import inspect
import json
import sys
from typing import TYPE_CHECKING

import click
from rich import box
from rich.table import Table

from streams.commands.terminal import console
from streams.settings import HEARD

if TYPE_CHECKING:
    from detectors.base import Detector

WORDS = ("Catches", "Misses", "Innocent")


def described(detector: Detector) -> dict[str, str | float]:
    """Read one detector's docstring."""
    lines = (inspect.getdoc(sys.modules[type(detector).__module__]) or "").splitlines()
    said = {
        word: line.removeprefix(f"{word}: ")
        for word in WORDS
        for line in lines
        if line.startswith(f"{word}: ")
    }
    return {
        "name": detector.name,
        "family": detector.family.value,
        "weight": detector.weight,
        **{word.lower(): said[word] for word in WORDS},
    }


@click.command("detectors")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def detectors_command(*, as_json: bool) -> None:
    """Say what each detector catches, misses and must spare, and what it weighs (nats)."""
    rows = [described(detector) for detector in HEARD]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    table = Table("detector", "family", "nats", *WORDS, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    console().print(table)
