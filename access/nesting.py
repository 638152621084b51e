"""Nesting: put the states of several parts under one roof, and take one out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    State = Mapping[str, NDArray[np.generic]]


def nested(states: Mapping[str, State]) -> dict[str, NDArray[np.generic]]:
    """Name every column by its part: `part/column`."""
    return {
        f"{part}/{name}": column for part, state in states.items() for name, column in state.items()
    }


def state_of(part: str, state: State) -> dict[str, NDArray[np.generic]]:
    """Take out what `nested` put under the name of one part."""
    roof = f"{part}/"
    return {
        name.removeprefix(roof): column for name, column in state.items() if name.startswith(roof)
    }
