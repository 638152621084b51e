"""Keyring: the file of keys; it is replaced whole, and read again when it has changed."""

from __future__ import annotations

import re
import secrets  # noqa: TID251 - this is what they are for
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from typing import TYPE_CHECKING

import msgspec

from streams.outputs import replace_file
from streams.records import ENCODER
from streams.serving.keys import MARK, Key, Role, digest
from streams.watchedfile import WatchedFile
from streams.wire.orders import instant, milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
OTHERS_WRITE = 0o022
PRIVATE = 0o600


class Keyring:
    """Keys by id, as they stand in a file."""

    def __init__(self, path: Path) -> None:
        """Read them; OSError, ValueError where that cannot be."""
        self._watched, self._keys, self.path = WatchedFile.of(path), read(path), path

    def keys(self) -> Mapping[str, Key]:
        """Give them as they are now; a file that cannot be read any more opens nothing."""
        if self._watched.changed():
            try:
                self._keys = read(self.path)
            except (OSError, ValueError):
                self._keys = {}
        return self._keys


def read(path: Path) -> dict[str, Key]:
    """Read keys; ValueError says what is wrong with the file."""
    if path.stat().st_mode & OTHERS_WRITE:
        msg = f"{path}: other users can write to it, and so make keys: chmod 600"
        raise ValueError(msg)
    try:
        found = msgspec.json.Decoder(Key).decode_lines(path.read_bytes())
        return {key.id: checked(key) for key in found}
    except (msgspec.DecodeError, ValueError) as error:
        msg = f"{path}: {error}"
        raise ValueError(msg) from None


def checked(key: Key) -> Key:
    """Refuse a key that nobody can have made."""
    if len(bytes.fromhex(key.salt)) != 16 or not key.hash.isascii():
        msg = f"key {key.id!r}: expected a salt of 16 bytes and a hash"
        raise ValueError(msg)
    if key.expires:
        milliseconds(key.expires)
    return key


@contextmanager
def changing(path: Path) -> Iterator[dict[str, Key]]:
    """Change keys while nobody else does; what the dict holds afterwards is written."""
    with path.with_name(f".{path.name}.lock").open("ab") as lock:
        flock(lock, LOCK_EX)
        keys = read(path) if path.exists() else {}
        yield keys
        replace_file(path, ENCODER.encode_lines(list(keys.values())), mode=PRIVATE)


def made(name: str, role: Role, at: int, expires: int | None = None) -> tuple[Key, str]:
    """Make a key, and the text that shows it; times in milliseconds since 1970 UTC."""
    if not NAME.fullmatch(name):
        msg = f"expected a name of letters, digits and . _ @ -, 64 at most, saw {name[:80]!r}"
        raise ValueError(msg)
    identity, salt = secrets.token_hex(4), secrets.token_hex(16)
    secret = secrets.token_urlsafe(32)
    end = None if expires is None else instant(expires)
    key = Key(identity, name, role, salt, digest(secret, salt), instant(at), end)
    return key, f"{MARK}_{identity}_{secret}"


def named(keys: Mapping[str, Key], name: str, at: int) -> list[Key]:
    """Find those that open anything, by id or by name; KeyError: there is none."""
    found = [key for key in keys.values() if name in {key.id, key.name} and key.holds(at)]
    if not found:
        raise KeyError(name)
    return found


def rotated(keys: dict[str, Key], name: str, at: int, overlap: int) -> tuple[Key, str]:
    """Make a key in the place of others, which hold on for so many milliseconds at most."""
    former = named(keys, name, at)
    if len({(key.name, key.role) for key in former}) > 1:
        msg = f"{name} has keys of several roles: give the id of one"
        raise ValueError(msg)
    key, text = made(former[0].name, former[0].role, at)
    for each in former:
        last = at + overlap
        ends = min(last, milliseconds(each.expires)) if each.expires else last
        keys[each.id] = msgspec.structs.replace(each, expires=instant(ends))
    keys[key.id] = key
    return key, text


def revoke(keys: dict[str, Key], name: str, at: int) -> list[Key]:
    """Let keys open nothing from now on; give them."""
    found = named(keys, name, at)
    for each in found:
        keys[each.id] = msgspec.structs.replace(each, revoked=instant(at))
    return found
