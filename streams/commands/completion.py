"""`hedgerow completion SHELL`: print what makes a shell complete `hedgerow`."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print what makes SHELL complete `hedgerow`.

    \b
    bash: hedgerow completion bash > ~/.local/share/bash-completion/completions/hedgerow
    zsh:  hedgerow completion zsh > a folder of $fpath, as _hedgerow
    fish: hedgerow completion fish > ~/.config/fish/completions/hedgerow.fish
    """  # noqa: D301 - click wants the backspace
    cli = ctx.find_root().command
    click.echo(SHELLS[shell](cli, {}, "hedgerow", "_HEDGEROW_COMPLETE").source())
