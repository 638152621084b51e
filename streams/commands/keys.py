"""`hedgerow keys create|list|rotate|revoke`: say who may ask `hedgerow serve` for what."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence.audit import Deed
from streams.auditing import AuditFile
from streams.commands import Failure, Mistake
from streams.commands.durations import given_duration
from streams.commands.given import denied, settings_option
from streams.commands.live import given_live
from streams.commands.wishes import instant_now, user
from streams.serving.keyring import changing, made, read, revoke, rotated
from streams.serving.keys import Key, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.admission import Admission

ONCE = "This is shown once; what is kept is a hash of it."


@click.group("keys")
def keys_command() -> None:
    """Make and list keys, replace and revoke them.

    They stand, hashed, in admission.keys_file. A change holds at once, without a restart. Where
    admission.audit_file is set, it is written down who made it.
    """


@keys_command.command("create")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", required=True, help="Of the person or machine; orders will say it.")
@click.option("--expires", callback=given_duration, help="After how long: 24h, 2160h; else never.")
@settings_option
def create_command(role: str, name: str, expires: int | None, settings_file: Path | None) -> None:
    """Make a key, and show it, once."""
    admission, now = given_admission(settings_file), instant_now()
    with given_keys(admission) as keys:
        key, text = made(name, Role(role), now, None if expires is None else now + expires)
        keys[key.id] = key
    note(admission, "create key", key)
    show(text)


@keys_command.command("list")
@settings_option
def list_command(settings_file: Path | None) -> None:
    """List keys, without their secrets."""
    admission, now = given_admission(settings_file), instant_now()
    with worded(admission):
        keys = read(Path(admission.keys_file))
    for key in keys.values():
        click.echo(f"{key.id}  {key.role:8}  {key.name}  since {key.created}  {fate(key, now)}")


@keys_command.command("rotate")
@click.argument("name", metavar="NAME|ID")
@click.option(
    "--overlap",
    default="24h",
    show_default=True,
    callback=given_duration,
    help="How long the former key still opens.",
)
@settings_option
def rotate_command(name: str, overlap: int, settings_file: Path | None) -> None:
    """Make a new key of the same name and role, and show it, once."""
    admission = given_admission(settings_file)
    with given_keys(admission) as keys:
        key, text = rotated(keys, name, instant_now(), overlap)
    note(admission, "rotate key", key)
    show(text)


@keys_command.command("revoke")
@click.argument("name", metavar="NAME|ID")
@settings_option
def revoke_command(name: str, settings_file: Path | None) -> None:
    """Let keys of this name or id open nothing any more, at once."""
    admission = given_admission(settings_file)
    with given_keys(admission) as keys:
        gone = revoke(keys, name, instant_now())
    for key in gone:
        note(admission, "revoke key", key)
        click.echo(f"{key.id} of {key.name} opens nothing any more.")


def given_admission(settings_file: Path | None) -> Admission:
    """Read where keys stand."""
    admission = given_live(settings_file).admission
    if not admission.keys_file:
        msg = "admission.keys_file names no file: say in the settings where keys shall stand"
        raise Mistake(msg)
    return admission


@contextmanager
def given_keys(admission: Admission) -> Iterator[dict[str, Key]]:
    """Change keys, or say in one line why that cannot be."""
    with worded(admission), changing(Path(admission.keys_file)) as keys:
        yield keys


@contextmanager
def worded(admission: Admission) -> Iterator[None]:
    """Say in one line what is wrong."""
    try:
        yield
    except KeyError as error:
        msg = f"no key of this name or id opens anything: {error.args[0]}"
        raise Mistake(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None
    except OSError as error:
        raise Failure(denied(error.filename or admission.keys_file, error, "write")) from None


def note(admission: Admission, what: str, key: Key) -> None:
    """Write down who did it."""
    if admission.audit_file:
        now = lambda: instant_now() / 1000  # noqa: E731 - the file asks when it has its turn
        why = f"{key.role} key of {key.name}"
        AuditFile(Path(admission.audit_file), now).write(Deed(user(), "person", what, key.id, why))


def show(text: str) -> None:
    """Show a key where a pipe takes it, and say beside it that it is the only time."""
    click.echo(text)
    click.echo(ONCE, err=True)


def fate(key: Key, now: int) -> str:
    """Say until when a key opens."""
    if key.revoked:
        return f"revoked {key.revoked}"
    if not key.expires:
        return "opens until revoked"
    return f"opens until {key.expires}" if key.holds(now) else f"expired {key.expires}"
