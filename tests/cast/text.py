"""Text: a world's requests as the log lines a web server would have written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tests.cast.addresses import OWN_PROXY, address_text
from tests.cast.headers import worn
from tests.cast.links import ITEM_BITS, Thing, thing_of
from tests.cast.sites import account_text, session_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from tests.cast.platform import Requests
    from tests.cast.schemes import Spelling

BLOCK = 16_384  # lines at a time: some 4 MiB
MONTHS = "??? Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"  # four letters each
COMBINED = (
    '<address> - - [<time>] "<method> <target> <protocol>" <status> <size> "<referer>" "<agent>"\n'
)
FORMATS = {
    "combined": COMBINED,
    # Written behind the platform's own proxy, which sends the client in X-Forwarded-For.
    "nginx_main": COMBINED.replace("<address>", address_text(OWN_PROXY)).replace(
        "\n", ' "<address>"\n'
    ),
    "json": (
        '{"time":"<iso>","msec":"<second>.<milli>","remote_addr":"<address>","host":"<host>",'
        '"request_method":"<method>","request_uri":"<target>","status":<status>,'
        '"body_bytes_sent":<size>,"http_referer":"<referer>","http_user_agent":"<agent>",'
        '"sent_content_type":"<type>","cookie_session":"<session>","user_id":"<account>",'
        '"server_protocol":"<protocol>"}\n'
    ),
}
# … of a platform that logs what else a client says of itself.
FORMATS["json_headers"] = FORMATS["json"].replace("}\n", ",<headers>}\n")
ASSET_TYPES = (
    "text/css", "text/javascript", "text/javascript", "font/woff2", "image/svg+xml", "image/x-icon"
)  # fmt: skip
CALLS = (Thing.CALL_FEED, Thing.CALL_PHOTO, Thing.CALL_OWNER)


def type_text(link: int) -> str:
    """Tell the Content-Type of what a link leads to."""
    thing, item = link >> ITEM_BITS, link & ((1 << ITEM_BITS) - 1)
    if thing == Thing.ASSET:
        return ASSET_TYPES[item]
    if thing in (Thing.PICTURE, Thing.AVATAR):
        return "image/webp"  # what browsers are given, whatever the address says
    if thing in CALLS:
        return "application/json"
    return "text/plain" if thing in (Thing.ROBOTS, Thing.HEALTH) else "text/html"


def clf_text(second: int) -> str:
    """Write a time as combined logs do; the platform's clock runs on UTC."""
    at = datetime.fromtimestamp(second, UTC)
    return f"{at.day:02}/{MONTHS[4 * at.month :][:3]}/{at:%Y:%H:%M:%S} +0000"


def iso_text(second: int) -> str:
    """Write a time as nginx's $time_iso8601."""
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}+00:00"


@dataclass(frozen=True, slots=True)
class Words:
    """A column of text: each distinct word once, and which one each row holds."""

    words: pa.Array
    codes: NDArray[np.int32]  # (rows,)

    @classmethod
    def of(cls, values: NDArray[np.int64], spell: Callable[[int], str]) -> Words:
        """Spell each distinct value once."""
        distinct, codes = np.unique(values, return_inverse=True)
        words = pa.array([spell(v) for v in distinct.tolist()], pa.string())
        return cls(words, codes.astype(np.int32))

    def cut(self, start: int, stop: int) -> pa.Array:
        """Write out some rows."""
        return self.words.take(pa.array(self.codes[start:stop]))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes requests, column by column."""

    requests: Requests
    spelling: Spelling
    agents: list[str]
    wearer: NDArray[np.int64]  # (rows,) see `tests.cast.headers`

    def blocks(self, name: str) -> Iterator[bytes]:
        """Write all lines in the format called *name*: whole lines, some MiB at a time."""
        pieces = re.split(r"<(\w+)>", FORMATS[name])
        columns = [p if i % 2 == 0 else self._column(p) for i, p in enumerate(pieces)]
        for start in range(0, len(self.requests), BLOCK):
            stop = min(start + BLOCK, len(self.requests))
            cut = [c if isinstance(c, str) else c.cut(start, stop) for c in columns]
            lines = pc.binary_join_element_wise(*cut, "")
            offsets = np.frombuffer(lines.buffers()[1], np.int32)
            yield memoryview(lines.buffers()[2])[: int(offsets[len(lines)])].tobytes()

    def _column(self, name: str) -> Words:
        r, spell = self.requests, self.spelling
        columns: dict[str, tuple[NDArray[np.int64], Callable[[int], str]]] = {
            "address": (r.address, address_text),
            "time": (r.at // 1000, clf_text),
            "iso": (r.at // 1000, iso_text),
            "second": (r.at // 1000, str),
            "milli": (r.at % 1000, "{:03}".format),
            "method": (r.method, ("GET", "HEAD").__getitem__),
            "target": (r.link, spell.target),
            "protocol": (r.protocol, ("HTTP/1.1", "HTTP/2.0").__getitem__),
            "status": (r.status, str),
            "size": (r.size, str),
            "referer": (r.referer, spell.referer),
            "agent": (r.agent, self.agents.__getitem__),
            "host": (thing_of(r.link), spell.host),
            "type": (r.link, type_text),
            "session": (r.session, session_text),
            "account": (r.account, account_text),
        }
        if name == "headers":
            columns[name] = worn(r, self.wearer, self.agents)
        return Words.of(*columns[name])
