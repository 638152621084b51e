"""What is warm compiles nothing any more, whatever comes to a worker and however it is cut."""

from __future__ import annotations

import gc
import gzip
import sys
from subprocess import run
from typing import TYPE_CHECKING

from numba.core.registry import CPUDispatcher

from access.site import Site
from streams.warming import stream, warm
from tests.access.formats.test_every_format import SAMPLES
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

LATE = "from tests.streams.test_warming import late; print(*late())"


def compiled() -> set[tuple[str, str, str]]:
    """List every kernel as often as it was compiled: once for each kind of columns."""
    kernels = [kept for kept in gc.get_objects() if isinstance(kept, CPUDispatcher)]
    return {
        (kernel.py_func.__module__, kernel.py_func.__name__, str(signature))
        for kernel in kernels
        if kernel.py_func.__module__.startswith(("access", "actors"))
        for signature in kernel.signatures
    }


def messages() -> Iterator[list[bytes]]:
    """Cut what people write and what the cast asks for: in one, in some, each alone."""
    samples = [sample.line for sample in SAMPLES]
    world = World(3, people=20, hours=0.05)
    for lines in (samples, *(b"".join(world.lines(form)).splitlines() for form in FORMS)):
        yield lines
        yield lines[:2]
        yield [gzip.compress(b"\n".join(lines))]
        yield from ([line] for line in lines[:200])


FORMS = ("json", "combined")


def late() -> set[str]:
    """Say what is compiled for a worker although all was warm; for a process of its own."""
    warm()
    before = compiled()
    for site in (Site.default(), Site.from_toml(World(3, people=20, hours=0.05).site_toml())):
        stream(site, messages())
    return {f"{module}.{name}{signature}" for module, name, signature in compiled() - before}


def test_after_warming_a_worker_compiles_nothing() -> None:
    done = run([sys.executable, "-c", LATE], capture_output=True, text=True, check=False)

    assert (0, "\n") == (done.returncode, done.stdout), done.stderr
