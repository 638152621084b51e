"""Loading: get what a file that `site.toml` names holds, and say so where it is something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from access.site.columns import needed, numbers_of
from access.site.systems import Systems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    from access.site.file import Lookups
    from access.site.origins import Origin

    Held: TypeAlias = pa.Table | list[str] | bytes | Mapping[str, Origin]
    Load: TypeAlias = Callable[[str], Held]


def table_in(name: str, load: Load | None) -> pa.Table:
    """Get the table in the file called *name*."""
    table = held(name, load)
    if isinstance(table, list | bytes | dict):
        msg = f"a table was expected in {name!r}, not a list"
        raise ValueError(msg)  # noqa: TRY004 - the operator named the wrong file
    return table


def lines_in(name: str, load: Load | None) -> list[str]:
    """Get the list in the file called *name*."""
    lines = held(name, load)
    if not isinstance(lines, list):
        msg = f"a list was expected in {name!r}, one entry a line"
        raise ValueError(msg)  # noqa: TRY004 - as above
    return lines


def systems_of(lookups: Lookups, load: Load | None) -> Systems:
    """Read whose networks addresses are in, if the site names a file that says so."""
    if not lookups.systems:
        return Systems.nowhere()
    data = held(lookups.systems, load)
    if not isinstance(data, bytes):
        msg = f"lookups.systems: expected a file called ….mmdb, saw {lookups.systems!r}"
        raise ValueError(msg)  # noqa: TRY004 - as above
    try:
        return Systems.of(data, _hosters(lookups.hosters, load))
    except ValueError as error:
        msg = f"lookups: {lookups.systems!r}: {error}"
        raise ValueError(msg) from None


def _hosters(name: str, load: Load | None) -> list[int]:
    """Read the numbers of systems that rent out machines: a list, or a table's column asn."""
    if not name:
        return []
    found = held(name, load)
    if isinstance(found, list):
        return [_system(text, name) for text in found]
    table = table_in(name, load)
    table = table.rename_columns([column.lower() for column in table.column_names])
    needed(table, "asn")
    return [int(number) for number in numbers_of(table, "asn").tolist()]


def _system(text: str, name: str) -> int:
    number = text.upper().removeprefix("AS")
    if not (number.isascii() and number.isdigit() and int(number) < 1 << 32):
        msg = f"{name!r}: expected the number of a system, 64500 or AS64500, saw {text!r}"
        raise ValueError(msg)
    return int(number)


def held(name: str, load: Load | None) -> Held:
    """Get what the file called *name* holds."""
    if load is None:
        msg = f"site.toml names the file {name!r}, but files cannot be read here"
        raise ValueError(msg)
    return load(name)
