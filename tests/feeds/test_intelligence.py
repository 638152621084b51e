"""MISP and STIX are read by the libraries that platforms read them with."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import md5
from uuid import UUID  # noqa: TID251 - it reads what names were given

import pytest
import stix2
from pymisp import MISPEvent

from feeds.misp import EVENT, HASHES, MANIFEST, MISP
from feeds.stix import STIX
from tests.feeds.test_every_feed import BLOCK, held, many

NOON = 1_795_521_600  # 2026-11-24 12:00 UTC
ONE = replace(BLOCK, id="one", target="203.0.113.7", at=NOON, until=NOON + 3600)
STANDING = held([ONE, replace(ONE, id="six", target="2001:db8:1:2::/64")]).standing(NOON)


@pytest.fixture(scope="module")
def bundle() -> stix2.Bundle:
    return stix2.parse(STIX.render(STANDING), version="2.1")


def test_stix2_reads_an_indicator_for_each_cidr(bundle: stix2.Bundle) -> None:
    identity, *found = bundle.objects

    assert [each.pattern for each in found] == [
        "[ipv4-addr:value = '203.0.113.7/32']",
        "[ipv6-addr:value = '2001:db8:1:2::/64']",
    ]
    assert {each.created_by_ref for each in found} == {identity.id}


def test_an_indicator_is_valid_for_as_long_as_the_block_lasts(bundle: stix2.Bundle) -> None:
    found = bundle.objects[1]

    assert (found.valid_from.timestamp(), found.valid_until.timestamp()) == (NOON, NOON + 3600)


def test_no_object_of_stix_ever_changes() -> None:
    longer = held([replace(ONE, until=NOON + 7200)]).standing(NOON)
    before, after = (json.loads(STIX.render(each))["objects"][1] for each in (STANDING, longer))

    assert before["id"] != after["id"]


def test_all_identifiers_of_a_long_list_differ() -> None:
    found = json.loads(STIX.render(many()[1]))["objects"]
    names = {each["id"] for each in found}

    assert len(names) == len(found) == 100_001
    assert {UUID(name.partition("--")[2]).version for name in names} == {5}


def test_pymisp_reads_the_event_that_the_manifest_names() -> None:
    told = json.loads(MISP.render(STANDING))
    event = MISPEvent()
    event.from_dict(**told)

    assert [(a.type, a.value, a.to_ids) for a in event.attributes] == [
        ("ip-src", "203.0.113.7", True),
        ("ip-src", "2001:db8:1:2::/64", True),
    ]
    assert event.uuid == EVENT
    assert event.Orgc.name == "Hedgerow"
    assert MISP.name == f"misp/{EVENT}.json"


def test_the_manifest_is_what_pymisp_would_write_for_the_event() -> None:
    event = MISPEvent()
    event.from_dict(**json.loads(MISP.render(STANDING)))
    ours, theirs = json.loads(MANIFEST.render(STANDING))[EVENT], event.manifest[EVENT]

    assert ours.keys() == theirs.keys()
    for key in ("info", "date", "threat_level_id", "analysis", "timestamp"):
        assert str(ours[key]) == str(theirs[key])


def test_hashes_lead_from_a_value_to_its_event() -> None:
    digest = md5(b"203.0.113.7", usedforsecurity=False).hexdigest()

    assert HASHES.render(STANDING).decode().splitlines()[0] == f"{digest},{EVENT}"
