"""IP sets of AWS WAF are replaced whole, by whoever has read them last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from streams.bouncing.target import Refused
from streams.clouds.aws import ATTEMPTS
from tests.services.aws import NAME, REGION, aws
from tests.streams.clouds.scenes import Scene, scene
from tests.streams.clouds.test_every_cloud import put

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE, TWO, SIX = "203.0.113.7", "203.0.113.8", "2001:db8:1:2::"


@pytest.fixture
def waf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with scene("aws-waf", monkeypatch) as made:
        yield made


def meddled(scene: Scene, target: Any, times: int) -> list[str]:  # noqa: ANN401 - of boto3
    """Let somebody else change the set so many times between reading and writing."""
    client, tokens = target.books["block"].waf, []
    true = client.update_ip_set

    def late(**asked: object) -> object:
        tokens.append(str(asked["LockToken"]))
        if len(tokens) <= times:
            scene.played.put(f"192.0.2.{len(tokens)}/32")
        return true(**asked)

    client.update_ip_set = late
    return tokens


def test_a_set_that_somebody_changed_meanwhile_is_read_again(waf: Scene) -> None:
    target = waf.target()
    tokens = meddled(waf, target, 2)
    put(target, ONE)

    assert waf.played.held() == {f"{ONE}/32"}
    assert len(set(tokens)) == 3


def test_whoever_always_comes_first_is_told_of(waf: Scene) -> None:
    target = waf.target()
    tokens = meddled(waf, target, 99)

    with pytest.raises(Refused, match=f"somebody else keeps changing {NAME}4"):
        put(target, ONE)
    assert len(tokens) == ATTEMPTS


def test_versions_have_sets_of_their_own_and_keep_their_descriptions(waf: Scene) -> None:
    put(waf.target(), ONE, SIX)
    sets = {v: waf.played.waf.get_ip_set(**waf.played.which(f"{NAME}{v}"))["IPSet"] for v in (4, 6)}

    assert [sets[4]["Addresses"], sets[6]["Addresses"]] == [[f"{ONE}/32"], [f"{SIX}/64"]]
    assert sets[4]["Description"] == "who is refused"


def test_each_version_has_its_own_slots(waf: Scene) -> None:
    put(waf.target(aws_slots=1), ONE, "198.51.100.9", SIX)

    assert len(waf.played.held()) == 2
    assert f"{SIX}/64" in waf.played.held()


def test_only_the_set_that_changes_is_written(waf: Scene) -> None:
    target = waf.target()
    put(target, ONE, SIX)
    tokens = meddled(waf, target, 0)
    put(target, TWO, SIX)

    assert len(tokens) == 1


def test_addresses_are_told_apart_however_aws_spells_them(waf: Scene) -> None:
    target = waf.target()
    made = put(target, SIX)
    waf.played.put("2001:0db8:0001:0002:0000:0000:0000:0000/64")
    tokens = meddled(waf, target, 0)
    put(target, SIX)

    assert target.held() == made.set
    assert tokens == []


def test_a_set_that_was_made_anew_is_found_again(waf: Scene) -> None:
    target = waf.target()
    put(target, ONE)
    which = waf.played.which(f"{NAME}4")
    token = waf.played.waf.get_ip_set(**which)["LockToken"]
    waf.played.waf.delete_ip_set(**which, LockToken=token)
    with pytest.raises(Refused, match="the IP set is gone"):
        put(target, ONE)
    waf.played.make(f"{NAME}4", 4)
    put(target, ONE)

    assert waf.played.held() == {f"{ONE}/32"}


def test_a_set_of_the_other_version_is_refused(waf: Scene) -> None:
    for version, other in ((4, 6), (6, 4)):
        waf.played.make(f"swapped{version}", other)

    with pytest.raises(Refused, match="swapped4 is of IPV6, and has to be of IPV4"):
        put(waf.target(aws_block="swapped"), ONE)


def test_sets_of_cloudfront_are_in_one_region_wherever_one_is(
    waf: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with aws("CLOUDFRONT", "us-east-1") as played:
        put(waf.target(aws_scope="CLOUDFRONT", aws_region=REGION), ONE)

        assert played.held() == {f"{ONE}/32"}


def test_without_a_region_one_is_asked_for(waf: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(ValueError, match=r"clouds.aws_region: not set"):
        waf.target(aws_region="")
