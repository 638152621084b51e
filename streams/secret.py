"""Secret: read a password from the file that holds it, which nobody else should read."""

from __future__ import annotations

from pathlib import Path

LONGEST = 4096  # bytes; a file that is longer is no password


def secret(path: str, place: str) -> str:
    """Read a password, without the line end that editors leave.

    *place* is the setting that names the file, for the ValueError where it holds none.
    """
    if not path:
        msg = f"{place}: names no file; it holds the password and nothing else"
        raise ValueError(msg)
    try:
        with Path(path).open("rb") as file:
            held = file.read(LONGEST + 1)
    except OSError as error:
        msg = f"{place}: cannot read {path}: {error.strerror}"
        raise ValueError(msg) from None
    password = held.removesuffix(b"\n").removesuffix(b"\r")
    if not password or len(held) > LONGEST or b"\n" in password:
        msg = f"{place}: {path} does not hold one line, a password"
        raise ValueError(msg)
    try:
        return password.decode()
    except UnicodeDecodeError:
        msg = f"{place}: {path} is no UTF-8 text"
        raise ValueError(msg) from None


def exposed(path: str) -> bool:
    """Tell whether any user of this machine can read a file; no error, but worth a word."""
    try:
        return bool(path) and bool(Path(path).stat().st_mode & 0o004)
    except OSError:
        return False
