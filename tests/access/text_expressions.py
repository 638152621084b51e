"""How each text format looks, and what may stand in front of a line, as regular expressions."""

from __future__ import annotations

import re

WORD = rb'(?:[^ "\\]|\\.)'
IN_QUOTES = rb'(?:[^"\\]|\\.|"(?! |\Z))*'
QUOTED = rb'"%s"(?= |\Z)' % IN_QUOTES
STATUS, SIZE = rb"(?P<status>\d{3}|-1?|0)", rb"(?P<size>\d{1,18}|-)"
REST = (
    rb'(?P<user>(?:"")?(?:[^"\\]|\\.)*?) \[(?P<time>.{26})\] "(?P<request>' + IN_QUOTES + rb')" '
    + STATUS + b" " + SIZE
)  # fmt: skip
IDENTITY = rb"(?P<identity>" + WORD + rb"*)"
COMMON = rb"(?P<client>" + WORD + rb"+) " + IDENTITY + rb" " + REST
TWO = rb' "(?P<referer>' + IN_QUOTES + rb')" "(?P<agent>' + IN_QUOTES + rb')"'
VHOST = rb"(?P<host>" + WORD + rb"*?):\d{1,18} " + COMMON + TWO
MAIN = COMMON + TWO + rb' "(?P<forwarded>' + IN_QUOTES + rb')"'
TAIL = rb'(?: (?:[^"\\]|\\.|\\\Z|' + QUOTED + rb")*)?\Z"
PLAIN = rb"(?P<host>" + WORD + rb"*) " + COMMON + TWO
ANY = WORD + rb"*"
LAST = rb"(?:" + WORD + rb"|\\\Z)*"
ISO = rb"(?P<iso>[0-9:TZ+,.-]+)"
PEER = rb"(?P<client>" + WORD + rb"*?):\d{1,18}"
CELL, WORD_CELL = rb"[^\t]*", rb'(?:[^ "\\\t]|\\.)*'


def raw(name: bytes, behind: bytes = b' "') -> bytes:
    """Write down a text in quotes that ends with the first behind which *behind* stands."""
    return rb'"(?>(?P<%s>.*?)"(?=%s))' % (name, behind)


HOPS = raw(b"forwarded") + b" " + raw(b"agent") + b" " + raw(b"id") + b" " + raw(b"host") + b" "
ENVOY = rb"\[%s\] %s %s %s %s %s %s %s " % (
    *(ISO, raw(b"request", b" "), STATUS, ANY, ANY, SIZE, ANY, ANY),
) + HOPS + raw(b"upstream", rb" |\Z") + rb"\Z"  # fmt: skip
ISTIO = (
    rb"\[%s\] %s %s %s %s %s " % (ISO, raw(b"request", b" "), STATUS, ANY, ANY, ANY)
    + raw(b"failure", b" ") + rb" %s %s %s %s " % (ANY, SIZE, ANY, ANY)
    + HOPS + raw(b"upstream", b" ") + rb" %s %s %s (?P<client>%s) %s " % (ANY, ANY, ANY, ANY, ANY)
    + LAST + rb"\Z"
)  # fmt: skip
TIMERS = rb" %s %s %s %s %s %s %s %s %s %s " % (ANY, ANY, ANY, STATUS, SIZE, *[ANY] * 5)
HAPROXY = PEER + rb" \[(?P<ms>.{24})\]" + TIMERS
CAPTURES = rb'\{(?P<hashed_agent>[^"|}]*)\|(?P<hashed_referer>[^"}]*)\} '
ASKED = rb'"(?P<request>' + IN_QUOTES + rb')"'
ALB = (
    rb"%s %s %s " % (ANY, ISO, ANY) + PEER + rb" %s %s %s %s " % (ANY, ANY, ANY, ANY)
    + STATUS + rb" %s %s %s " % (ANY, ANY, SIZE) + ASKED + rb' "(?P<agent>' + IN_QUOTES + rb')"'
)  # fmt: skip
CLOUDFRONT = rb"\t".join(
    [
        *(rb"(?P<utc>.{19})", CELL, SIZE, rb"(?P<client>" + WORD_CELL + rb")"),
        *(rb"(?P<method>" + WORD_CELL + rb")", CELL, rb"(?P<path>[^\t]*)", STATUS),
        *(rb"(?P<percent_referer>[^\t]*)", rb"(?P<percent_agent>[^\t]*)", rb"(?P<query>[^\t]*)"),
        *(CELL, CELL, CELL, rb"(?P<host>[^\t]*)", CELL, CELL, CELL),
        *(rb"(?P<percent_forwarded>[^\t]*)", *[CELL] * 9, rb"(?P<percent_type>[^\t]*)"),
        *(CELL, CELL, LAST),
    ]
)
HAPROXIES = (HAPROXY + CAPTURES + ASKED, HAPROXY + ASKED)
OPEN_ENDED = (MAIN, COMMON + TWO, COMMON, VHOST, PLAIN, CLOUDFRONT, *HAPROXIES, ALB)
LAYOUTS = [re.compile(p, re.DOTALL) for p in (*(p + TAIL for p in OPEN_ENDED), ENVOY, ISTIO)]
CLIENT_FIRST, HOST_FIRST = LAYOUTS[:3], LAYOUTS[4]

STREAM = rb"(?=.{4}-..-..T)[^ ]+ std(?:out|err) (?P<piece>[FP]) "
TAG = rb"(?:[^ ]*[^ :] )?[^ ]*: "
NAMED = rb"[A-Za-z].[A-Za-z] .\d \d.:..:.\d "
DATED = rb"(?=.{4}-..-..T)[^ ]+ "
STRUCTURED = rb"<\d{1,3}>1 (?:[^ ]+ ){5}-?(?:\[(?:[^\]\\]|\\.)*\])* (?=.)(?:\xef\xbb\xbf)?"
SYSLOG = rb"(?:<\d{1,3}>)?(?:" + NAMED + rb"|" + DATED + rb")" + TAG
HEADER = re.compile(rb"(?:" + STREAM + rb"|" + STRUCTURED + rb"|" + SYSLOG + rb")", re.DOTALL)
