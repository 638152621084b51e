"""Apart: shell commands in a network namespace of their own, which ends with them."""

from __future__ import annotations

import subprocess

import pytest

from tests.services.programs import found

ALONE = ("unshare", "--net")


def lacking() -> str:
    """Say why nothing can be run apart; nothing, if it can."""
    if found("unshare") is None:
        return "unshare not installed"
    tried = subprocess.run([*ALONE, "true"], capture_output=True, check=False)
    return "network namespaces need root" if tried.returncode else ""


LACKING = lacking()
NEEDS_NAMESPACE = pytest.mark.skipif(bool(LACKING), reason=LACKING)


def apart(script: str) -> str:
    """Run *script* until its first failure, which is a CalledProcessError; give what it says."""
    command = [*ALONE, "sh", "-euc", script]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
