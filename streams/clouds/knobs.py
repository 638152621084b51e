"""Knobs of the clouds: which of their lists a bouncer keeps, and with whose word."""

from __future__ import annotations

from dataclasses import dataclass

REGIONAL, CLOUDFRONT = "REGIONAL", "CLOUDFRONT"


@dataclass(frozen=True, slots=True)
class Clouds:
    """What stands under [clouds] in the settings."""

    aws_scope: str = REGIONAL  # or CLOUDFRONT, whose IP sets are in us-east-1
    aws_region: str = ""  # of REGIONAL sets; empty: as AWS's own programs find it
    aws_block: str = "hedgerow-block"  # the IP sets hedgerow-block4 and hedgerow-block6
    aws_challenge: str = ""  # the same, of those to be challenged; empty: nobody is
    aws_slots: int = 10_000  # addresses in a set; AWS's quota
    cloudflare_account: str = ""  # id of the account
    cloudflare_block: str = ""  # id of the list of those refused
    cloudflare_challenge: str = ""  # … of those to be challenged; empty: nobody is
    cloudflare_slots: int = 10_000  # items in a list; a plan may have fewer in all lists together
    cloudflare_token_file: str = ""  # the API token; empty: CLOUDFLARE_API_TOKEN
    cloudflare_url: str = "https://api.cloudflare.com/client/v4"
    fastly_service: str = ""  # id of the service
    fastly_block: str = ""  # id of the ACL of those refused
    fastly_challenge: str = ""  # … of those to be challenged; empty: nobody is
    fastly_slots: int = 1000  # entries in an ACL; Fastly's limit, unless it gave you more
    fastly_token_file: str = ""  # the API token; empty: FASTLY_API_TOKEN
    fastly_url: str = "https://api.fastly.com"


def check_clouds(clouds: Clouds, place: str) -> None:
    """Refuse what no cloud could work with."""
    if clouds.aws_scope not in {REGIONAL, CLOUDFRONT}:
        msg = f"{place}.aws_scope: expected {REGIONAL} or {CLOUDFRONT}, saw {clouds.aws_scope!r}"
        raise ValueError(msg)
    for name in ("aws_slots", "cloudflare_slots", "fastly_slots"):
        if getattr(clouds, name) < 1:
            msg = f"{place}.{name}: expected a number from 1 up, saw {getattr(clouds, name)}"
            raise ValueError(msg)
