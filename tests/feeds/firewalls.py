"""Firewalls: the lines of docs/firewalls.md that tests run."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

TEXT = (Path(__file__).parents[2] / "docs/firewalls.md").read_text("utf-8")


def sections(text: str = TEXT) -> dict[str, str]:
    """Give what is said of each product."""
    _, *parts = re.split(r"^## (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def copied(product: str, text: str = TEXT) -> list[str]:
    """Give the blocks that a stranger copies, from a product's section."""
    found = re.findall(r"(?:^(?:    .*)?\n)+", f"{sections(text)[product]}\n", re.MULTILINE)
    return [dedent(block).strip() + "\n" for block in found if block.strip()]


def fetching(folder: Path) -> str:
    """Give the function `fetch`, which takes files of *folder* instead of a service's answers."""
    (block,) = re.findall(r"^    fetch\(\).*\n.*\n", TEXT, re.MULTILINE)
    return dedent(block).replace("http://127.0.0.1:8087/", f"file://{folder}/")
