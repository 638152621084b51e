"""Patterns: the address shapes of a platform, compiled for one kernel over all rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from access.batch import PAD
from access.event import Kind, Rendition
from access.kernels.captures import CLASS, COLUMNS, KIND, NUMBER, UNIQUE, WIDTH
from access.kernels.hashing import hash_bytes, words_of
from access.kernels.patterns import name_by_patterns
from access.kernels.targets import LIMIT, ROOM
from access.site.programs import Program
from access.site.regexes import Regexes, check_regex
from access.site.shapes import GROUPS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from access.site.file import Renditions, Rule, SiteFile

KINDS = {
    "pictures": Kind.PICTURE,
    "avatars": Kind.AVATAR,
    "pages": Kind.PAGE,
    "api": Kind.API,
    "assets": Kind.ASSET,
    "traps": Kind.TRAP,
}
CLASSES = {r.name.lower(): int(r) for r in Rendition}


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """All rules of a platform: patterns as numbers for the kernel, regexes for what is left."""

    key: np.uint64
    program: tuple[NDArray[Any], ...]  # rules, heads, code, text: see access.kernels
    sizes: tuple[NDArray[Any], ...]  # hashes of rendition words, their classes, pixel bounds
    regexes: Regexes

    @classmethod
    def of(cls, file: SiteFile, key: int) -> Self:
        """Compile the pattern tables in the order of the file; ValueError names the rule."""
        build, texts, rows = Program(), [], []
        named = [(t, i, r) for t in file.order for i, r in enumerate(getattr(file, t))]
        for number, (table, i, rule) in enumerate(named):
            try:
                _check(rule, table)
                row = _row(number, table, rule)
                if rule.regex:
                    texts.append(rule.regex)
                    rows.append(row)
                else:
                    build.add(rule, row)
            except ValueError as error:
                msg = f"site.toml: {table}[{i}]: {error}"
                raise ValueError(msg) from None
        regexes = Regexes(tuple(texts), np.array(rows, np.int32).reshape(-1, COLUMNS))
        return cls(np.uint64(key), build.arrays(), _sizes(file.renditions, key), regexes)

    def __len__(self) -> int:
        """Count the shapes the kernel tries, and the regexes."""
        return len(self.program[0]) + len(self.regexes.texts)

    def name_rows(
        self,
        buffer: NDArray[np.uint8],
        words: NDArray[np.uint64],
        spans: NDArray[np.int32],
        out: tuple[NDArray[Any], ...],
    ) -> None:
        """Write the columns *out*: those of `Site.name_rows`, and what the address itself calls it.

        That last one (uint64) is the hash of the picture's own text, nothing mixed in, as look-ups
        know it; 0 where the address names no picture.
        """
        if len(self.program[0]):
            scratch = np.zeros(ROOM + PAD, np.uint8)
            numbers = np.zeros(LIMIT + 2, np.int32), np.zeros(WIDTH, np.int32)
            spare = (scratch, words_of(scratch), *numbers)
            name_by_patterns(buffer, words, spans, spare, self.program, self.sizes, self.key, out)
        if self.regexes.texts:
            self.regexes.name_rows(buffer, spans, self.sizes, self.key, out)


def _check(rule: Rule, table: str) -> None:
    """Refuse what cannot be meant."""
    if bool(rule.pattern) == bool(rule.regex):
        msg = "either a pattern or a regex is needed"
    elif rule.regex and (rule.query or rule.host):
        msg = f"regex {rule.regex!r} sees path and query: no query, no host beside it"
    elif rule.rendition and rule.rendition not in CLASSES:
        msg = f"unknown rendition {rule.rendition!r}; known: {', '.join(CLASSES)}"
    elif unknown := set(rule.query.values()) - set(GROUPS):
        msg = f"query: unknown group {min(unknown)!r}; known: {', '.join(GROUPS)}"
    elif rule.regex:
        check_regex(rule.regex)
        if table not in ("pictures", "avatars") or "?P<picture>" in rule.regex:
            return
        msg = f"regex {rule.regex!r} catches no picture"
    else:
        return
    raise ValueError(msg)


def _row(number: int, table: str, rule: Rule) -> NDArray[np.int32]:
    """Start a row of `rules` with what does not depend on the shape."""
    row = np.zeros(COLUMNS, np.int32)
    row[NUMBER], row[KIND] = number, KINDS[table]
    row[CLASS], row[UNIQUE] = CLASSES[rule.rendition or "unknown"], rule.unique
    return row


def _sizes(renditions: Renditions, key: int) -> tuple[NDArray[Any], ...]:
    """Hash the words that name renditions."""
    words: dict[str, int] = {}
    for name in ("original", "medium", "thumbnail", "poster", "frame"):
        for word in getattr(renditions, name):
            if word in words:
                msg = f"site.toml: renditions.{name}: {word!r} already means another rendition"
                raise ValueError(msg)
            words[word] = CLASSES[name]
    limits = np.array([renditions.thumbnail_up_to, renditions.medium_up_to], np.int64)
    hashes = np.array([hash_bytes(word.encode(), key) for word in words], np.uint64)
    return hashes, np.array(list(words.values()), np.uint8), limits
