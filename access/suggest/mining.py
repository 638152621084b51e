"""Mining: find the few shapes that most picture addresses of a log have."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from access.suggest.drafts import LEAST, Draft, draft_of, rests
from access.suggest.places import FEW, is_rendition, is_shard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from access.suggest.sightings import Sighting


@dataclass(frozen=True, slots=True)
class Template:
    """One shape in all its extensions, and what was seen of it."""

    pattern: str
    drafts: tuple[Draft, ...]  # one per extension; all alike

    @property
    def count(self) -> int:
        """Count the requests."""
        return sum(s.count for draft in self.drafts for s in draft.seen)

    @property
    def pictures(self) -> int:
        """Count the distinct texts that stand for a picture."""
        return len({head for draft in self.drafts for head in draft.heads})


def mine(sightings: Sequence[Sighting]) -> tuple[list[Template], list[str]]:
    """Return the shapes, the most frequent first, and why others were left to the defaults."""
    groups = defaultdict(list)
    for s in sightings:
        groups[len(s.folders), s.extension, s.guessed].append(s)
    alike, left = defaultdict(list), []
    for family in [f for group in groups.values() for f in _families(group, 0)]:
        try:
            draft = draft_of(family)
        except ValueError as error:
            left.append(f"{_example(family)}: {error}")
            continue
        if draft is not None:
            alike[draft.path, *draft.query.items(), draft.unique].append(draft)
    templates = [Template(_pattern(drafts), tuple(drafts)) for drafts in alike.values()]
    return sorted(templates, key=lambda t: (-t.count, t.pattern)), sorted(left)


def _pattern(drafts: Sequence[Draft]) -> str:
    """Write the path with all its extensions; none at all is tried last."""
    found = sorted({d.seen[0].extension for d in drafts}, key=lambda e: (not e, e))
    if len(found) == 1:
        return drafts[0].path + found[0]
    if found[-1]:
        return drafts[0].path + ".{" + "|".join(e[1:] for e in found) + "}"
    return drafts[0].path + "{" + "|".join(found) + "}"


def _example(family: Sequence[Sighting]) -> str:
    first = min(family, key=lambda s: (s.folders, s.stem))
    return "/" + "/".join((*first.folders, first.stem + first.extension))


def _families(seen: list[Sighting], place: int) -> Iterator[list[Sighting]]:
    """Part addresses at every folder that holds one of a few words, but for renditions."""
    for k in range(place, len(seen[0].folders)):
        values = [s.folders[k] for s in seen]
        words = set(values)
        few = 1 < len(words) <= FEW and len(words) * LEAST <= len(seen)
        if few and not _belongs(seen, k, values):
            for word in sorted(words):
                yield from _families([s for s in seen if s.folders[k] == word], k + 1)
            return
    if len(seen) >= LEAST:
        yield seen


def _belongs(seen: Sequence[Sighting], k: int, values: Sequence[str]) -> bool:
    """Tell whether a folder of few values is part of one shape: a rendition or a shard."""
    return is_rendition(values, rests(seen, k)) or is_shard(values, [s.stem for s in seen])
