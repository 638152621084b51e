"""The two ways a kernel is compiled: ahead of use, without the GIL, kept on disk."""

from __future__ import annotations

from numba import njit

kernel = njit(cache=True, nogil=True, error_model="numpy")

# For loops over many arrays. Reference counting doubled the cost of the fold, and handing a tuple
# of arrays from one kernel to another (each is a hundred words) nearly doubled it again: so there
# is none, and everything ends in one machine function. Such a kernel must not make arrays or views.
lean_kernel = njit(  # type: ignore[call-overload]  # numba's types leave `_nrt` out
    cache=True, nogil=True, error_model="numpy", forceinline=True, _nrt=False
)
