"""Keys: who may ask. A file holds a hash of each key, never a key."""

from __future__ import annotations

from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Protocol

DIGITS = 64  # of a SHA-256 in hexadecimal


class Keys(Protocol):
    """Whatever knows which key may do what."""

    def allows(self, key: str, scope: str) -> bool:
        """Tell whether a key may be used for a purpose, such as "bouncer"."""


class Keyfile:
    """A file with a line for each key: its SHA-256 in hexadecimal, then a name for people.

    That is what `sha256sum` prints. Keys are random and long, so a slow hash would protect nothing.
    """

    def __init__(self, path: str, place: str = "crowdsec.keys_file") -> None:
        """Read the keys; *place* is the setting that names the file, for the ValueError."""
        try:
            lines = Path(path).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            msg = f"{place}: cannot read {path}: {error}"
            raise ValueError(msg) from None
        told = [(at, line.split()[0]) for at, line in enumerate(lines, 1) if is_told(line)]
        for at, digits in told:
            if len(digits) != DIGITS or not set(digits) <= set("0123456789abcdef"):
                msg = f"{place}: {path}, line {at}: expected a SHA-256, as `sha256sum` prints it"
                raise ValueError(msg)
        self._hashes = tuple(digits.encode() for _, digits in told)

    def allows(self, key: str, scope: str) -> bool:
        """Tell whether a key is one of the file, in the same time for all; it is for bouncers."""
        given = fingerprint(key).encode()
        found = [compare_digest(given, known) for known in self._hashes]
        return scope == "bouncer" and any(found)


def is_told(line: str) -> bool:
    """Tell a key from an empty line or a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def fingerprint(key: str) -> str:
    """Name a key so that nobody can use it."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
