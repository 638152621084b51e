"""The front door: `hedgerow VERB`; each verb is one file here, imported when it is called."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

# Listed with their help so that `hedgerow --help` imports none of them: NumPy alone takes longer
# than people wait for a help text.
VERBS = {
    "replay": "Say who harvested pictures in these logs, and block them.",
    "calibrate": "Learn what people do on this platform, and propose thresholds.",
    "backtest": "Say who would be acted upon under other settings.",
    "guard": "Do the same live, on logs that are being written.",
    "worker": "Judge what is streamed through Kafka, beside other workers.",
    "topics": "Create and check what travels through Kafka.",
    "ship": "Send logs to Kafka, for trials.",
    "traffic": "Write a made-up platform's traffic to Kafka, for trials.",
    "serve": "Tell firewalls and programs over HTTP who is refused.",
    "push": "Keep somebody else's list as ours is: that of a CrowdSec.",
    "bouncer": "Keep a firewall at the block list, and say what it holds.",
    "watch": "Show who is acted upon on the live platform, and how it stands.",
    "explain": "Say why somebody was acted upon, and what would have changed it.",
    "pardon": "Spare somebody, at once and from now on.",
    "block": "Act on somebody, whatever the detectors say.",
    "release": "Undo what is in force about somebody.",
    "approve": "Be the second person of an order that takes two.",
    "keys": "Make, list, rotate and revoke the keys that `serve` asks for.",
    "audit": "Say who did what, and why.",
    "halt": "Empty every list at once.",
    "resume": "Act again after a halt.",
    "rails": "Say what machines were kept from doing; let them act again, or do more for a while.",
    "appeals": "List what people wrote who were refused, and answer it.",
    "orders": "Say what people ordered, when and why.",
    "blocklist": "Print who is refused.",
    "detectors": "Say what each detector catches, misses and must spare.",
    "crawlers": "List the known crawlers, how each is verified and received.",
    "refresh": "Fetch the ranges that known crawlers publish.",
    "verify": "Ask the names of those that claim to be crawlers.",
    "trust": "Say how far each detector mattered, and what more trust would do.",
    "site": "Describe a platform: a first site.toml from a log.",
    "demo": "Watch a photo platform with people and harvesters.",
    "doctor": "Check this machine and say how to mend it.",
    "warm": "Compile what has to be compiled, so that nobody waits for it later.",
    "completion": "Print what makes a shell complete `hedgerow`.",
}


@contextmanager
def unswept() -> Iterator[None]:
    """Import without garbage collection; what is imported stays, and is never looked through.

    Sweeping hundreds of thousands of lasting objects is an eighth of the seconds of starting, and
    6 % of a replay of a million lines.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class Verbs(click.Group):
    """A group whose commands are imported late; click knows no other way than a subclass."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the verbs, the usual first."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one verb."""
        if cmd_name not in VERBS:
            return None
        with unswept():
            module = import_module(f"streams.commands.{cmd_name}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb; whichever it is, too little memory is told the same way."""
        try:
            return super().invoke(ctx)
        except MemoryError as error:
            msg = f"out of memory ({error}): ask for less under [memory] in the settings"
            raise Failure(msg) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hedgerow", prog_name="hedgerow")
def main() -> None:
    """Keep mass image harvesters out of photo platforms, and let people look in.

    \b
    hedgerow replay access.log     who harvested, and what to do about it
    hedgerow demo                  see it work

    Exit codes: 0 fine, 1 it ran but something failed, 2 the call was wrong.
    """  # noqa: D301 - click wants the backspace


class Failure(click.ClickException):
    """Something outside went wrong: one line says what was seen and what to do; exit code 1."""

    exit_code = 1


class Mistake(click.ClickException):
    """The call or a file of settings is wrong: one line says how to mend it; exit code 2."""

    exit_code = 2
