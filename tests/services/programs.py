"""Programs of this machine that tests start, and why a test is skipped without one."""

from __future__ import annotations

import shutil

import pytest

PLACES = "/usr/sbin:/usr/local/sbin:/sbin"  # where users other than root do not look


def found(program: str) -> str | None:
    """Find a program; None where it is not installed."""
    return shutil.which(program) or shutil.which(program, path=PLACES)


def needs(*programs: str) -> pytest.MarkDecorator:
    """Mark tests that are skipped, by name, where one of these is not installed."""
    missing = [program for program in programs if found(program) is None]
    said = f"{', '.join(missing)} not installed: make services"
    return pytest.mark.skipif(bool(missing), reason=said)
