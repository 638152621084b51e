"""Carriage: write the sample of another format the way a shipper sends it, inside JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from access.formats.sample import Sample


def carried(sample: Sample, before: bytes, behind: bytes) -> Sample:
    """Put the line of *sample* as a JSON text between *before* and *behind*; all else stays."""
    text = sample.line.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return replace(sample, line=before + text + behind)
