"""Read what a user agent claims: one pass of an automaton over its bytes, then a few rules."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import kernel
from access.kernels.hashing import hash_span

LENGTH, FRONT, BACK, MEANS, NUMBER, CRAWLER = range(6)  # columns of a word
EMPTY = np.uint32(1 << 18)  # the flag of an absent agent


@kernel
def _letter(byte):
    """Tell whether a byte is a letter."""
    return 97 <= byte | 32 <= 122


@kernel
def _digit(byte):
    """Tell whether a byte is a digit."""
    return 48 <= byte <= 57


@kernel
def _number(buffer, p, stop):
    """Read up to four digits at *p* as a version, at most 1023."""
    value, first = 0, p
    while p < stop and p - first < 4 and _digit(buffer[p]):
        value = value * 10 + np.int64(buffer[p]) - 48
        p += 1
    return min(value, 1023)


@kernel
def _stands(buffer, start, stop, p, word):
    """Tell whether the word that ends at byte *p* stands as free as it must."""
    before, behind = p - word[LENGTH], p + 1
    if word[FRONT] > 0 and before >= start:
        if word[FRONT] == 2 or _letter(buffer[before]) or _digit(buffer[before]):
            return False
    return not (word[BACK] == 1 and behind < stop and _letter(buffer[behind]))


@kernel
def read(buffer, start, stop, tables, numbers):
    """Find words in `buffer[start:stop]`: their meanings OR-ed, and the longest crawler's number.

    *tables* are those of `access.automaton`; of words that end together only the longest counts.
    *numbers* (int64) receives, by kind, the number behind the first word of that kind, or -1.
    """
    classes, steps, ends, words, width, final = tables
    numbers[:] = -1
    means, longest, crawler, state = 0, 0, 0, np.uint64(0)
    for p in range(start, stop):
        state = np.uint64(steps[state + np.uint64(classes[buffer[p]])])
        if state < np.uint64(final):
            continue
        word = words[ends[state // np.uint64(width)]]
        if not _stands(buffer, start, stop, p, word):
            continue
        means |= word[MEANS]
        if word[NUMBER] > 0 and numbers[word[NUMBER]] < 0:
            numbers[word[NUMBER]] = _number(buffer, p + 1, stop)
        if word[CRAWLER] > 0 and word[LENGTH] > longest:
            longest, crawler = word[LENGTH], word[CRAWLER]
    return means, crawler


@kernel
def _fits(means, rule):
    """Tell whether all bits of the rule's first column are there and none of its second."""
    return means & rule[0] == rule[0] and means & rule[1] == 0


@kernel
def claim_of(buffer, start, stop, tables, rules, numbers):
    """Read one agent into a claim (uint32), packed as in `access.claims`.

    *rules* are the rows of FAMILIES, CONTRADICTIONS and TWICE of `access.contradictions`, and the
    flag that a contradiction sets; *numbers* (int64) is room to work in.
    """
    means, crawler = read(buffer, start, stop, tables, numbers)
    family, major, flags = 0, 0, means & 63
    families, contradictions, twice, impossible = rules
    for rule in families:
        if _fits(means, rule):
            major = numbers[rule[2]] + rule[3] if numbers[rule[2]] >= 0 else 0
            family = rule[4]
            break
    for rule in contradictions:
        if _fits(means, rule) and numbers[rule[2]] >= rule[3]:
            flags |= impossible
    for rule in twice:
        one, other = numbers[rule[2]], numbers[rule[3]]
        frozen = other == rule[5] and other < one <= rule[6]
        if _fits(means, rule) and min(one, other) >= rule[4] and one != other and not frozen:
            flags |= impossible
    return np.uint32(family | (major << 8) | (flags << 18) | (crawler << 24))


@kernel
def claims_of(buffer, words, spans, seed, tables, rules, memory):
    """Hash and read each row's agent: (rows,) uint64 and (rows,) uint32.

    *spans* is (rows, 2). *memory* is (hashes uint64, claims uint32, numbers int64), the first two
    of one length that is a power of two; a claim that was pushed out of it is read again. An
    absent agent has hash 0 and is only flagged as empty.
    """
    hashes, claims, numbers = memory
    agents, read_claims = np.zeros(len(spans), np.uint64), np.zeros(len(spans), np.uint32)
    for row in range(len(spans)):
        start, stop = np.int64(spans[row, 0]), np.int64(spans[row, 1])
        if start >= stop:
            read_claims[row] = EMPTY
            continue
        agent = hash_span(buffer, words, start, stop, seed)
        slot = agent & np.uint64(len(hashes) - 1)
        if hashes[slot] != agent:
            claims[slot] = claim_of(buffer, start, stop, tables, rules, numbers)
            hashes[slot] = agent
        agents[row], read_claims[row] = agent, claims[slot]
    return agents, read_claims
