"""Read what a user agent claims: one pass of an automaton over its bytes, then a few rules."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel
from access.kernels.hashing import hash_span
from access.kernels.letters import is_digit, is_letter

LENGTH, FRONT, BACK, MEANS, NUMBER, CRAWLER = range(6)  # columns of a word
EMPTY = np.uint32(1 << 18)  # the flag of an absent agent


@lean_kernel
def _number(buffer, p, stop):
    """Read up to four digits at *p* as a version, at most 1023."""
    value, first = 0, p
    while p < stop and p - first < 4 and is_digit(buffer[p]):
        value = value * 10 + np.int64(buffer[p]) - 48
        p += 1
    return min(value, 1023)


@lean_kernel
def _stands(buffer, start, stop, p, words, word):
    """Tell whether the *word* that ends at byte *p* stands as free as it must."""
    before, behind = p - words[word, LENGTH], p + 1
    if words[word, FRONT] > 0 and before >= start:
        if words[word, FRONT] == 2 or is_letter(buffer[before]) or is_digit(buffer[before]):
            return False
    return not (words[word, BACK] == 1 and behind < stop and is_letter(buffer[behind]))


@lean_kernel
def read(buffer, start, stop, tables, numbers):
    """Find words in `buffer[start:stop]`: their meanings OR-ed, and the longest crawler's number.

    *tables* are those of `access.agents.automaton`; of words that end together only the longest
    counts. *numbers* (int64) receives the number behind the first word of each kind, or -1.
    """
    classes, steps, ends, words, width, final = tables
    numbers[:] = -1
    means, longest, crawler, state = 0, 0, 0, np.uint64(0)
    for p in range(start, stop):
        state = np.uint64(steps[state + np.uint64(classes[buffer[p]])])
        if state < np.uint64(final):
            continue
        word = ends[state // np.uint64(width)]
        if not _stands(buffer, start, stop, p, words, word):
            continue
        means |= words[word, MEANS]
        kind = words[word, NUMBER]
        if kind > 0 and numbers[kind] < 0:
            numbers[kind] = _number(buffer, p + 1, stop)
        if words[word, CRAWLER] > 0 and words[word, LENGTH] > longest:
            longest, crawler = words[word, LENGTH], words[word, CRAWLER]
    return means, crawler


@lean_kernel
def _fits(means, rules, i):
    """Tell whether all bits of the rule's first column are there and none of its second."""
    return means & rules[i, 0] == rules[i, 0] and means & rules[i, 1] == 0


@lean_kernel
def claim_of(buffer, start, stop, tables, rules, numbers):
    """Read one agent into a claim (uint32), packed as in `access.claims`.

    *rules* are the rows of FAMILIES, CONTRADICTIONS and TWICE of `access.agents.contradictions`,
    and the flag that a contradiction sets; *numbers* (int64) is room to work in.
    """
    means, crawler = read(buffer, start, stop, tables, numbers)
    family, major, flags = 0, 0, means & 63
    families, contradictions, twice, impossible = rules
    for i in range(len(families)):
        if _fits(means, families, i):
            number = numbers[families[i, 2]]
            family, major = families[i, 4], number + families[i, 3] if number >= 0 else 0
            break
    for i in range(len(contradictions)):
        if _fits(means, contradictions, i):
            if numbers[contradictions[i, 2]] >= contradictions[i, 3]:
                flags |= impossible
    for i in range(len(twice)):
        one, other = numbers[twice[i, 2]], numbers[twice[i, 3]]
        frozen = other == twice[i, 5] and other < one <= twice[i, 6]
        if _fits(means, twice, i) and min(one, other) >= twice[i, 4]:
            if one != other and not frozen:
                flags |= impossible
    return np.uint32(family | (major << 8) | (flags << 18) | (crawler << 24))


@lean_kernel
def claims_of(buffer, words, spans, seed, tables, rules, memory, agents, read_claims):
    """Hash and read each row's agent, to *agents* (rows,) uint64 and *read_claims* (rows,) uint32.

    *spans* is (rows, 2). *memory* is (hashes uint64, claims uint32, numbers int64), the first two
    of one length that is a power of two; a claim that was pushed out of it is read again. An
    absent agent has hash 0 and is only flagged as empty.
    """
    hashes, claims, numbers = memory
    for row in range(len(spans)):
        start, stop = np.int64(spans[row, 0]), np.int64(spans[row, 1])
        if start >= stop:
            agents[row], read_claims[row] = 0, EMPTY
            continue
        agent = hash_span(buffer, words, start, stop, seed)
        slot = agent & np.uint64(len(hashes) - 1)
        if hashes[slot] != agent:
            claims[slot] = claim_of(buffer, start, stop, tables, rules, numbers)
            hashes[slot] = agent
        agents[row], read_claims[row] = agent, claims[slot]
