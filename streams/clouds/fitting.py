"""Fitting: the cloud that somebody named, made from the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.clouds.aws import aws
from streams.clouds.cloudflare import cloudflare
from streams.clouds.fastly import fastly

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streams.clouds.cloud import Cloud
    from streams.clouds.knobs import Clouds

CLOUDS: Mapping[str, Callable[[Clouds], Cloud]] = {
    "aws-waf": aws,
    "cloudflare": cloudflare,
    "fastly": fastly,
}
