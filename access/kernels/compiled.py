"""The two ways a kernel is compiled: ahead of use, without the GIL, kept on disk."""

from __future__ import annotations

import os
import re
import sys
from hashlib import blake2b
from pathlib import Path

from numba import config, njit

ROOT = Path(__file__).parents[2]
IMPORTED = re.compile(rb"^from (access|actors)([.\w]*) import (\w*)", re.MULTILINE)


def sources() -> list[Path]:
    """List what compiled kernels are made of: kernels, and where their constants stand."""
    kernels = [*ROOT.glob("access/kernels/*.py"), *ROOT.glob("actors/kernels/*.py")]
    found = set(kernels)
    for kernel in kernels:
        for package, path, name in IMPORTED.findall(kernel.read_bytes()):
            module = ROOT / (package + path).decode().replace(".", "/")
            found |= {module.with_suffix(".py"), module / f"{name.decode()}.py"}
    return sorted(path for path in found if path.is_file())


def cache_folder() -> Path:
    """Name the folder of the compiled kernels that belong to exactly these sources.

    numba looks only at the file of the outermost kernel, so by itself it would run an old copy of a
    kernel or constant from another file. The folder lies under NUMBA_CACHE_DIR where that is set,
    else in the environment that Hedgerow is installed in.
    """
    digest = blake2b(digest_size=8)
    for path in sources():
        digest.update(path.read_bytes())
    base = os.environ.get("NUMBA_CACHE_DIR") or Path(sys.prefix) / "var" / "cache"
    return Path(base) / "hedgerow-kernels" / digest.hexdigest()


config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]  # set at run time

kernel = njit(cache=True, nogil=True, error_model="numpy")

# For loops over many arrays. Reference counting doubled the cost of the fold, and handing a tuple
# of arrays from one kernel to another (each is a hundred words) nearly doubled it again: so there
# is none, and everything ends in one machine function. Such a kernel must not make arrays or views.
lean_kernel = njit(  # type: ignore[call-overload]  # numba's types leave `_nrt` out
    cache=True, nogil=True, error_model="numpy", forceinline=True, _nrt=False
)
