"""What docs/firewalls/crowdsec.md tells people to copy works as it stands there."""

from __future__ import annotations

import json
import os
import subprocess
import time
from typing import TYPE_CHECKING

from streams.crowdsec.keyfile import Keyfile
from streams.settings import Settings
from tests.deploy.documented import block
from tests.services.crowdsec import DOCUMENT, local_api
from tests.services.ports import allowed, until
from tests.services.process import Process
from tests.services.programs import needs
from tests.streams.platform import HEDGEROW
from tests.streams.serving.served import send, tell

if TYPE_CHECKING:
    from pathlib import Path

    from tests.services.kafka import KafkaBroker

ONE, TWO = "203.0.113.7", "203.0.113.99"
clock = time.perf_counter  # noqa: TID251 - what is measured is how long it takes


def run(script: str, folder: Path) -> None:
    subprocess.run(["bash", "-euc", script], cwd=folder, check=True, capture_output=True)


@needs("openssl")
def test_a_key_that_is_made_as_it_says_is_known(tmp_path: Path) -> None:
    run(block(DOCUMENT, "bouncer.key"), tmp_path)
    run(block(DOCUMENT, "bouncer.key"), tmp_path)
    keys, key = Keyfile(str(tmp_path / "bouncers")), (tmp_path / "bouncer.key").read_text().strip()

    assert keys.allows(key, "bouncer")
    assert key not in (tmp_path / "bouncers").read_text()


def test_its_settings_are_settings() -> None:
    serving = Settings.from_toml(block(DOCUMENT, "keys_file")).crowdsec
    pushing = Settings.from_toml(block(DOCUMENT, "password_file")).crowdsec

    assert (serving.keys_file, pushing.machine) == ("/etc/hedgerow/bouncers", "hedgerow")


@needs("crowdsec", "cscli", "openssl")
def test_a_crowdsec_that_is_told_as_it_says_follows_the_block_list(
    own_kafka: KafkaBroker, tmp_path: Path
) -> None:
    with local_api(tmp_path / "crowdsec") as api:
        copied = block(DOCUMENT, "cscli machines")
        run(copied.replace("cscli", f"cscli -c {api.folder}/config.yaml"), tmp_path)
        settings = {
            "broker": {"bootstrap": own_kafka.bootstrap},
            "crowdsec": {"url": api.url, "password_file": str(tmp_path / "crowdsec.password")},
        }
        written = "".join(f"[{name}]\n{table_of(told)}" for name, told in settings.items())
        (tmp_path / "settings.toml").write_text(written)
        subprocess.run(
            [*HEDGEROW, "topics", "create", "--settings", "settings.toml"],
            cwd=tmp_path, env=os.environ, check=True, capture_output=True,
        )  # fmt: skip
        words = block(DOCUMENT, "hedgerow push").split()[1:-1]
        pushing = Process([*HEDGEROW, *words, "settings.toml"], tmp_path)
        pushing.start()
        try:
            tell(own_kafka.bootstrap, "blocklist", ONE, TWO)
            until(lambda: api.decisions().keys() == both(ONE, TWO), "two told")
            begun = clock()
            send(own_kafka.bootstrap, "blocklist", (ONE, None))
            until(lambda: api.decisions().keys() == both(TWO), "one released")
            took = clock() - begun
            pushing.kill9()
            send(own_kafka.bootstrap, "blocklist", (TWO, None))
            pushing.start()
            until(lambda: not api.decisions(), "the other released")
        finally:
            pushing.stop()
        said = pushing.said()

    print(f"released in {took:.2f} s")  # noqa: T201 - see the document
    assert took < allowed(3)
    assert "2 told, 0 taken back" in said
    assert ONE not in said


def both(*values: str) -> set[str]:
    return {f"hedgerow {value}" for value in values}


def table_of(told: dict[str, str]) -> str:
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items())
