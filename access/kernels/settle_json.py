"""Turn the values noted in one JSON line into its row of the columns."""

from __future__ import annotations

from access.aliases import MEANINGS, Meaning
from access.event import FIRST_HEADER, HEADERS, Field
from access.kernels.authority import put_target
from access.kernels.bearing import heard
from access.kernels.clf_time import BAD
from access.kernels.compiled import lean_kernel
from access.kernels.decimal import whole
from access.kernels.json_choice import NOT_THERE, choose, moment
from access.kernels.json_target import asked
from access.kernels.protocol import protocol_behind, protocol_of
from access.kernels.spelling import decoded
from access.kernels.walk_json import FINE

PERCENT = 37
NO_TIME, BAD_TIME, TIME_WITHOUT_ZONE, NO_TARGET, NO_CLIENT, BAD_STATUS = range(120, 126)

_AGENT, _HOST, _CLIENT = (int(f) for f in (Field.AGENT, Field.HOST, Field.CLIENT))
_FIRST, _LAST = int(Field.REFERER), int(Field.TYPE)  # the fields kept as they stand
_STATUS, _SIZE = int(Meaning.STATUS), int(Meaning.SIZE)
_ENCODED = int(Meaning.ENCODED_AGENT)
_PROTOCOL, _REQUEST = int(Meaning.PROTOCOL), int(Meaning.REQUEST)


@lean_kernel
def settle(buffer, values, seen, row, numbers, free):
    """Fill *row* (spans of one line) as far as it goes; return (problem, its place or -1, free).

    `numbers` (5,) becomes time in ms, status, Method, size, Protocol. Its first number comes in as
    the time of a line that says none, negative where that is not known either.
    """
    at, where = moment(buffer, values, seen, free)
    if at != NOT_THERE:
        numbers[0] = at
    status = _number(buffer, values, seen, _STATUS, free)
    numbers[1] = max(status, 0)
    numbers[3] = max(_number(buffer, values, seen, _SIZE, free), -1)
    for field in range(_FIRST, _LAST + 1):
        row[2 * field], row[2 * field + 1], free = choose(buffer, values, seen, field, free)
    free = _agent(buffer, values, seen, row, free)
    numbers[2], start, stop, free = asked(buffer, values, seen, free)
    put_target(buffer, start, stop, row)
    numbers[4] = _protocol(buffer, values, seen, free)
    named = _client(buffer, row)
    if numbers[0] < 0:
        late = BAD_TIME if at == BAD else TIME_WITHOUT_ZONE
        return (NO_TIME, -1, free) if at == NOT_THERE else (late, where, free)
    if status == BAD or status > 999:
        return BAD_STATUS, -1, free
    if stop == start:
        return NO_TARGET, -1, free
    return (FINE if named else NO_CLIENT), -1, free


@lean_kernel
def _number(buffer, values, seen, meaning, free):
    """Read a number, bare or in quotes: -1 where it is absent, BAD where it is none."""
    start, stop, _ = choose(buffer, values, seen, meaning, free)
    return whole(buffer, start, stop) if stop > start else -1


@lean_kernel
def _protocol(buffer, values, seen, free):
    """Read the protocol where it stands alone, else behind the request line."""
    start, stop, _ = choose(buffer, values, seen, _PROTOCOL, free)
    if stop > start:
        return protocol_of(buffer, start, stop)
    start, stop, _ = choose(buffer, values, seen, _REQUEST, free)
    return protocol_behind(buffer, start, stop)


@lean_kernel
def _agent(buffer, values, seen, row, free):
    """Decode the user agent where only an encoded one is there."""
    if row[2 * _AGENT] != row[2 * _AGENT + 1] or seen[_ENCODED] == 0:
        return free
    start, stop, _ = choose(buffer, values, seen, _ENCODED, free)
    after = decoded(buffer, start, stop, free, PERCENT)
    row[2 * _AGENT], row[2 * _AGENT + 1] = free, after
    return after


@lean_kernel
def _client(buffer, row):
    """Tell whether the line names a client; parsers of Apache logs call it `host`.

    Only an address counts then: where a log lacks the client, `host` is what the client typed.
    """
    if row[2 * _CLIENT] != row[2 * _CLIENT + 1]:
        return True
    start, stop = row[2 * _HOST], row[2 * _HOST + 1]
    if not _address(buffer, start, stop):
        return False
    row[2 * _CLIENT], row[2 * _CLIENT + 1] = start, stop
    row[2 * _HOST + 1] = start
    return True


@lean_kernel
def _address(buffer, start, stop):
    """Tell an address from a name: digits and three dots, or hexadecimal and some colons."""
    dots, colons, letters = 0, 0, 0
    for p in range(start, stop):
        c = buffer[p]
        dots += c == 46
        colons += c == 58
        letters += 97 <= c | 32 <= 102
        if not (c == 46 or 48 <= c <= 58 or 97 <= c | 32 <= 102):
            return False
    return colons > 1 or (dots == 3 and colons == 0 and letters == 0)


@lean_kernel
def listen(buffer, words, values, seen, row, sent, free):
    """Tell what the headers of a settled line show of its client; see `heard`.

    *sent* (2 * HEADERS,) is scratch, and so are the bytes from *free* on.
    """
    told = 0
    for header in range(HEADERS):
        meaning = FIRST_HEADER + header
        if seen[MEANINGS + meaning]:
            told |= 1 << header
            start, stop, free = choose(buffer, values, seen, meaning, free)
            sent[2 * header], sent[2 * header + 1] = start, stop
    return heard(buffer, words, sent, 0, told, row[2 * _AGENT], row[2 * _AGENT + 1])
