"""`hedgerow resume --reason …`: act again on what still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from streams.commands.given import settings_option
from streams.commands.halt import told
from streams.commands.rails import place_option
from streams.commands.wishes import reason_option
from streams.wire.orders import Verb

if TYPE_CHECKING:
    from pathlib import Path


@click.command("resume")
@place_option
@reason_option
@settings_option
def resume_command(folder: Path | None, reason: str, settings_file: Path | None) -> None:
    """Take a halt back: what has not ended meanwhile is in force again, at once."""
    told(Verb.RESUME, folder, reason, settings_file)
