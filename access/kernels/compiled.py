"""The two ways a kernel is compiled: ahead of use, without the GIL, kept on disk."""

from __future__ import annotations

from numba import njit

kernel = njit(cache=True, nogil=True, error_model="numpy")

# For loops over many arrays: without numba's reference counting, which doubled the cost of the
# fold. Such a kernel must not make arrays or views; it works on those it is given.
lean_kernel = njit(cache=True, nogil=True, error_model="numpy", _nrt=False)
