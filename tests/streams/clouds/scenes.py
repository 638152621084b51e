"""Scenes: each cloud with its lists, and the target that keeps them, as an operator sets it up."""

from __future__ import annotations

import socket
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from streams.bouncing.enforcing import Enforcing
from streams.bouncing.heard import Heard
from streams.bouncing.knobs import Bouncer
from streams.clouds.fitting import CLOUDS
from streams.clouds.knobs import Clouds
from tests.services import aws, cloudflare, fastly
from tests.services.answering import answering
from tests.streams.bouncing.origin import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest

    from enforcement.standing import Entry
    from streams.bouncing.acknowledging import Ack
    from streams.clouds.cloud import Cloud


@dataclass(slots=True)
class Scene:
    """A cloud, and its settings."""

    kind: str
    clouds: Clouds
    played: Any

    def target(self, **knobs: object) -> Cloud:
        """Make the target, as a bouncer that starts does."""
        return CLOUDS[self.kind](replace(self.clouds, **knobs))  # type: ignore[arg-type] # knobs


@contextmanager
def scene(kind: str, patch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Play a cloud until the test ends; its waits are short."""
    with ExitStack() as stack:
        patch.setattr("streams.clouds.cloudflare.POLL", 0.02)
        yield SCENES[kind](stack, patch)


def aws_waf(stack: ExitStack, patch: pytest.MonkeyPatch) -> Scene:
    for name, value in aws.CREDENTIALS.items():
        patch.setenv(name, value)
    return Scene("aws-waf", Clouds(aws_region=aws.REGION), stack.enter_context(aws.aws()))


def of_cloudflare(stack: ExitStack, patch: pytest.MonkeyPatch) -> Scene:
    patch.setenv("CLOUDFLARE_API_TOKEN", cloudflare.TOKEN)
    played = cloudflare.Cloudflare()
    url = stack.enter_context(answering(played, socket.create_server(("127.0.0.1", 0))))
    named = {"cloudflare_account": cloudflare.ACCOUNT, "cloudflare_block": cloudflare.BLOCK}
    return Scene("cloudflare", Clouds(**named, cloudflare_url=url), played)  # type: ignore[arg-type] # all texts


def of_fastly(stack: ExitStack, patch: pytest.MonkeyPatch) -> Scene:
    patch.setenv("FASTLY_API_TOKEN", fastly.TOKEN)
    played = fastly.Fastly()
    url = stack.enter_context(answering(played, socket.create_server(("127.0.0.1", 0))))
    clouds = Clouds(fastly_service=fastly.SERVICE, fastly_block=fastly.BLOCK, fastly_url=url)
    return Scene("fastly", clouds, played)


SCENES: dict[str, Callable[[ExitStack, pytest.MonkeyPatch], Scene]] = {
    "aws-waf": aws_waf,
    "cloudflare": of_cloudflare,
    "fastly": of_fastly,
}
CHALLENGES = {
    "aws-waf": aws.CHALLENGE,
    "cloudflare": cloudflare.CHALLENGE,
    "fastly": fastly.CHALLENGE,
}


@dataclass(slots=True)
class Bounced:
    """A bouncer that keeps a cloud, and what it acknowledged."""

    enforcing: Enforcing
    acks: list[Ack]

    def hear(self, *endings: tuple[Entry, float]) -> None:
        """Let the source say something, and the bouncer act on it."""
        self.enforcing.box.put(Heard(endings, "v"), clock())
        self.enforcing.look()


def bounced(target: Cloud, state: Path, check: int = 1) -> Bounced:
    """Start a bouncer; it looks at the cloud each second."""
    acks: list[Ack] = []
    enforcing = Enforcing(target, Bouncer(check=check), list, acks.append, state / "state.json")
    enforcing.begin()
    return Bounced(enforcing, acks)
