"""Given: turn what was typed into what the program works on, or say in one line what is wrong."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.commands import Failure, Mistake
from streams.crawlerfile import CrawlerFile
from streams.follow import Follower
from streams.followed import Followed
from streams.settings import Settings
from streams.sitefiles import read_site
from streams.sources import PARQUET, open_source
from streams.unfolding import MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from access.site import Site
    from streams.sources import Source
    from streams.stopping import Stop

PATH = click.Path(path_type=Path)
LOG = click.Path(allow_dash=True)  # so that shells complete file names


def given_place(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    """Refuse a file where a folder is meant; it need not be there yet."""
    if path and path.exists() and not path.is_dir():
        msg = f"{path} is a file; name a folder"
        raise click.BadParameter(msg)
    return path


site_option = click.option(
    "--site", "site_file", type=PATH, help="What the platform says of itself (site.toml)."
)
settings_option = click.option(
    "--settings", "settings_file", type=PATH, help="Thresholds, trust, pardons (settings.toml)."
)
folder_option = click.option(
    "--in",
    "folder",
    type=PATH,
    required=True,
    callback=given_place,
    help="The folder that replay or guard wrote.",
)


@contextmanager
def given_folder(folder: Path, verb: str = "read") -> Iterator[None]:
    """Say in one line if the folder is not what a replay or a guard leaves, or cannot be written.

    *verb* is what is done there: read or write.
    """
    try:
        yield
    except OSError as error:
        raise Failure(denied(error.filename or folder, error, verb)) from None
    except ValueError as error:
        raise Failure(str(error)) from None


def given_source(name: str) -> Source:
    """Open an input."""
    try:
        return open_source(name)
    except OSError as error:
        raise Failure(denied(name, error)) from None


def given_log(path: Path) -> Path:
    """Check that a log can be followed, though it need not be there yet."""
    path = path.absolute()
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except FileNotFoundError:
        if path.parent.is_dir():
            return path
        msg = f"{path} cannot appear: {path.parent} is no folder; check the path"
        raise Failure(msg) from None
    except OSError as error:
        raise Failure(denied(path, error)) from None
    if head.startswith((*MAGIC, PARQUET)):
        msg = f"{path} is compressed, so nobody writes to it any more: use `hedgerow replay`"
        raise Mistake(msg)
    return path


def given_sources(names: Sequence[str], stop: Stop | None) -> list[Source]:
    """Open inputs; with *stop* the last is followed until then."""
    stored = [given_source(name) for name in (names[:-1] if stop else names)]
    if not stop:
        return [*stored]
    if names[-1] == "-":
        msg = "--follow: standard input cannot be followed, it ends when its writer ends"
        raise Mistake(msg)
    return [*stored, Followed(names[-1], Follower(given_log(Path(names[-1]))), stop)]


def given_settings(path: Path | None) -> Settings:
    """Read the settings, with those that they try on some; or take the defaults."""
    if path is None:
        return Settings()
    settings = read_settings(path)
    if not settings.canary.share:
        return settings
    trial = path.parent / settings.canary.file
    try:
        return settings.trying(read_settings(trial))
    except ValueError as error:
        msg = f"{trial}, named by canary.file in {path}: {error}"
        raise Mistake(msg) from None


def read_settings(path: Path) -> Settings:
    """Read one file of settings."""
    try:
        return Settings.from_toml(path.read_text("utf-8"), str(path))
    except OSError as error:
        raise Failure(denied(path, error)) from None
    except UnicodeDecodeError as error:
        seen = f"{error.object[error.start]:#04x} at byte {error.start + 1}"
        msg = f"{path}: expected text in UTF-8, saw {seen}"
        raise Mistake(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def given_site(path: Path | None) -> Site:
    """Read the site's description, or take the default."""
    try:
        return read_site(path)
    except OSError as error:
        raise Failure(denied(error.filename or path, error)) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def given_crawlers(path: Path) -> CrawlerFile:
    """Read from where known crawlers come; nothing is known where there is no file yet."""
    try:
        return CrawlerFile.read(path)
    except OSError as error:
        raise Failure(denied(path, error)) from None
    except ValueError as error:
        raise Failure(str(error)) from None


def denied(name: object, error: OSError, verb: str = "read") -> str:
    """Say that a file cannot be read or written, and what to look at."""
    hints = {
        FileNotFoundError: "check the path",
        PermissionError: f"run as a user who may {verb} it",
        IsADirectoryError: "name the log files in it",
    }
    hint = next((text for kind, text in hints.items() if isinstance(error, kind)), "")
    return f"cannot {verb} {name}: {error.strerror or error}{hint and f'; {hint}'}"
