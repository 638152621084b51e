"""A change is tried on a share of actors; nobody else notices, and everybody decides the same."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

from access.lines import Chunk
from access.site import Site
from enforcement.arms import Arms
from streams.canary import Canary
from streams.commands import main
from streams.commands.given import given_settings
from streams.pipeline import Pipeline
from streams.settings import Settings
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from enforcement.decision import Decision

STRICT = Settings.from_toml("[policy]\nobserve = 1\ndegrade = 2\nthrottle = 3\n")
SHARE = 0.5
BOTH = replace(Settings(), canary=Canary(SHARE, "strict.toml")).trying(STRICT)


@cache
def world() -> tuple[bytes, Site]:
    made = World(20_263, people=300, hours=2)
    return b"".join(made.lines()), Site.from_toml(made.site_toml())


def chunks() -> list[Chunk]:
    lines = world()[0].splitlines(keepends=True)
    half = len(lines) // 2
    parts = (lines[:half], 1), (lines[half:], half + 1)
    return [Chunk(np.frombuffer(b"".join(part), np.uint8), 0, first) for part, first in parts]


@cache
def decided(settings: str) -> tuple[Decision, ...]:
    """Judge the whole log under one of the settings, or both."""
    pipeline = Pipeline(world()[1], {"base": Settings(), "strict": STRICT, "both": BOTH}[settings])
    steps = [*map(pipeline.feed, chunks()), pipeline.end(0)]
    return tuple(decision for step in steps for decision in step.decisions)


def of_arm(decisions: Iterable[Decision], *, tried: bool) -> list[Decision]:
    arms = Arms(SHARE, world()[1].key)
    return [
        d for d in decisions if bool(arms.tried(d.scope, np.array([d.key], np.uint64))[0]) is tried
    ]


def test_who_is_tried_fares_as_under_the_new_settings_and_the_rest_as_under_the_old() -> None:
    expected = [*of_arm(decided("base"), tried=False), *of_arm(decided("strict"), tried=True)]

    assert of_arm(decided("base"), tried=True)
    assert of_arm(decided("strict"), tried=True)
    assert sorted(map(repr, decided("both"))) == sorted(map(repr, expected))


def test_a_decision_names_the_settings_that_made_it() -> None:
    for tried, settings in ((False, Settings()), (True, STRICT)):
        assert {d.settings for d in of_arm(decided("both"), tried=tried)} == {settings.hash}


def test_decisions_come_in_order_of_time() -> None:
    times = [decision.at for decision in decided("both")]

    assert times == sorted(times)


def test_what_was_interrupted_goes_on_with_both() -> None:
    first, second = chunks()
    before, after = (Pipeline(world()[1], BOTH) for _ in range(2))
    said = list(before.feed(first).decisions)

    after.restore(before.state())
    for step in (after.feed(second), after.end(0)):
        said += step.decisions

    assert tuple(said) == decided("both")


def test_a_trial_that_begins_knows_what_was_known() -> None:
    first, second = chunks()
    before, after = Pipeline(world()[1], Settings()), Pipeline(world()[1], BOTH)
    said = list(before.feed(first).decisions)

    after.restore(before.state())
    taken_over = {name: column.tobytes() for name, column in after.state().items()}
    for step in (after.feed(second), after.end(0)):
        said += step.decisions

    held = {n: c for n, c in taken_over.items() if n.startswith("judge/docket/")}
    assert {
        n.replace("/docket/", "/trial/"): c for n, c in held.items()
    }.items() <= taken_over.items()
    assert of_arm(said, tried=False) == of_arm(decided("base"), tried=False)


def test_the_name_of_what_judges_tells_trials_apart_but_not_those_who_stay() -> None:
    more = replace(BOTH, canary=Canary(0.6, "strict.toml"))

    assert BOTH.hash == Settings().hash
    assert len({Settings().regime, BOTH.regime, more.regime}) == 3


def written(folder: Path, canary: str, trial: str = "") -> Path:
    (folder / "trial.toml").write_text(trial)
    path = folder / "settings.toml"
    path.write_text(canary)
    return path


def test_the_file_of_a_trial_is_found_beside_the_one_that_names_it(tmp_path: Path) -> None:
    path = written(tmp_path, '[canary]\nshare = 0.1\nfile = "trial.toml"\n', "[trust]\nblind = 0\n")
    settings = given_settings(path)

    assert settings.trial is not None
    assert (settings.canary.share, settings.trial.trust["blind"]) == (0.1, 0)


@pytest.mark.parametrize(
    ("canary", "trial", "words"),
    [
        ("share = 2", "", "canary.share: expected a number from 0 to 1, saw 2"),
        ("share = 0.1", "", "canary.file: expected a file of settings to try on 0.1"),
        ('share = 0.1\nfile = "none.toml"', "", "none.toml"),
        ('share = 0.1\nfile = "trial.toml"', "[memory]\nslots = 9", "memory: one reading"),
        ('share = 0.1\nfile = "trial.toml"', "[policy]\nhalf_life = 9", "policy.half_life"),
        (
            'share = 0.1\nfile = "trial.toml"',
            '[canary]\nfile = "x"',
            "a trial has no trial of its own",
        ),
    ],
)
def test_a_trial_that_cannot_be_is_refused_in_words(
    log: Path, tmp_path: Path, canary: str, trial: str, words: str
) -> None:
    path = written(tmp_path, f"[canary]\n{canary}\n", trial)
    ran = CliRunner().invoke(main, ["replay", str(log), "--settings", str(path)])

    assert ran.exit_code in {1, 2}
    assert words in ran.output
