"""Drafts: read a shape off one family of addresses, place by place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from access.suggest.places import SIZES, is_date, is_rendition, is_shard, is_token, suffix_separator
from access.suggest.sightings import WORDS, looks_like_rendition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from access.suggest.sightings import Sighting

LEAST = 10  # distinct values; fewer are no pictures
BIG = 4096  # bytes; answers below are icons or JSON


@dataclass(slots=True)
class Draft:
    """A shape while it is read; the texts are one per sighting."""

    seen: Sequence[Sighting]
    names: list[str]  # each folder as the pattern will say it
    heads: list[str]  # the picture's own text
    leaf: str = "{picture}"
    sizes: list[str] = field(default_factory=list)  # the rendition's text, if any
    query: dict[str, str] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)  # folders that hold names
    unique: bool = False  # the picture's own text is enough to know it

    @property
    def fixed(self) -> str:
        """Name the rendition that all of them are, where a folder says it."""
        return "" if self.sizes else next((WORDS[n] for n in self.names if n in WORDS), "")

    @property
    def path(self) -> str:
        """Write the pattern without its extension."""
        return "/" + "/".join((*self.names, self.leaf))


def rests(seen: Sequence[Sighting], k: int) -> list[tuple[object, ...]]:
    """Return each address without its folder *k*."""
    return [(s.folders[:k], s.folders[k + 1 :], s.stem) for s in seen]


def draft_of(seen: Sequence[Sighting]) -> Draft | None:
    """Read the shape of one family; None where it is none of pictures, ValueError if none fits."""
    draft = Draft(seen, [""] * len(seen[0].folders), [s.stem for s in seen])
    _read_folders(draft)
    _read_leaf(draft)
    _read_size_parameter(draft)
    if draft.open or len(set(draft.heads)) > 1:
        _name_folders(draft)
    elif not _read_picture_parameter(draft):
        return None
    if seen[0].guessed and not draft.sizes and max(s.size for s in seen) < BIG:
        return None
    return draft


def _read_folders(draft: Draft) -> None:
    """Find literals and the rendition; the other folders stay open."""
    for k in range(len(draft.names)):
        values = [s.folders[k] for s in draft.seen]
        if len(set(values)) == 1:
            draft.names[k] = values[0]
        elif not draft.sizes and is_rendition(values, rests(draft.seen, k)):
            draft.names[k], draft.sizes = "{rendition}", values
        else:
            draft.open.append(k)


def _read_leaf(draft: Draft) -> None:
    """Find a rendition at the end of the name."""
    separator = None if draft.sizes else suffix_separator(draft.heads)
    if separator:
        parts = [stem.rpartition(separator) for stem in draft.heads]
        draft.leaf = f"{{picture}}{separator}{{rendition}}"
        draft.heads, draft.sizes = [p[0] for p in parts], [p[2] for p in parts]


def _values(draft: Draft) -> dict[str, list[str]]:
    """Collect the values of each parameter, by sighting; empty where it is missing."""
    queries = [dict(s.query) for s in draft.seen]
    names = sorted({name for query in queries for name in query})
    return {name: [query.get(name, "") for query in queries] for name in names}


def _read_size_parameter(draft: Draft) -> None:
    """Find the parameter that says the rendition: few values, all of them sizes."""
    for name, values in {} if draft.sizes else _values(draft).items():
        said = {value for value in values if value}
        if len(said) <= SIZES and all(map(looks_like_rendition, said)):
            draft.query[name], draft.sizes = "rendition", values
            return


def _read_picture_parameter(draft: Draft) -> bool:
    """Find the parameter that names the picture, where the path is always the same."""
    free = {n: len(set(v)) for n, v in _values(draft).items() if n not in draft.query and all(v)}
    name = max(free, key=lambda n: free[n], default="")
    if free.get(name, 0) < LEAST:
        return False
    draft.leaf, draft.query[name] = draft.heads[0], "picture"
    return True


def _name_folders(draft: Draft) -> None:
    """Decide which open folders are owner and album, and which do not matter."""
    columns = {k: [s.folders[k] for s in draft.seen] for k in draft.open}
    for k, values in columns.items():
        draft.names[k] = "{*}"
        if is_shard(values, draft.heads) or is_token(values):
            draft.open.remove(k)
    draft.unique = _pictures(draft, columns) == len(set(draft.heads))
    if draft.unique:
        alone = 0.9 * len(set(draft.heads))
        loose = [k for k in draft.open if is_date(columns[k]) or len(set(columns[k])) >= alone]
        draft.open = [k for k in draft.open if k not in loose]
    elif len(draft.open) > 2 or any(is_date(columns[k]) for k in draft.open):
        msg = "the same names return in other folders, and no two folders are owner and album"
        raise ValueError(msg)
    for k, group in zip(draft.open, ("{owner}", "{album}"), strict=False):
        draft.names[k] = group


def _pictures(draft: Draft, columns: dict[int, list[str]]) -> int:
    """Count distinct pictures if all open folders were part of a picture's identity."""
    return len(set(zip(draft.heads, *(columns[k] for k in draft.open), strict=True)))
