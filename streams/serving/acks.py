"""Acks: which firewall holds which set, as the firewalls themselves say (POST /v1/acks)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated

import msgspec
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from streams.serving.bodies import sent

if TYPE_CHECKING:
    from starlette.requests import Request

    from streams.serving.service import Serving

PATH = "/v1/acks"
MOST = 64  # firewalls; more would be somebody who invents names
SILENT = 60.0  # seconds without an acknowledgement; bouncers send one in ten
LONGEST = 4096  # bytes of one
STATES = ("current", "behind", "silent")

Short = Annotated[str, msgspec.Meta(max_length=200)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9._:-]+$")]
Set = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{16})?$")]


class Acked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a bouncer says; the keys are promised to other bouncers.

    What is as ever is left out, so that a service of an earlier version takes it, too.
    """

    bouncer: Name
    target: Short  # nftables, ipset …
    version: Short  # id of the last event, ETag …: what it heard
    set: Set  # what the firewall says it holds; empty: it holds none
    count: int = 0  # CIDRs refused
    left_out: int = 0  # entries that its rail kept out
    without_room: int = 0  # CIDRs that it has no room for
    whole: Set = ""  # name of the set that it holds as much of as it has room for; empty: all
    heard: Short = ""  # ISO 8601, UTC
    trouble: Short = ""

    def agrees(self, published: str) -> bool:
        """Tell whether it holds what is published, or as much of it as it can."""
        return published in {self.set, self.whole}


class Firewall(msgspec.Struct, frozen=True):
    """What is known of one firewall."""

    bouncer: str
    target: str
    set: str
    count: int
    left_out: int
    without_room: int
    trouble: str
    state: str  # current, behind or silent
    drift: float  # seconds since it was last known to hold what is published; 0: it does


@dataclass(frozen=True, slots=True)
class Seen:
    """The last acknowledgement of a firewall."""

    acked: Acked
    at: float  # seconds since 1970
    agreed: float  # when its set was last the one that is published


@dataclass(slots=True)
class Acks:
    """The last acknowledgement of each firewall, by name."""

    seen: dict[str, Seen] = field(default_factory=dict)

    def take(self, acked: Acked, published: str, now: float) -> bool:
        """Take one; False where there are too many firewalls already."""
        former = self.seen.get(acked.bouncer)
        if former is None and len(self.seen) >= MOST:
            return False
        agreed = now if acked.agrees(published) else former.agreed if former else now
        self.seen[acked.bouncer] = Seen(acked, now, agreed)
        return True

    def standings(self, published: str, now: float) -> list[Firewall]:
        """Say how each firewall stands, sorted by name."""
        for name, seen in self.seen.items():
            if seen.acked.agrees(published) and now - seen.at <= SILENT:
                self.seen[name] = replace(seen, agreed=now)
        return [standing(self.seen[name], published, now) for name in sorted(self.seen)]


def standing(seen: Seen, published: str, now: float) -> Firewall:
    """Say how one firewall stands."""
    state = "current" if seen.acked.agrees(published) else "behind"
    return Firewall(
        bouncer=seen.acked.bouncer,
        target=seen.acked.target,
        set=seen.acked.set,
        count=seen.acked.count,
        left_out=seen.acked.left_out,
        without_room=seen.acked.without_room,
        trouble=seen.acked.trouble,
        state="silent" if now - seen.at > SILENT else state,
        drift=round(now - seen.agreed, 3),
    )


def acks_route(serving: Serving) -> Route:
    """Answer at /v1/acks: POST takes one, GET lists all."""

    async def answer(request: Request) -> Response:
        if request.method == "POST":
            return await taken(serving, request)
        published = await serving.published()
        found = serving.acks.standings(published, serving.now())
        return JSONResponse({"set": published, "firewalls": msgspec.to_builtins(found)})

    return Route(PATH, answer, methods=["GET", "POST"])


async def taken(serving: Serving, request: Request) -> Response:
    """Take an acknowledgement."""
    try:
        acked = msgspec.json.decode(await sent(request, LONGEST), type=Acked)
    except ValueError as error:
        return Response(f"no acknowledgement: {error}\n", 400, media_type="text/plain")
    if serving.acks.take(acked, await serving.published(), serving.now()):
        return Response(None, 204)
    return Response(f"more than {MOST} firewalls\n", 429, media_type="text/plain")


async def tell_acks(serving: Serving) -> None:
    """Set the metrics that say how the firewalls stand."""
    found = serving.acks.standings(await serving.published(), serving.now())
    for state in STATES:
        serving.meters.bouncers.labels(state).set(sum(each.state == state for each in found))
    serving.meters.bouncers_drift_seconds.set(max((each.drift for each in found), default=0.0))
