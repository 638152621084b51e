"""Appeals: which are open, and how the others ended; pure, records come in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.wire.appeals import Appeal, Closing, Outcome, read_appeal

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Appealing:
    """Where an operator lets people appeal; changes nothing that is judged."""

    secret_file: str = ""  # a file whose one line makes references opaque; empty: none are taken
    a_minute: int = 30  # appeals taken in all, whoever sends them; chosen: more is no person


@dataclass(frozen=True, slots=True)
class Case:
    """An appeal, and the first answer to it."""

    appeal: Appeal
    closing: Closing | None = None


def cases(records: Iterable[bytes]) -> list[Case]:
    """List appeals as they came; what nobody can read, or answers nothing, is left out."""
    found: dict[str, Case] = {}
    for value in records:
        try:
            record = read_appeal(value)
        except ValueError:
            continue
        known = found.get(record.id)
        if isinstance(record, Appeal):
            found.setdefault(record.id, Case(record))
        elif known and known.closing is None:
            found[record.id] = Case(known.appeal, record)
    return list(found.values())


def overturned(told: Iterable[Case]) -> dict[str, int]:
    """Count the decisions that people overturned, by the detectors that made them."""
    wrong = [c.closing for c in told if c.closing and c.closing.outcome is Outcome.OVERTURNED]
    return dict(Counter(name for closing in wrong for name in closing.detectors).most_common())
