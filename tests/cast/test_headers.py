"""Browsers send what browsers send, and programs what nobody told them not to."""

from __future__ import annotations

import numpy as np
import pytest

from access.bearing import Bearing, Engine, engine
from access.claims import browsers
from access.event import Kind
from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from tests.cast.headers import DRIVEN, SERVANTS
from tests.cast.roster import EVERYBODY_ELSE, HARVESTERS
from tests.cast.shaken import IMPERSONATING, ROTATING
from tests.cast.world import World

ODD = int(Bearing.UNFETCHED | Bearing.UNPICTURED | Bearing.CONTRADICTED)


@pytest.fixture(scope="module")
def world() -> World:
    return World(
        17, people=400, hours=2, pictures=6_000,
        harvesters=tuple(HARVESTERS), passersby=(*EVERYBODY_ELSE, IMPERSONATING, ROTATING),
    )  # fmt: skip


@pytest.fixture(scope="module")
def shown(world: World) -> dict[str, tuple[np.ndarray, ...]]:
    """Tell of the pictures of each class: bearings, whether a browser is claimed, handshakes."""
    data = np.frombuffer(b"".join(world.lines("json_headers")), np.uint8)
    batch, rejects = Parser(Site.from_toml(world.site_toml())).parse(Chunk(data, 0, 1))
    assert rejects == []
    role, picture = world.truth.role[world.requests.visitor], batch.kind == Kind.PICTURE
    columns = batch.bearing, browsers(batch.claim), batch.handshake
    return {
        name: tuple(column[picture & (role == number)] for column in columns)
        for number, name in enumerate(world.truth.names)
    }


def test_no_browser_of_peoples_looks_odd(shown: dict[str, tuple[np.ndarray, ...]]) -> None:
    guilty_or_none = {*HARVESTERS, *SERVANTS, ROTATING.name}

    odd = {
        name for name, (bearing, _, _) in shown.items()
        if name not in guilty_or_none and (bearing & ODD).any()
    }  # fmt: skip

    assert odd == set()


@pytest.mark.parametrize("name", ["rotation", "datacentre fleet", "returner", "enumerator"])
def test_a_library_under_a_current_browsers_name_looks_odd(
    name: str, shown: dict[str, tuple[np.ndarray, ...]]
) -> None:
    bearing, browser, _ = shown[name]

    assert browser.any()
    assert (bearing[browser] & int(Bearing.UNFETCHED)).mean() > 0.9


@pytest.mark.parametrize("name", DRIVEN)
def test_a_driven_browser_does_not(name: str, shown: dict[str, tuple[np.ndarray, ...]]) -> None:
    bearing, _, _ = shown[name]

    assert not (bearing & ODD).any()


def test_a_library_begins_tls_alike_whatever_names_it_goes_by(
    shown: dict[str, tuple[np.ndarray, ...]],
) -> None:
    bearing, _, handshake = shown["rotating fleet"]

    assert len(np.unique(handshake)) == 1
    assert len(np.unique(engine(bearing))) == 3


def test_an_office_begins_tls_alike_whatever_browsers_are_in_it(
    shown: dict[str, tuple[np.ndarray, ...]],
) -> None:
    bearing, _, handshake = shown["office"]

    assert len(np.unique(handshake)) == 1
    assert {Engine.BLINK, Engine.GECKO} < {*map(Engine, engine(bearing))}


def test_elsewhere_each_engine_has_its_own_handshake(
    shown: dict[str, tuple[np.ndarray, ...]],
) -> None:
    bearing, browser, handshake = shown["reader"]
    pairs = np.unique(np.stack([engine(bearing), handshake])[:, browser], axis=1)

    assert len(np.unique(pairs[0])) == pairs.shape[1] == 3
