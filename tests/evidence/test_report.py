"""A report is one page that stands alone, and no stranger's text can do anything in it."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from access.event import Field
from actors.frame import Scope
from detectors.roster import ROSTER
from enforcement.decision import Action, Signal
from enforcement.policy import Policy
from evidence.campaigns import CampaignCase
from evidence.casebook import Casebook
from evidence.edged import EdgedBook
from evidence.findings import Findings
from evidence.gaps import Gaps
from evidence.report import EARLIER, render
from evidence.samples import Samples
from evidence.timeline import Timeline
from tests.evidence.scenes import ADDRESS, AT, NEIGHBOUR, Asked, batch, decision

HOSTILE = b'<script>alert(1)</script> "><img src=x onerror=1> {{ 7*7 }} \x1b[2J \xff'
TARGET = "<b>account</b>"
VOLUME = Signal(
    AT,
    Scope.ADDRESS,
    ADDRESS,
    "volume",
    "volume",
    0.5,
    8.4,
    {"pictures_10min": 225.0, "pictures_24h": 225.0, "pictures_30d": 225.0},
)


def findings(requests: list[Asked], *decisions: object) -> Findings:
    """Gather what came of one batch."""
    book, line, gaps, seen = Casebook(samples=Samples()), Timeline(), Gaps(), batch(requests)
    asked = book.see(seen, decisions)  # type: ignore[arg-type]  # the scenes give decisions
    line.see(asked)
    gaps.see(seen, (), ())
    return Findings(
        inputs=["<i>access.log</i>"],
        first=AT,
        last=AT + 60,
        lines=len(seen),
        pictures=int(asked.delivered.sum()),
        saved=book.saved,
        cases=book.cases(),
        timeline=line,
        gaps=gaps,
        detectors=ROSTER,
        policy=Policy(),
        settings="settings",
        rules="rules",
    )


@pytest.fixture(scope="module")
def page() -> str:
    requests = [Asked(second, line=HOSTILE, picture=second) for second in range(1, 30)]
    others = [Asked(2, NEIGHBOUR)]
    account = replace(
        decision(1, scope=Scope.ACCOUNT, action=Action.CHALLENGE, session=7), target=TARGET
    )
    return render(findings(requests + others, decision(signals=[VOLUME]), account))


def test_the_page_is_whole_and_needs_nothing(page: str) -> None:
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert "<script" not in page
    assert not re.findall(r"""(?:src|href)=["'](?!data:|#)""", page)
    assert "@import" not in page
    assert "url(" not in re.sub(r"url\(#", "", page)


def test_strangers_texts_are_shown_and_do_nothing(page: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;account&lt;/b&gt;" in page
    assert "&lt;i&gt;access.log&lt;/i&gt;" in page
    assert "{{ 7*7 }}" in page
    assert "\x1b" not in page


def test_the_page_says_what_happened(page: str) -> None:
    assert "1 visitor collected pictures the way harvesting programs do" in page
    assert "29 later deliveries (97 % of all)" in page
    assert "225 different pictures within 10 minutes" in page
    assert "give <code>owners</code> in <code>site.toml</code>" in page
    assert "This page holds network addresses" in page


def test_nobody_is_accused_of_more_than_was_seen(page: str) -> None:
    words = re.sub(r"<[^>]*>", " ", page).lower()

    assert not re.findall(r"illegal|unlawful|criminal|steal|stole|theft|victim", words)
    assert "owners are those who published the pictures, not the persons in them" in words


def test_the_same_findings_give_the_same_page() -> None:
    one, two = (render(findings([Asked(1)], decision())) for _ in range(2))

    assert one == two


def test_evidence_that_was_seen_earlier_is_not_told_as_if_it_were_there() -> None:
    held = replace(VOLUME, evidence=dict.fromkeys(VOLUME.evidence, 3.0))

    assert EARLIER in render(findings([Asked(1)], decision(signals=[held])))


def test_a_log_without_pictures_gives_a_page_that_says_so() -> None:
    page = render(findings([]))

    assert "No picture was delivered in what could be read" in page
    assert "There is none." in page


def test_a_fleet_is_one_row_that_says_whose_pictures_its_members_were_given() -> None:
    seen = {
        "cohort_networks": 60.0, "cohort_pairs": 230.0, "cohort_met": 1.0, "cohort_expected": 80.0,
        "cohort_pool": 1500.0, "cohort_untouched": 0.9, "cohort_rarefaction": 1.25,
        "cohort_agents": 8.0, "cohort_unevenness": 1.2, "cohort_synchrony": 0.8,
    }  # fmt: skip
    case = CampaignCase("c0ffee", AT, AT + 9, seen, 40, 39, 4163, 580, at_least=True)

    page = render(replace(findings([Asked(1)]), campaigns=[case]))

    row = page[page.index("<td>c0ffee") :]
    assert re.findall(r'class="n">([^<]*)<', row)[:4] == ["40", "39", "at least 4,163", "580"]
    assert "60 networks met 1 time in 230 pictures; readers would have 80 times." in row
    assert "about 1,500 networks are behind it" in row


def test_a_harvest_behind_edges_is_named_by_its_user_agent_safely() -> None:
    seen = {
        "cohort_edged": 1.0, "cohort_trait": 2.0, "cohort_value": 9.0, "cohort_networks": 60.0,
        "cohort_met": 1.0, "cohort_expected": 80.0,
    }  # fmt: skip
    about = Signal(AT, Scope.COHORT, "c0ffee", "fleet", "cohort", 1.0, 7.9, seen)
    said = replace(decision(signals=[about]), scope=Scope.COHORT, target="c0ffee", agent="x/1")
    book, line = EdgedBook(), batch([Asked(1, line=b"<i>Harvester</i>")])
    text = np.zeros_like(line.spans)
    text[:, 2 * Field.AGENT + 1] = 16
    book.see(line, [said])
    before = book.harvests()[0].agent
    book.see(replace(line, agent=np.array([9 + (5 << 32)], np.uint64), spans=text), [])

    assert before == "x/1"
    assert book.harvests()[0].agent == "<i>Harvester</i>"
    page = render(replace(findings([Asked(1)]), edged=book.harvests()))
    assert "&lt;i&gt;Harvester" in page
    assert "<i>Harvester" not in page
