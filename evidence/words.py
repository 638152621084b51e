"""Words: how numbers, times and strangers' texts are written for people."""

from __future__ import annotations

from datetime import UTC, datetime

UNITS = ("bytes", "kB", "MB", "GB", "TB")
LONG = 300  # characters of a stranger's text that are shown


def dated(seconds: float) -> str:
    """Write an event time, seconds since 1970 UTC: "2026-11-24 12:00:00"."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


def counted(number: float, thing: str) -> str:
    """Write "1 picture", "2,000 pictures"."""
    plural = thing if round(number) == 1 else f"{thing}s"
    return f"{number:,.0f} {plural}"


def percent(part: float, whole: float) -> str:
    """Write a share; of nothing it is none."""
    share = 100 * part / whole if whole else 0.0
    return f"{share:.0f} %" if share >= 10 or share == 0 else f"{share:.2g} %"


def size(count: float) -> str:
    """Write a number of bytes in decimal units."""
    unit = 0
    while count >= 1000 and unit < len(UNITS) - 1:
        count, unit = count / 1000, unit + 1
    return f"{count:.3g} {UNITS[unit]}"


def lasting(seconds: float) -> str:
    """Write a duration in its largest fitting unit."""
    for span, unit in ((31_557_600, "year"), (86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= span:
            return f"{seconds / span:.3g} {unit}{'' if seconds == span else 's'}"
    return counted(seconds, "second")


def clipped(text: bytes | str, most: int = LONG) -> str:
    """Show a stranger's text: what is no text or no print is escaped, what is too long is cut."""
    plain = text.decode("utf-8", "backslashreplace") if isinstance(text, bytes) else text
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in plain)
    return shown if len(shown) <= most else f"{shown[:most]}…"
