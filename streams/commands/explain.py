"""`hedgerow explain TARGET --in DIR`: why somebody was acted upon, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from actors.frame import Scope
from enforcement.targets import NAMED
from streams.commands.explained import show
from streams.commands.given import folder_option, given_settings, settings_option
from streams.commands.recorded import given_record
from streams.commands.terminal import console

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from enforcement.decision import Decision


@click.command("explain")
@click.argument("target")
@folder_option
@settings_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def explain_command(
    target: str, folder: Path, settings_file: Path | None, *, as_json: bool
) -> None:
    """Say why TARGET was acted upon, what would have changed that, and who came close.

    TARGET is an address, a CIDR, session:…, account:… or cohort:…. Give the settings that the run
    had.
    """
    settings = given_settings(settings_file)
    record = given_record(folder, settings)
    told = record.explain(named(target))
    if as_json:
        click.echo(msgspec.json.encode(told))
    else:
        show(told, scope_of(told.target, record.decisions), console())


def named(target: str) -> str:
    """Leave out what kind of target it is: a decision's own name of it does not say."""
    return target.removeprefix(next(filter(target.startswith, NAMED), ""))


def scope_of(target: str, decisions: Iterable[Decision]) -> Scope:
    """Say what a target is; one that nothing was decided about is shown as it was typed."""
    return next((d.scope for d in decisions if d.target == target), Scope.ADDRESS)
