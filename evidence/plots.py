"""Plots: draw a timeline as SVG that stands in a page by itself."""

from __future__ import annotations

from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np

from evidence.timeline import ALL, DELIVERED, REFUSED, SAVED, STOPPED
from evidence.words import lasting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from evidence.timeline import Timeline

STYLE: Any = {  # names and values of matplotlib
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "hedgerow",  # the same findings give the same page
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
WIDTH = 12.4  # inches
KEPT, STOP, OWN = "#b9c4d0", "#c0392b", "#3b3b3b"  # colours of what was kept, stopped, refused


def space_plot(line: Timeline) -> str:
    """Draw address space against time three times: all, what was stopped, what remains."""
    used = max(line.used, 1)
    asked, stopped = line.space[ALL][:, :used], line.space[STOPPED][:, :used]
    planes = {
        "All pictures asked for": asked,
        "Refused, or would have been": stopped,
        "What remains": asked - stopped,
    }
    svg = StringIO()
    with _drawn(4.3, svg) as figure:
        axes = figure.subplots(1, 3, sharey=True)
        for axis, (title, plane) in zip(axes, planes.items(), strict=True):
            axis.set_title(f"{title}: {int(plane.sum()):,}", loc="left", fontsize=10)
            shown = _map(axis, plane, int(asked.max()), _ends(line, used))
            _dated(axis)
        axes[0].set_ylabel("address space, 256 rows")
        label = f"pictures in {_bin(line)}"
        figure.colorbar(shown, ax=axes, label=label, pad=0.01, shrink=0.9)
    return _element(svg)


def series_plot(line: Timeline) -> str:
    """Draw pictures delivered, those that blocks would have refused, and those refused."""
    used = max(line.used, 1)
    delivered, saved, refused = (line.series[n][:used] for n in (DELIVERED, SAVED, REFUSED))
    edges, svg = np.linspace(*_ends(line, used), used + 1), StringIO()
    with _drawn(2.5, svg) as figure:
        axis = figure.subplots()
        for counts, floor, colour, label in (
            (delivered - saved, 0, KEPT, "delivered"),
            (delivered, delivered - saved, STOP, "delivered, would have been refused"),
            (delivered + refused, delivered, OWN, "refused by the platform itself"),
        ):
            if np.any(counts - floor):
                axis.stairs(counts, edges, baseline=floor, fill=True, color=colour, label=label)
        axis.set(ylabel=f"pictures in {_bin(line)}", xlim=(edges[0], edges[-1]))
        axis.set_ylim(bottom=0)
        if axis.has_data():
            axis.legend(loc="upper left", bbox_to_anchor=(0, 1.22), ncols=3, frameon=False)
        _dated(axis)
    return _element(svg)


def _map(axis: Any, plane: NDArray[np.int64], most: int, ends: tuple[float, float]) -> Any:  # noqa: ANN401 - matplotlib's types are not ours to promise
    """Draw counts as colours; nothing is left blank."""
    from matplotlib.colors import LogNorm  # noqa: PLC0415 - slow to load, and rarely needed

    return axis.imshow(
        np.where(plane > 0, plane, np.nan),
        aspect="auto",
        interpolation="none",
        cmap="YlOrRd",
        norm=LogNorm(1, max(most, 2)),
        extent=(*ends, plane.shape[0], 0),
    )


def _bin(line: Timeline) -> str:
    """Say how long a bin lasts."""
    return f"{line.width} s" if line.width < 3600 else lasting(line.width)


def _ends(line: Timeline, used: int) -> tuple[float, float]:
    """Give the first and last moment, in days since 1970."""
    begins = line.begins or 0
    return begins / 86400, (begins + used * line.width) / 86400


def _dated(axis: Any) -> None:  # noqa: ANN401 - as above
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter  # noqa: PLC0415 - as above

    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    axis.xaxis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
    axis.xaxis.set_major_formatter(formatter)


@contextmanager
def _drawn(height: float, svg: StringIO) -> Iterator[Any]:
    """Give a figure that belongs to nobody, and write it without anything that differs by day."""
    from matplotlib import rc_context  # noqa: PLC0415 - as above
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        yield figure
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})


def _element(svg: StringIO) -> str:
    """Leave out what stands before the drawing in a file of its own."""
    text = svg.getvalue()
    return text[text.index("<svg") :]
