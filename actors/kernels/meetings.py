"""Count how often the networks of each cohort meet in pictures, in time that grows with the pairs.

Sorting them, as NumPy does to find what is distinct, took eight times as long.
"""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel

SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: Fibonacci hashing
ID = np.uint64(0xFFFFFFFF)


@kernel
def numbered(values):
    """Give each distinct value a number as it first comes: numbers (rows,), and the values."""
    bits = 4
    while (1 << bits) < 2 * len(values):
        bits += 1
    table = np.zeros(1 << bits, np.uint64)  # value, and its number from 1; 0 = empty
    shift, last = np.uint64(64 - bits), (1 << bits) - 1
    numbers, distinct = np.empty(len(values), np.int32), np.empty(len(values), np.uint32)
    known = 0
    for i in range(len(values)):
        value = np.uint64(values[i])
        place = np.int64((value * SPREAD) >> shift)
        while table[place] != 0 and table[place] >> np.uint64(32) != value:
            place = (place + 1) & last
        if table[place] == 0:
            distinct[known] = values[i]
            known += 1
            table[place] = (value << np.uint64(32)) | np.uint64(known)
        numbers[i] = np.int64(table[place] & ID) - 1
    return numbers, distinct[:known]


@kernel
def gathered(group, counts):
    """List the rows of groups (rows,) with so many each: rows in order, and where each ends."""
    ends = np.cumsum(counts)
    place, rows = ends - counts, np.empty(counts.sum(), np.int32)
    for i in range(len(group)):
        if counts[group[i]] > 0:
            rows[place[group[i]]] = i
            place[group[i]] += 1
    return rows, ends


@kernel
def meet(rows, ends, picture, network, minute, span):
    """Count, group by group of *rows*: networks, spans, twos that met, twos of one network.

    *picture* and *network* are numbered from 0; minutes, of which *span* are one span, do not fall.
    """
    counted = np.zeros((4, len(ends)), np.int64)
    taken = np.zeros(1 + picture.max(), np.int32)
    took = np.zeros(1 + network.max(), np.int32)
    first = 0
    for group in range(len(ends)):
        known = np.int64(-1)
        for place in range(first, ends[group]):
            i = rows[place]
            counted[2, group] += taken[picture[i]]
            counted[3, group] += took[network[i]]
            counted[0, group] += took[network[i]] == 0
            taken[picture[i]] += 1
            took[network[i]] += 1
            counted[1, group] += minute[i] // span != known
            known = minute[i] // span
        for place in range(first, ends[group]):
            taken[picture[rows[place]]] = 0
            took[network[rows[place]]] = 0
        first = ends[group]
    return counted
