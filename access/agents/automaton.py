"""Automaton: many words compiled into one table that finds them all in a single pass."""

from __future__ import annotations

from collections import deque
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Tables: TypeAlias = tuple[
        NDArray[np.uint8], NDArray[np.uint32], NDArray[np.int16], NDArray[np.int64], int, int
    ]


@dataclass(frozen=True, slots=True)
class Automaton:
    """States are rows of `steps`, laid flat; those where a word ends come last."""

    classes: NDArray[np.uint8]  # (256,) the class of each byte
    steps: NDArray[np.uint32]  # (states * classes,) where the next row begins, by row and class
    ends: NDArray[np.int16]  # (states,) the word that ends there, 0 for none
    words: NDArray[np.int64]  # (words + 1, 6) what they stand for, `access.kernels.agents`
    width: int  # classes in a row
    final: int  # where the first row begins in which a word ends

    @property
    def tables(self) -> Tables:
        """Give what the kernels take."""
        return self.classes, self.steps, self.ends, self.words, self.width, self.final


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for, in small letters, and what it stands for; see `access.kernels.agents`."""

    text: bytes
    front: int = 0  # 1: no letter or digit may stand before it; 2: nothing may
    back: int = 0  # 1: no letter may stand behind it
    means: int = 0  # bits
    number: int = 0  # which kind of number follows it
    crawler: int = 0  # which known crawler it names

    @classmethod
    def of(cls, spelling: str, means: int, number: int) -> Self:
        """Read a spelling of the lexicon: `^at the start`, `|alone|`, `_` for a blank."""
        text = spelling.strip("^|").replace("_", " ").encode()
        front = {"^": 2, "|": 1}.get(spelling[0], 0)
        return cls(text, front, int(spelling.endswith("|")), means, number)

    def joined(self, other: Word) -> Word:
        """Let one word stand for what two of the same text stood for."""
        return Word(
            self.text,
            min(self.front, other.front),
            min(self.back, other.back),
            self.means | other.means,
            max(self.number, other.number),
            self.crawler or other.crawler,
        )


def compiled(words: Iterable[Word]) -> Automaton:
    """Build the automaton of Aho and Corasick (CACM 18:6, 1975) over the words."""
    unique: dict[bytes, Word] = {}
    for word in words:
        unique[word.text] = word.joined(unique[word.text]) if word.text in unique else word
    known = list(unique.values())
    classes = _classes(known)
    children, found = _trie(known, classes)
    steps, ends = _linked(children, found, int(classes.max()) + 1)
    order = np.argsort(ends > 0, kind="stable")
    rank = np.argsort(order)  # the root stays first
    width = steps.shape[1]
    flat = (rank[steps[order]] * width).astype(np.uint32).ravel()
    rows = [(0,) * 6, *((len(w.text), *astuple(w)[1:]) for w in known)]
    final = int((ends == 0).sum()) * width
    return Automaton(classes, flat, ends[order], np.array(rows, np.int64), width, final)


def _classes(words: Sequence[Word]) -> NDArray[np.uint8]:
    """Give each byte that occurs in words a class; a capital has its small letter's, others 0."""
    classes = np.zeros(256, np.uint8)
    for number, byte in enumerate(sorted(set(b"".join(w.text for w in words))), 1):
        classes[[byte, bytes([byte]).upper()[0]]] = number
    return classes


def _trie(
    words: Sequence[Word], classes: NDArray[np.uint8]
) -> tuple[list[dict[int, int]], list[int]]:
    """Spell the words out: the children of each state, and the word that ends there (0: none)."""
    children: list[dict[int, int]] = [{}]
    ends = [0]
    for number, word in enumerate(words, 1):
        state = 0
        for symbol in classes[list(word.text)].tolist():
            if symbol not in children[state]:
                children[state][symbol] = len(children)
                children.append({})
                ends.append(0)
            state = children[state][symbol]
        ends[state] = number
    return children, ends


def _linked(
    children: list[dict[int, int]], ends: list[int], width: int
) -> tuple[NDArray[np.intp], NDArray[np.int16]]:
    """Complete the steps, breadth first; a state where no word ends takes its suffix's."""
    steps = np.zeros((len(children), width), np.intp)
    suffix = [0] * len(children)
    queue = deque([0])
    while queue:
        state = queue.popleft()
        ends[state] = ends[state] or ends[suffix[state]]
        steps[state] = steps[suffix[state]]
        for symbol, child in children[state].items():
            suffix[child] = int(steps[state, symbol]) if state else 0
            steps[state, symbol] = child
            queue.append(child)
    return steps, np.array(ends, np.int16)
