"""Target: one kind of firewall, and how a plan is put in force there."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.bouncing.plan import Plan
    from streams.bouncing.slots import Room

PATIENCE = 60.0  # seconds a program may take; a hundred thousand entries take nft some
SAID = 400  # bytes of what a program complained of: its first lines


class Refused(Exception):  # noqa: N818 - it says what happened
    """The target did not take it; what was in force before is in force still."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        """Say why, and for how many seconds it is no use to try again."""
        super().__init__(why)
        self.wait = wait


class Target(Protocol):
    """A firewall that is told what to hold."""

    @property
    def ends(self) -> bool:
        """Tell whether entries end there by themselves."""
        ...

    @property
    def rest(self) -> float:
        """Say how many seconds lie between two changes, at least."""
        ...

    @property
    def room(self) -> Room | None:
        """Say what its lists can hold; None: whatever is wanted."""
        ...

    def apply(self, plan: Plan, now: float) -> None:
        """Put a plan in force, all of it or, with Refused, nothing."""
        ...

    def held(self) -> str | None:
        """Name the set of the refused as the target itself says it; None where it holds none.

        Refused says that this is not known now.
        """
        ...

    def remove(self) -> None:
        """Take away all that was ever put there."""
        ...


def ran(command: Sequence[str], text: str = "") -> str:
    """Run a program on a text; give what it wrote, or raise Refused with what it complained of."""
    name = command[0].rpartition("/")[2]
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell; names come from the operator
            list(command), input=text.encode(), capture_output=True, timeout=PATIENCE, check=False
        )
    except FileNotFoundError:
        msg = f"{name} is not installed"
        raise Refused(msg) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        msg = f"{name}: {error}"
        raise Refused(msg) from None
    if done.returncode:
        said = (done.stderr or done.stdout)[:SAID].decode("utf-8", "replace").strip()
        msg = f"{name} ended with {done.returncode}: {said}"
        raise Refused(msg)
    return done.stdout.decode()
