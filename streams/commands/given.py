"""Given: turn what was typed into what the program works on, or say in one line what is wrong."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.commands import Failure, Mistake
from streams.settings import Settings
from streams.sitefiles import read_site
from streams.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from access.site import Site
    from streams.sources import Source

PATH = click.Path(path_type=Path)

site_option = click.option(
    "--site", "site_file", type=PATH, help="What the platform says of itself (site.toml)."
)
settings_option = click.option(
    "--settings", "settings_file", type=PATH, help="Thresholds, trust, pardons (settings.toml)."
)
folder_option = click.option(
    "--in", "folder", type=PATH, required=True, help="The folder that replay or guard wrote."
)


@contextmanager
def given_folder(folder: Path) -> Iterator[None]:
    """Say in one line if the folder is not what a replay or a guard leaves."""
    try:
        yield
    except OSError as error:
        raise Failure(unreadable(error.filename or folder, error)) from None
    except ValueError as error:
        raise Failure(str(error)) from None


def given_source(name: str) -> Source:
    """Open an input."""
    try:
        return open_source(name)
    except OSError as error:
        raise Failure(unreadable(name, error)) from None


def given_settings(path: Path | None) -> Settings:
    """Read the settings, or take the defaults."""
    if path is None:
        return Settings()
    try:
        return Settings.from_toml(path.read_text("utf-8"), str(path))
    except OSError as error:
        raise Failure(unreadable(path, error)) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def given_site(path: Path | None) -> Site:
    """Read the site's description, or take the default."""
    try:
        return read_site(path)
    except OSError as error:
        raise Failure(unreadable(error.filename or path, error)) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def unreadable(name: object, error: OSError) -> str:
    """Say that a file cannot be read, and what to look at."""
    hints = {
        FileNotFoundError: "check the path",
        PermissionError: "run as a user who may read it",
        IsADirectoryError: "name the log files in it",
    }
    hint = next((text for kind, text in hints.items() if isinstance(error, kind)), "")
    return f"cannot read {name}: {error.strerror or error}{hint and f'; {hint}'}"
