"""Copy the text of some requests out of a large buffer into a small one."""

from __future__ import annotations

from access.kernels.compiled import kernel


@kernel
def packed_size(spans):
    """Count the bytes that `pack` will write at most."""
    total = 0
    for i in range(len(spans)):
        start, stop = spans[i, 0], spans[i, 1]
        total += stop - start
        for field in range(2, spans.shape[1], 2):
            if spans[i, field] < start or spans[i, field + 1] > stop:
                total += spans[i, field + 1] - spans[i, field]
    return total


@kernel
def pack(buffer, spans, target, into, p):
    """Write each row's line, and what of its text lies elsewhere, to `target[p:]`.

    `into` (rows, 2 * FIELDS) becomes the spans of the same text in *target*.
    """
    for i in range(len(spans)):
        start, stop = spans[i, 0], spans[i, 1]
        target[p : p + stop - start] = buffer[start:stop]
        into[i, 0], into[i, 1] = p, p + stop - start
        shift, p = p - start, p + stop - start
        for field in range(2, spans.shape[1], 2):
            a, b = spans[i, field], spans[i, field + 1]
            if start <= a and b <= stop:
                into[i, field], into[i, field + 1] = a + shift, b + shift
                continue
            target[p : p + b - a] = buffer[a:b]
            into[i, field], into[i, field + 1] = p, p + b - a
            p += b - a
    return p
