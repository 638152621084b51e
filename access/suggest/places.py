"""Places: what one place of many similar addresses holds, judged by its values alone."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from access.suggest.sightings import OPAQUE, WORDS, looks_like_rendition

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

FEW = 12  # values; a place with more of them holds names, not words
SIZES = 24  # values; responsive pages ask for two dozen widths at most
DATE = re.compile(r"(19[6-9]|20[0-3])\d\Z|(0?[1-9]|[12]\d|3[01])\Z")
WORD = re.compile(r"[a-z]{1,12}\Z", re.IGNORECASE)
SEPARATORS = "_-.@"


def is_rendition(values: Sequence[str], rests: Sequence[Hashable]) -> bool:
    """Tell whether a place says the rendition; *rests* is each address without that place.

    Words everybody uses are enough; sizes must also show one picture (rest) in two sizes at least
    now and then; unknown words must do so often, and beside known ones.
    """
    distinct = set(values)
    if distinct <= WORDS.keys():
        return True
    shared = shared_share(values, rests)
    strange = {value for value in distinct if not looks_like_rendition(value)}
    if not strange:
        return len(distinct) <= SIZES and shared >= 0.02
    beside = len(strange) < len(distinct) <= FEW and all(map(WORD.match, strange))
    return beside and shared >= 0.3


def shared_share(values: Sequence[str], rests: Sequence[Hashable]) -> float:
    """Return the share of rests that were seen with more than one value."""
    together = defaultdict(set)
    for value, rest in zip(values, rests, strict=True):
        together[rest].add(value)
    return sum(len(seen) > 1 for seen in together.values()) / max(len(together), 1)


def is_shard(values: Sequence[str], stems: Sequence[str]) -> bool:
    """Tell whether a folder repeats a piece of the name, as `/ab/cd/abcd….jpg` does."""
    hits = sum(v in s and len(v) <= 4 < len(s) for v, s in zip(values, stems, strict=True))
    return hits >= 0.95 * len(values)


def is_token(values: Sequence[str]) -> bool:
    """Tell whether a folder is a signature: long, random, hardly ever the same twice."""
    return len(set(values)) >= 0.9 * len(values) and all(map(OPAQUE.match, values))


def is_date(values: Sequence[str]) -> bool:
    """Tell whether a folder is a year, a month or a day."""
    return all(map(DATE.match, values))


def suffix_separator(stems: Sequence[str]) -> str | None:
    """Find what stands before a size at the end of every name; None where nothing does.

    ValueError where only some names end in a size: one pattern cannot say that.
    """
    for separator in SEPARATORS:
        parts = [stem.rpartition(separator) for stem in stems]
        sized = [(head, tail) for head, _, tail in parts if head and looks_like_rendition(tail)]
        tails = {tail for _, tail in sized}
        if not sized or len(tails) > SIZES:
            continue
        heads = {head for head, _ in sized}
        if len(sized) == len(stems) and is_rendition([t for _, t in sized], [h for h, _ in sized]):
            return separator
        bare = heads & set(stems)
        if len(bare) >= 0.05 * len(heads):
            msg = f"only some names end in a size, such as {separator}{min(tails)}"
            raise ValueError(msg)
    return None
