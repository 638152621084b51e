"""AWS WAF: for each list two IP sets, of IPv4 and of IPv6, each replaced whole.

A set is replaced with the token of what was read before; if somebody else has changed it since, it
is read again.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from streams.bouncing.target import Refused
from streams.clouds.client import PATIENCE, given, needed
from streams.clouds.cloud import Cloud
from streams.clouds.exact import exact
from streams.clouds.knobs import CLOUDFRONT
from streams.clouds.words import room_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streams.clouds.knobs import Clouds

VERSIONS = {4: "IPV4", 6: "IPV6"}
GLOBAL = "us-east-1"  # where sets of CloudFront are
ATTEMPTS = 5  # to be the one who changes a set; chosen: nobody else should change it at all
PAGE = 100  # sets listed at once; AWS's maximum
LOCKED, GONE = "WAFOptimisticLockException", "WAFNonexistentItemException"
MEANT = {
    "AccessDeniedException": "these credentials may not do that",
    "UnrecognizedClientException": "the credentials are refused",
    "InvalidClientTokenId": "the credentials are refused",
    "ExpiredTokenException": "the credentials have expired",
    "ThrottlingException": "too many requests",
    "WAFLimitsExceededException": "more than AWS lets a set hold: lower clouds.aws_slots",
    GONE: "the IP set is gone",
}


def aws(clouds: Clouds) -> Cloud:
    """Make the target; ValueError says what is missing."""
    given(clouds.aws_block, "clouds.aws_block")
    boto3, botocore = needed("boto3", "aws"), needed("botocore.exceptions", "aws")
    limits = needed("botocore.config", "aws").Config(
        connect_timeout=PATIENCE,
        read_timeout=PATIENCE,
        retries={"total_max_attempts": 3, "mode": "standard"},
    )
    region = GLOBAL if clouds.aws_scope == CLOUDFRONT else clouds.aws_region or None
    try:
        waf = boto3.client("wafv2", region_name=region, config=limits)
    except botocore.NoRegionError:
        msg = "clouds.aws_region: not set, and AWS_REGION neither"
        raise ValueError(msg) from None
    found = words(clouds, "aws")
    room = room_of(clouds.aws_slots, found, apart=True)
    return Cloud({w: IpSets(waf, clouds.aws_scope, name) for w, name in found.items()}, room)


@dataclass(slots=True)
class IpSets:
    """The two IP sets of one list, NAME4 and NAME6."""

    waf: Any
    scope: str
    name: str
    rest: float = 2.0  # seconds; AWS takes one change a second, and there are two sets
    _ids: dict[str, str] = field(default_factory=dict)  # by name

    def read(self) -> list[str]:
        """Read both sets."""
        return [exact(c) for v in VERSIONS for c in self._get(v)["IPSet"]["Addresses"]]

    def write(self, wanted: Mapping[str, str]) -> None:
        """Replace each set that is to be another."""
        for version in VERSIONS:
            self._replace(version, {c for c in wanted if (":" in c) == (version == 6)})

    def _replace(self, version: int, wanted: set[str]) -> None:
        for _ in range(ATTEMPTS):
            found = self._get(version)
            if {exact(cidr) for cidr in found["IPSet"]["Addresses"]} == wanted:
                return
            with answered("UpdateIPSet"):
                try:
                    self.waf.update_ip_set(
                        **self._which(version),
                        Addresses=sorted(wanted),
                        LockToken=found["LockToken"],
                        **described(found),
                    )
                except self.waf.exceptions.WAFOptimisticLockException:
                    continue
                return
        msg = f"AWS WAF: somebody else keeps changing {self.name}{version}"
        raise Refused(msg)

    def _get(self, version: int) -> Any:  # noqa: ANN401 - as boto3 has it
        which = self._which(version)
        try:
            with answered("GetIPSet"):
                found = self.waf.get_ip_set(**which)
        except Refused:
            self._ids.pop(which["Name"], None)  # it may have been made anew
            raise
        if (said := found["IPSet"]["IPAddressVersion"]) != VERSIONS[version]:
            msg = f"AWS WAF: {which['Name']} is of {said}, and has to be of {VERSIONS[version]}"
            raise Refused(msg)
        return found

    def _which(self, version: int) -> dict[str, str]:
        """Name a set as all calls want it named; its id is looked up once."""
        name = f"{self.name}{version}"
        if name not in self._ids:
            self._ids |= dict(self._listed())
        if name not in self._ids:
            msg = f"AWS WAF: no IP set {name} in scope {self.scope}; create it first"
            raise Refused(msg)
        return {"Name": name, "Scope": self.scope, "Id": self._ids[name]}

    def _listed(self) -> Iterator[tuple[str, str]]:
        asked: dict[str, Any] = {"Scope": self.scope, "Limit": PAGE}
        while True:
            with answered("ListIPSets"):
                said = self.waf.list_ip_sets(**asked)
            yield from ((each["Name"], each["Id"]) for each in said["IPSets"])
            if not said.get("NextMarker") or not said["IPSets"]:
                return
            asked["NextMarker"] = said["NextMarker"]


def described(found: Any) -> dict[str, str]:  # noqa: ANN401 - as boto3 has it
    """Keep a set's description, which is replaced as well."""
    said = found["IPSet"].get("Description")
    return {"Description": said} if said else {}


@contextmanager
def answered(call: str) -> Iterator[None]:
    """Say what went wrong with a call; what AWS says of it may hold an address, and is not said."""
    troubles = needed("botocore.exceptions", "aws")
    try:
        yield
    except troubles.ClientError as error:
        code = error.response.get("Error", {}).get("Code", "unknown")
        msg = f"AWS WAF: {call}: {code}" + (f": {MEANT[code]}" if code in MEANT else "")
        raise Refused(msg) from None
    except troubles.BotoCoreError as error:
        msg = f"AWS WAF: {call}: {type(error).__name__}"
        raise Refused(msg) from None
