"""What docs/firewalls/clouds.md tells people to set and to type works as it stands there."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.deploy.documented import block
from tests.services import aws, cloudflare, fastly
from tests.services.answering import answering
from tests.services.ports import HOST, until
from tests.services.process import Process
from tests.streams.bouncing.origin import ending, origin
from tests.streams.clouds.scenes import SCENES, scene

if TYPE_CHECKING:
    from tests.streams.clouds.scenes import Scene

HOME = Path(__file__).parents[3]
DOCUMENT = "firewalls/clouds.md"
ONE, SIX = "203.0.113.7", "2001:db8:1:2::"
TOKENS = {"aws-waf": "", "cloudflare": cloudflare.TOKEN, "fastly": fastly.TOKEN}


def settings(folder: Path, made: Scene, url: str) -> None:
    """Write down what is to be copied, with the token where it says, and our server's address."""
    kept = folder / "token"
    kept.write_text(TOKENS[made.kind])
    kept.chmod(0o600)
    copied = block(DOCUMENT, f"\n{made.kind.partition('-')[0]}_block")
    copied = re.sub(r'(_token_file = ").*"', rf'\1{kept}"', copied)
    there = f'{made.kind}_url = "{url}"\n' if made.kind != "aws-waf" else ""
    (folder / "settings.toml").write_text(copied + there)


def typed(kind: str, source: str) -> list[str]:
    """Read what is to be typed, with our service's address."""
    line = block(DOCUMENT, f"hedgerow bouncer --to {kind}").strip()
    words = line.replace("http://10.1.2.3:8087", source).split()[1:]
    return [sys.executable, "-m", "streams.commands", *words, "--state", "state"]


@pytest.mark.parametrize("kind", SCENES)
def test_the_lines_of_each_cloud(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    monkeypatch.delenv("FASTLY_API_TOKEN", raising=False)
    with (
        scene(kind, monkeypatch) as made,
        answering(made.played, socket.create_server((HOST, 0))) as url,
        origin(lambda: socket.create_server((HOST, 0))) as said,
    ):
        monkeypatch.setenv("AWS_ENDPOINT_URL_WAFV2", url)
        settings(tmp_path, made, url)
        program = typed(kind, f"http://{HOST}:{said.port}")
        name = said.say(ending(ONE), ending(SIX))
        bouncer = Process(program, tmp_path, "bouncer.log")
        bouncer.start()
        try:
            until(lambda: made.played.held() == {f"{ONE}/32", f"{SIX}/64"}, "a list")
            until(lambda: [*said.firewalls().values()] == ["current"], "an acknowledgement")
        finally:
            bouncer.stop()
        stays = made.played.held()
        subprocess.run([*program, "--remove"], cwd=tmp_path, check=True)

        assert f"{kind}: 2 block; set {name}" in bouncer.said()
        assert list(said.firewalls()) == [f"{kind}.{socket.gethostname()}"]
        assert stays == {f"{ONE}/32", f"{SIX}/64"}
        assert made.played.held() == set()
        assert not any(token and token in bouncer.said() for token in TOKENS.values())


def test_a_client_that_is_missing_is_said_with_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "boto3.py").write_text("raise ModuleNotFoundError(name='boto3')")
    words = [sys.executable, "-m", "streams.commands", "bouncer", "--to", "aws-waf"]
    path = {"PYTHONPATH": f"{tmp_path}:{HOME}", **aws.CREDENTIALS}
    done = subprocess.run(words, env=path, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "boto3 is not installed: pip install 'hedgerow[aws]'" in done.stderr
    assert "Traceback" not in done.stderr
