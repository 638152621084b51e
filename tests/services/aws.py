"""AWS WAF as moto plays it; also by HTTP, for programs of their own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.services.answering import Asked, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION, NAME, CHALLENGE = "eu-central-1", "hedgerow-block", "hedgerow-challenge"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_EC2_METADATA_DISABLED": "true",
}
KINDS = {4: "IPV4", 6: "IPV6"}


@dataclass(slots=True)
class Aws:
    """IP sets of one scope, in moto."""

    scope: str = "REGIONAL"
    region: str = REGION
    waf: Any = None
    troubles: list[Said] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def begin(self) -> None:
        """Make the sets."""
        self.waf = boto3.client("wafv2", region_name=self.region)
        for version in KINDS:
            self.make(f"{NAME}{version}", version)
            self.make(f"{CHALLENGE}{version}", version)

    def make(self, name: str, version: int) -> None:
        """Make a set."""
        self.waf.create_ip_set(
            Name=name,
            Scope=self.scope,
            IPAddressVersion=KINDS[version],
            Addresses=[],
            Description="who is refused",
        )

    def which(self, name: str) -> dict[str, str]:
        """Name a set as calls want it."""
        listed = self.waf.list_ip_sets(Scope=self.scope)["IPSets"]
        return {
            "Name": name,
            "Scope": self.scope,
            "Id": next(each["Id"] for each in listed if each["Name"] == name),
        }

    def held(self, name: str = NAME) -> set[str]:
        """Tell what the two sets of a list hold."""
        sets = [self.waf.get_ip_set(**self.which(f"{name}{v}"))["IPSet"] for v in KINDS]
        return {str(ip_network(cidr)) for each in sets for cidr in each["Addresses"]}

    def put(self, *cidrs: str, name: str = NAME) -> None:
        """Let somebody replace the addresses by hand."""
        for version in KINDS:
            which = self.which(f"{name}{version}")
            token = self.waf.get_ip_set(**which)["LockToken"]
            meant = [cidr for cidr in cidrs if (":" in cidr) == (version == 6)]
            self.waf.update_ip_set(**which, Addresses=meant, LockToken=token)

    def answer(self, asked: Asked) -> Said:
        """Pass a request of AWS's protocol on to moto."""
        call = asked.headers["x-amz-target"].partition(".")[2]
        try:
            said = getattr(self.waf, xform_name(call))(**asked.body)
        except ClientError as error:
            told = error.response["Error"]
            return Said({"__type": told["Code"], "message": told["Message"]}, 400)
        return Said({name: value for name, value in said.items() if name != "ResponseMetadata"})


@contextmanager
def aws(scope: str = "REGIONAL", region: str = REGION) -> Iterator[Aws]:
    """Play AWS in this process, to whoever uses boto3, until the test ends."""
    with mock_aws():
        made = Aws(scope, region)
        made.begin()
        yield made
