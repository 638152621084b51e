"""Run the front door as `python -m streams.commands`, where no script is installed."""

from __future__ import annotations

from streams.commands import main

main(prog_name="hedgerow")
