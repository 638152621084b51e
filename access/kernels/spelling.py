"""Write out a text whose odd bytes are spelled as a mark and two hexadecimal digits, as in %20."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.letters import hex_digit


@lean_kernel
def decoded(buffer, start, stop, free, mark):
    """Write the text [start, stop), decoded once, to *free*; return where it ends.

    *mark* is the byte in front of two digits; where no two follow it stands for itself. What is
    written is never longer than what is read.
    """
    p = start
    while p < stop:
        byte, width = np.int64(buffer[p]), 1
        if byte == mark and p + 2 < stop:
            high, low = hex_digit(buffer[p + 1]), hex_digit(buffer[p + 2])
            if high >= 0 and low >= 0:
                byte, width = 16 * high + low, 3
        buffer[free] = byte
        p, free = p + width, free + 1
    return free
