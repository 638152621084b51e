"""Tell letters and digits from other bytes."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel


@lean_kernel
def is_letter(byte):
    """Tell whether a byte is an ASCII letter."""
    return 97 <= (byte | 32) <= 122


@lean_kernel
def is_digit(byte):
    """Tell whether a byte is an ASCII digit."""
    return 48 <= byte <= 57


@lean_kernel
def hex_digit(c):
    """Read one hexadecimal digit, -1 if it is none."""
    if 48 <= c <= 57:
        return np.int64(c) - 48
    low = np.int64(c) | 32
    return low - 87 if 97 <= low <= 102 else -1
