"""Order requests of the same moment by what they are, since how they arrived is chance."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.hashing import mix

SHORT = 24  # rows up to which simple insertion is quickest


@lean_kernel
def _name(rows, i):
    """Mix all that is judged of row *i* into one number, once."""
    if rows.name[i] != np.uint64(0):
        return rows.name[i]
    name = mix(rows.session[i] ^ mix(rows.account[i]))
    name = mix(name ^ rows.picture[i])
    name = mix(name ^ rows.owner[i] ^ (rows.series[i] << np.uint64(1)))
    marks = (np.uint64(rows.outcome[i]) << np.uint64(16)) | (
        np.uint64(rows.rendition[i]) << np.uint64(8)
    )
    marks |= np.uint64(rows.referrer[i]) | (np.uint64(rows.own[i]) << np.uint64(24))
    rows.name[i] = mix(name ^ rows.agent[i] ^ marks)
    return rows.name[i]


@lean_kernel
def _before(rows, ranks, a, b):
    """Tell whether row *a* comes before row *b* of the same moment."""
    if rows.at[a] != rows.at[b]:
        return rows.at[a] < rows.at[b]
    if rows.address[a] != rows.address[b]:
        return rows.address[a] < rows.address[b]
    if ranks[rows.kind[a]] != ranks[rows.kind[b]]:
        return ranks[rows.kind[a]] < ranks[rows.kind[b]]
    if rows.serial[a] != rows.serial[b]:
        return rows.serial[a] < rows.serial[b]
    return _name(rows, a) < _name(rows, b)


@lean_kernel
def _insert(rows, ranks, order, first, stop, step):
    """Sort every *step*-th of `order[first:stop]` by insertion; equals keep their places."""
    for i in range(first + step, stop):
        row, j = order[i], i
        while j >= first + step and _before(rows, ranks, row, order[j - step]):
            order[j] = order[j - step]
            j -= step
        order[j] = row


@lean_kernel
def order_ties(rows, ranks, moment, order):
    """Sort rows of equal *moment* in *order*, which is sorted by moment.

    Among them the older come first, then they go by address, rank of their kind, number, and name.
    Rows that are equal in all that are interchangeable.
    """
    first, count = 0, len(order)
    while first < count:
        stop = first + 1
        while stop < count and moment[order[stop]] == moment[order[first]]:
            stop += 1
        if stop - first > 1:
            sorted_already = True
            for i in range(first, stop):
                if i > first and _before(rows, ranks, order[i], order[i - 1]):
                    sorted_already = False
            if not sorted_already:
                step = 1
                while step < (stop - first) // SHORT:
                    step = step * 3 + 1
                while step > 0:
                    _insert(rows, ranks, order, first, stop, step)
                    step //= 3
        first = stop
