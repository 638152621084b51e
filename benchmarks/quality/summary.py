"""Summary: the verdicts on all platforms, put together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from benchmarks.quality import tables
from benchmarks.quality.record import records, totals
from benchmarks.quality.verdict import HEDGEROW
from tests.cast.roster import SINGLE_SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.table import Table

    from benchmarks.quality.record import Record
    from benchmarks.quality.verdict import Verdict
    from benchmarks.quality.witness import Witness


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is to tell."""

    platforms: list[str]
    judged: Mapping[str, list[Record]]  # by Hedgerow, then by each peer
    witnesses: list[Witness]
    needed: Mapping[str, Mapping[str, int]]  # detector: class: single sources only it finds
    believed: Mapping[str, list[Record]]  # by Hedgerow, with a detector that is in shadow

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> Summary:
        """Put verdicts together."""
        judged = {HEDGEROW: records(v.hedgerow for v in verdicts)}
        for peer in verdicts[0].peers:
            judged[peer] = records(v.peers[peer] for v in verdicts)
        spoken = zip(*(v.witnesses for v in verdicts), strict=True)
        needed = {
            name: missed(judged[HEDGEROW], records(v.without[name] for v in verdicts))
            for name in verdicts[0].without
        }
        believed = {
            name: records(v.believed[name] for v in verdicts) for name in verdicts[0].believed
        }
        platforms = [str(v.trial) for v in verdicts]
        return cls(platforms, judged, [reduce(add, said) for said in spoken], needed, believed)

    @property
    def hedgerow(self) -> list[Record]:
        """Tell how each class fared with Hedgerow."""
        return self.judged[HEDGEROW]

    def tables(self) -> Iterator[Table]:
        """Say it to people."""
        yield tables.guilty_table(self.hedgerow)
        yield tables.innocent_table(self.hedgerow)
        yield tables.detector_table(self.witnesses, self.needed)
        yield tables.compared("Hedgerow, if one in shadow were believed", self._believed())
        yield tables.compared("Hedgerow and its peers", self.judged)
        yield tables.class_table(self.judged)

    def _believed(self) -> dict[str, list[Record]]:
        """Tell what each detector in shadow would change."""
        return {"as it is": self.hedgerow} | {
            f"with {n}": told for n, told in self.believed.items()
        }

    def as_json(self) -> dict[str, object]:
        """Say it to programs."""
        return {
            "platforms": self.platforms,
            "judged": {
                name: {r.name: r.as_json() for r in (*told, *totals(told))}
                for name, told in self.judged.items()
            },
            "believed": {
                name: {r.name: r.as_json() for r in totals(told)}
                for name, told in self.believed.items()
            },
            "detectors": {
                each.detector: {
                    "recall": each.recall,
                    "precision": each.precision,
                    "wrong": each.sure - each.right,
                    "no_longer_found_without": self.needed.get(each.detector, {}),
                }
                for each in self.witnesses
            },
        }


def missed(whole: Sequence[Record], part: Sequence[Record]) -> dict[str, int]:
    """Count, by class, the single sources that the whole found and a part of it did not."""
    pairs = zip(whole, part, strict=True)
    gone = {one.name: one.sum("found") - other.sum("found") for one, other in pairs}
    return {name: gone[name] for name in SINGLE_SOURCE if gone.get(name, 0) > 0}
