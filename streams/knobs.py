"""Knobs: override the fields of a dataclass from a TOML table, and say precisely what is wrong."""

from __future__ import annotations

from dataclasses import fields, replace
from difflib import get_close_matches
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")

# What TOML may hold for a field, by the field's annotation.
FITS: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "str": (str,),
}
LISTS = {f"tuple[{kind}, ...]": kind for kind in FITS}


def turned(default: T, table: object, place: str) -> T:
    """Copy a dataclass with the fields that *table* names replaced.

    *place* is what to call the table in errors. ValueError says which key, what was seen, what is
    known and what was probably meant.
    """
    kinds = knobs(default)
    given = as_table(table, place)
    check_known(given, kinds, place)
    fitted = {key: fit(value, kinds[key], f"{place}.{key}") for key, value in given.items()}
    changed = replace(default, **fitted)  # type: ignore[type-var]
    check_ramps({name: getattr(changed, name) for name in kinds}, place)
    return changed


def told(values: object) -> dict[str, object]:
    """List what a dataclass is set to; 150 and 150.0 are the same where a float is meant."""
    return {
        name: float(value) if kind == "float" else value
        for name, kind in knobs(values).items()
        for value in [getattr(values, name)]
    }


def knobs(values: object) -> dict[str, str]:
    """List the fields of a dataclass that TOML can hold, with their annotations."""
    kinds = {f.name: str(f.type) for f in fields(values)}  # type: ignore[arg-type]
    return {name: kind for name, kind in kinds.items() if kind in FITS or kind in LISTS}


def as_table(value: object, place: str) -> Mapping[str, Any]:
    """Take a TOML table for what it is."""
    if isinstance(value, dict):
        return value
    msg = f"{place}: expected a table, saw {value!r}"
    raise ValueError(msg)


def check_known(given: Iterable[str], known: Iterable[str], place: str) -> None:
    """Refuse a key that nobody reads."""
    known = list(known)
    for key in given:
        if key not in known:
            near = get_close_matches(key, known, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            msg = f"{place}.{key}: unknown key{hint}; known here: {', '.join(known)}"
            raise ValueError(msg)


def fit(value: object, kind: str, place: str) -> Any:  # noqa: ANN401 - what the field holds
    """Turn what TOML holds into what the field holds."""
    if kind in LISTS and isinstance(value, list):
        return tuple(fit(item, LISTS[kind], place) for item in value)
    fits = isinstance(value, FITS.get(kind, ())) and isinstance(value, bool) == (kind == "bool")
    if not fits:
        msg = f"{place}: expected {kind}, saw {value!r}"
        raise ValueError(msg)
    if isinstance(value, int | float) and not (isfinite(value) and value >= 0):
        msg = f"{place}: expected a number from 0 up, saw {value!r}"
        raise ValueError(msg)
    return float(value) if kind == "float" else value  # type: ignore[arg-type]  # checked above


def check_ramps(values: Mapping[str, Any], place: str) -> None:
    """Refuse a ramp that rises nowhere."""
    for name, value in values.items():
        certain = name.replace("doubtful", "certain")
        if certain != name and values.get(certain) == value:
            msg = f"{place}.{name}: must differ from {certain}, both are {value!r}"
            raise ValueError(msg)
