"""Edges: each cloud in front of a town's site, as its operator would set it up."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.clouds.fitting import CLOUDS
from streams.clouds.knobs import Clouds
from tests.services import aws, cloudflare, fastly
from tests.services.answering import answering
from tests.services.town import inside, opened_at
from tests.streams.bouncing.gated import Gate, site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streams.bouncing.plan import Plan
    from streams.bouncing.slots import Room
    from streams.bouncing.target import Target
    from tests.services.answering import Api
    from tests.services.town import Town


@contextmanager
def aws_waf(town: Town, folder: Path) -> Iterator[Gate]:
    with aws.aws() as played, cloud_at(town, played) as url:
        said = {**aws.CREDENTIALS, "AWS_ENDPOINT_URL_WAFV2": url}
        knobs = f'[clouds]\naws_region = "{aws.REGION}"\n'
        target = CLOUDS["aws-waf"](Clouds(aws_region=aws.REGION))  # of this process: moto itself
        with site(town, played.held):
            yield Gate(town, folder, "aws-waf", target, knobs, environment=pairs(said))


@contextmanager
def of_cloudflare(town: Town, folder: Path) -> Iterator[Gate]:
    played, kept = cloudflare.Cloudflare(), folder / "token"
    named = {"account": cloudflare.ACCOUNT, "block": cloudflare.BLOCK}
    with cloud_at(town, played) as url, site(town, played.held):
        yield http_gate(town, "cloudflare", kept, cloudflare.TOKEN, {**named, "url": url})


@contextmanager
def of_fastly(town: Town, folder: Path) -> Iterator[Gate]:
    played, kept = fastly.Fastly(), folder / "token"
    named = {"service": fastly.SERVICE, "block": fastly.BLOCK}
    with cloud_at(town, played) as url, site(town, played.held):
        yield http_gate(town, "fastly", kept, fastly.TOKEN, {**named, "url": url})


def http_gate(town: Town, kind: str, kept: Path, token: str, named: dict[str, str]) -> Gate:
    """Write down what an operator sets."""
    kept.write_text(f"{token}\n")
    kept.chmod(0o600)
    knobs = {f"{kind}_{name}": value for name, value in {**named, "token_file": str(kept)}.items()}
    lines = "".join(f'{name} = "{value}"\n' for name, value in knobs.items())
    target = Away(town, CLOUDS[kind](Clouds(**knobs)))  # type: ignore[arg-type] # all texts
    return Gate(town, kept.parent, kind, target, f"[clouds]\n{lines}")


def pairs(environment: dict[str, str]) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in environment.items())


@contextmanager
def cloud_at(town: Town, played: Api) -> Iterator[str]:
    """Play a cloud on the firewall host; it is asked by HTTP."""
    with answering(played, opened_at(town.firewall, "127.0.0.1", 8090)) as url:
        yield url


@dataclass(frozen=True, slots=True)
class Away:
    """A target that is asked from the firewall host."""

    town: Town
    target: Target
    ends: bool = False
    rest: float = 0.0
    room: Room | None = None

    def apply(self, plan: Plan, now: float) -> None:
        """Put a plan in force."""
        with inside(self.town.firewall):
            self.target.apply(plan, now)

    def held(self) -> str | None:
        """Name what it holds."""
        with inside(self.town.firewall):
            return self.target.held()

    def remove(self) -> None:
        """Take all away."""
        with inside(self.town.firewall):
            self.target.remove()


EDGES = {"aws-waf": aws_waf, "cloudflare": of_cloudflare, "fastly": of_fastly}
