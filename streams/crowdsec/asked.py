"""Asked: which decisions a bouncer wants, by the names that CrowdSec gives its filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from streams.crowdsec.remedy import PLACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from streams.crowdsec.remedy import Remedy

ORIGIN = "hedgerow"  # of all that we say; bouncers name sets after it


def scenario(remedy: Remedy) -> str:
    """Say why, as far as bouncers may know."""
    return f"{ORIGIN}/{remedy.kind}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters; empty lets all pass."""

    scopes: frozenset[str]  # in lower case
    kinds: frozenset[str]
    origins: frozenset[str] = frozenset()
    containing: tuple[str, ...] = ()
    not_containing: tuple[str, ...] = ()
    value: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], kinds: Iterable[str]) -> Self:
        """Read a query; without a type in it, only *kinds* are told."""
        scopes = words(query.get("scopes") or query.get("scope") or ",".join(PLACED))
        return cls(
            scopes=frozenset(scope.lower() for scope in scopes),
            kinds=frozenset(words(query.get("type", "")) or kinds),
            origins=frozenset(words(query.get("origins", ""))),
            containing=words(query.get("scenarios_containing", "")),
            not_containing=words(query.get("scenarios_not_containing", "")),
            value=query.get("value", ""),
        )

    def wants(self, remedy: Remedy) -> bool:
        """Tell whether a decision passes."""
        return (
            remedy.kind in self.kinds
            and remedy.scope.lower() in self.scopes
            and (not self.origins or ORIGIN in self.origins)
            and (not self.containing or any(part in scenario(remedy) for part in self.containing))
            and not any(part in scenario(remedy) for part in self.not_containing)
            and self.value in {"", remedy.value}
        )


def words(text: str) -> tuple[str, ...]:
    """Split at commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())
