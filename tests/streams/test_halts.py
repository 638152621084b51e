"""A halt empties every list, says that this is meant, and a resume brings back what still holds."""

from __future__ import annotations

from dataclasses import replace

from actors.frame import Scope
from enforcement.decision import Action
from streams.deciding import Deciding
from streams.posted import Posted
from streams.records import ENCODER, decision_record
from streams.wire.halts import HALT, read_halt
from streams.wire.orders import Verb, approval, read_order
from tests.enforcement.test_blocklist import decision
from tests.streams.deciders import NOON, ONE, decided, shown, wished, words

MS = NOON * 1000


def halted() -> tuple[Deciding, list[tuple[str, bytes | None]]]:
    deciding = Deciding()
    deciding.decide(decided(), MS)
    deciding.order(wished(Verb.BLOCK, "198.51.100.9", lasts=600), MS)
    deciding.order(wished(Verb.PARDON, "192.0.2.1"), MS)
    return deciding, deciding.order(wished(Verb.HALT, "everything"), MS + 1)


def test_a_halt_takes_all_back_after_it_has_said_that_it_will() -> None:
    deciding, changes = halted()
    (first, marker), *others = changes

    assert (first, read_halt(marker)) == (HALT, deciding.halted)
    assert dict(others) == {ONE: None, "198.51.100.9": None}
    assert [entry.word for entry in deciding.told.entries] == ["pardon"]


def test_while_halted_nothing_new_is_told_and_a_resume_tells_what_still_holds() -> None:
    deciding, _ = halted()
    during = deciding.decide(decided("203.0.113.8"), MS + 2)
    deciding.clock(NOON, NOON + 600)  # the person's block ends meanwhile
    (first, marker), *others = deciding.order(wished(Verb.RESUME, "everything"), MS + 3)

    assert during == []
    assert (first, marker) == (HALT, None)
    assert words(others) == {ONE: "block", "203.0.113.8": "block"}


def test_a_restart_stays_halted_and_repeats_nothing() -> None:
    deciding, changes = halted()
    again, topics = Deciding(), Deciding()
    again.restore(deciding.state())
    for key, value in changes:
        topics.recall(key, value)
    topics.order(wished(Verb.HALT, "everything"), MS + 1)

    assert again.settle() == []
    assert again.decide(decided("203.0.113.8"), MS + 2) == []
    assert topics.settle() == []


def test_readers_know_that_the_emptiness_is_meant() -> None:
    posted, (_, changes) = Posted(), halted()
    before = posted.version
    for key, value in changes:
        posted.hear(key.encode(), value, MS, NOON)
    during = posted.halted
    posted.hear(HALT.encode(), None, MS, NOON)

    assert (len(during), posted.halted, posted.unread) == (16, "", 0)
    assert posted.version == before + 2
    assert len(posted) == 0


def test_a_scope_in_shadow_is_told_nothing_until_a_reset() -> None:
    deciding = Deciding()
    wide = decided("198.0.0.0/8", scope=Scope.NETWORK)
    tripped = (
        deciding.decide(wide, MS),
        deciding.decide(decided("203.0.113.0/24", scope=Scope.NETWORK), MS),
    )
    elsewhere = words(deciding.decide(decided(), MS))
    reset = wished(Verb.RESET, "network")
    deciding.order(reset, MS + 1)
    waits = deciding.railing.trips
    deciding.order(ENCODER.encode(approval(read_order(reset), "bob", "yes", MS + 1)), MS + 1)
    after = deciding.decide(decided("198.51.100.0/24", scope=Scope.NETWORK), MS + 2)

    assert (tripped, elsewhere) == (([], []), {ONE: "block"})
    assert words(after) == {"198.51.100.0/24": "block"}
    assert [trip.scope for trip in waits] == [Scope.NETWORK]
    assert deciding.railing.trips == ()


def test_all_that_one_rule_set_or_one_campaign_decided_is_undone() -> None:
    deciding = Deciding()
    known = shown(deciding.decide(decided(), MS))
    known = shown(deciding.decide(decided("203.0.113.8", action=Action.THROTTLE), MS), known)
    other = wished(Verb.RELEASE, "rules:other")

    assert deciding.order(other, MS + 1) == []
    assert dict(deciding.order(wished(Verb.RELEASE, "rules:r"), MS + 1)) == dict.fromkeys(known)
    assert deciding.decide(decided(), MS + 1) == []  # from a worker that was killed
    assert words(deciding.decide(decided(at=NOON + 60), MS + 2)) == {ONE: "block"}


def test_all_that_one_user_agent_was_decided_for_is_undone() -> None:
    deciding, other = Deciding(), "203.0.113.8"
    for target, agent in ((ONE, "chrome/126"), (other, "tool")):
        made = replace(decision(target, at=NOON, until=NOON + 60), agent=agent)
        deciding.decide(ENCODER.encode(decision_record(made)), MS)

    assert deciding.order(wished(Verb.RELEASE, "agent:chrome/126"), MS + 1) == [(ONE, None)]
    assert [entry.target for entry in deciding.told.entries] == [other]


def test_the_audit_log_tells_of_a_halt_of_each_target_it_lifts_and_of_what_changes_nothing() -> (
    None
):
    deciding, _ = halted()
    lifted = [(deed.what, deed.target, deed.before) for deed in deciding.deeds[-3:]]
    deciding.deeds.clear()
    deciding.order(wished(Verb.RESUME, "everything"), MS + 3)
    deciding.order(wished(Verb.RESET, "network"), MS + 4)
    after = [(deed.by, deed.what, deed.target) for deed in deciding.deeds]

    assert lifted == [
        ("halt", "everything", ""),
        ("release", "198.51.100.9", "block"),
        ("release", ONE, "block"),
    ]
    assert after == [
        ("ann", "resume", "everything"),
        ("ann", "block", "198.51.100.9"),
        ("ann", "block", ONE),
        ("ann", "reset", "network"),
    ]


def test_the_audit_log_says_who_was_let_go_for_having_stopped() -> None:
    deciding = Deciding()
    made = [
        replace(decision(target, at=NOON, until=NOON + 60), quiet=quiet)
        for target, quiet in ((ONE, 900), ("203.0.113.8", 0))
    ]
    for each in made:
        deciding.decide(ENCODER.encode(decision_record(each)), MS)
    deciding.deeds.clear()
    deciding.clock(NOON + 60, NOON + 60)

    assert {(deed.by, deed.what, deed.target, deed.why) for deed in deciding.deeds} == {
        ("clock", "end", ONE, "it asked for nothing for 900 s: let go"),
        ("clock", "end", "203.0.113.8", "its time is over"),
    }
