"""Documented: what a document of docs/ tells people to copy, for tests that do as it says."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

DOCS = Path(__file__).parents[2] / "docs"


def blocks(name: str) -> list[str]:
    """Give the indented blocks of a document."""
    found = re.findall(r"(?:^    .*\n)+", (DOCS / name).read_text("utf-8"), re.MULTILINE)
    return [dedent(block) for block in found]


def block(name: str, word: str) -> str:
    """Give the first block that holds a word."""
    return next(text for text in blocks(name) if word in text)
