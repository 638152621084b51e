"""Every knob is shown, reaches what it sets, and is refused in words when it is wrong."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from streams.knobs import knobs
from streams.settings import HEARD, PLAIN, TABLES, Settings

SHOWN = (Path(__file__).parents[2] / "deploy" / "settings.toml").read_text("utf-8")


def names(values: Any) -> list[str]:  # noqa: ANN401 - any dataclass
    return [knob.name for knob in fields(values)]


def test_the_shown_settings_are_the_defaults() -> None:
    assert Settings.from_toml(SHOWN) == Settings()
    assert Settings.from_toml(SHOWN).hash == Settings().hash


def test_every_knob_is_shown() -> None:
    tables = tomllib.loads(SHOWN)

    assert sorted(tables) == sorted(TABLES)
    assert {name: sorted(tables[name]) for name in PLAIN} == {
        name: sorted(names(make())) for name, make in PLAIN.items()
    }
    assert list(tables["trust"]) == [detector.name for detector in HEARD]
    assert {name: list(table) for name, table in tables["detectors"].items()} == {
        detector.name: list(knobs(detector)) for detector in HEARD
    }


def test_nothing_set_is_the_default() -> None:
    assert Settings.from_toml("") == Settings()


def test_a_knob_reaches_what_it_sets() -> None:
    text = """
        [time]
        tick = 5
        [trust]
        cadence = 0
        [detectors.volume]
        certain_10min = 400
        [pardons]
        addresses = ["192.0.2.0/24"]
    """
    settings = Settings.from_toml(text)
    volume = next(d for d in settings.detectors if d.name == "volume")

    assert settings.time.tick == 5
    assert settings.trust["cadence"] == 0.0
    assert volume.certain_10min == 400.0  # type: ignore[attr-defined]  # only Volume has it
    assert settings.pardons.addresses == ("192.0.2.0/24",)


def test_the_hash_tells_settings_apart_but_not_ways_of_writing() -> None:
    as_int, as_float = (
        Settings.from_toml(f"[detectors.volume]\ncertain_10min = {n}") for n in ("400", "400.0")
    )

    assert as_int.hash == as_float.hash
    assert as_int.hash != Settings().hash


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[tim]\n", "settings.tim: unknown key (did you mean time?)"),
        ("[time]\ntik = 1", "time.tik: unknown key (did you mean tick?); known here: tick"),
        ("[time]\ntick = 0", "time.tick: expected a number from 1 up, saw 0"),
        ("[time]\ntick = 1.5", "time.tick: expected int, saw 1.5"),
        ("[time]\ntick = true", "time.tick: expected int, saw True"),
        ("[memory]\nslots = -3", "memory.slots: expected a number from 0 up, saw -3"),
        ("[trust]\nvolum = 1", "trust.volum: unknown key (did you mean volume?)"),
        ("[trust]\nvolume = 2", "trust.volume: expected a number from 0 to 1, saw 2"),
        ("[trust]\nvolume = nan", "trust.volume: expected a number from 0 up, saw nan"),
        ("[policy]\nblock = 1", "policy: observe to block must rise"),
        ("[detectors]\nvolume = 3", "detectors.volume: expected a table, saw 3"),
        ("[detectors.volume]\nweight = 'x'", "detectors.volume.weight: expected float, saw 'x'"),
        (
            "[detectors.volume]\ncertain_10min = 150",
            "detectors.volume.doubtful_10min: must differ from certain_10min",
        ),
        ("[pardons]\naddresses = ['x']", "pardons.addresses: not an address or CIDR: 'x'"),
        ("[pardons]\nagents = 'x'", "pardons.agents: expected tuple[str, ...], saw 'x'"),
        ("tick = ", "Invalid value"),
    ],
)
def test_what_is_wrong_is_said_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"mine\.toml: ") as caught:
        Settings.from_toml(text, "mine.toml")

    assert words in str(caught.value)


@pytest.mark.parametrize(
    "knob",
    ["half_life = 0", "step = 0", "block_lasts = 0", "families_needed = 9", "people_share = 7"],
)
def test_a_policy_under_which_nothing_works_is_refused(knob: str) -> None:
    name = knob.split(" ", maxsplit=1)[0]

    with pytest.raises(ValueError, match=rf"policy\.{name}: expected more than 0"):
        Settings.from_toml(f"[policy]\n{knob}")
