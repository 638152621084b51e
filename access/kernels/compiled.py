"""The one way a kernel is compiled: ahead of use, without the GIL, kept on disk."""

from __future__ import annotations

from numba import njit

kernel = njit(cache=True, nogil=True, error_model="numpy")
