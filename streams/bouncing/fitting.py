"""Fitting: the source and the target that somebody named, made from the settings."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from streams.bouncing.asking import Place
from streams.bouncing.command import Command
from streams.bouncing.following import PATH, Following
from streams.bouncing.haproxy import Haproxy
from streams.bouncing.ipset import Ipset
from streams.bouncing.nftables import Nftables
from streams.bouncing.nginx import Nginx
from streams.bouncing.polling import Polling
from streams.bouncing.watchfile import Watchfile
from streams.clouds.fitting import CLOUDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.bouncing.heard import Source
    from streams.bouncing.target import Target
    from streams.settings import Settings

KINDS = ("nftables", "ipset", "haproxy", "nginx", *CLOUDS, "command")
LISTS = (".txt", ".json")
TOPIC = "kafka"


def is_url(text: str) -> bool:
    """Tell a URL from the name of a file."""
    return text.startswith(("http://", "https://"))


def source_of(text: str, settings: Settings) -> Source:
    """Make the source that a text names; ValueError says what is wrong with it."""
    knobs = settings.bouncer
    if text == TOPIC:
        from streams.bouncing.subscribing import Subscribing  # noqa: PLC0415 - Kafka's client

        return Subscribing(settings.broker)
    if not is_url(text):
        path = Path(text)
        return Watchfile(path / "blocklist.txt" if path.is_dir() else path, knobs)
    place = Place.of(text, knobs)
    if place.path.endswith(LISTS):
        return Polling(place, knobs)
    if place.path not in {"", PATH}:
        msg = f"expected a path that ends in {', '.join(LISTS)} or {PATH}, saw {text!r}"
        raise ValueError(msg)
    return Following(place, knobs)


def target_of(kind: str, settings: Settings, command: Sequence[str] = ()) -> Target:
    """Make a target of one of KINDS; ValueError says what is missing."""
    knobs = settings.bouncer
    if kind in CLOUDS:
        return CLOUDS[kind](settings.clouds)
    if kind == "command" and not command:
        msg = "--to command: say which, after --: … --to command -- /usr/local/bin/apply"
        raise ValueError(msg)
    made: dict[str, Target] = {
        "nftables": Nftables(knobs.table),
        "ipset": Ipset(knobs.table),
        "haproxy": Haproxy(knobs.haproxy_socket, Path(knobs.haproxy_map)),
        "nginx": Nginx(Path(knobs.nginx_include), tuple(shlex.split(knobs.nginx))),
        "command": Command(tuple(command)),
    }
    return made[kind]
