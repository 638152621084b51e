"""Portrait: what a detector says of itself."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detectors.base import Detector

PORTRAIT = ("Catches", "Misses", "Innocent")  # the lines of a detector's docstring


def portrait(detector: Detector) -> dict[str, str]:
    """Read what a detector says of itself: what it catches, misses and must spare."""
    doc = inspect.getdoc(sys.modules[type(detector).__module__]) or ""
    lines = (line.partition(": ") for line in doc.splitlines())
    return {word: rest for word, _, rest in lines if word in PORTRAIT}
