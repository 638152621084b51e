"""The audit file only grows, whoever writes to it, and says so where it was torn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from evidence.audit import Deed, broken
from streams.auditing import AuditFile, Sought, read_acts
from streams.records import ENCODER

if TYPE_CHECKING:
    from pathlib import Path

DEED = Deed("ann", "approver", "block", "203.0.113.7", "asked twice")
OTHER = Deed("bob", "auditor", "read audit", "audit", "asked for")


def at_noon() -> float:
    return 1_795_521_600.25


@pytest.fixture
def file(tmp_path: Path) -> AuditFile:
    return AuditFile(tmp_path / "audit.ndjson", at_noon)


def test_what_is_written_is_read_back_in_its_order(file: AuditFile) -> None:
    written = [file.write(DEED), file.write(OTHER)]

    assert written == file.acts()
    assert written[0].at == "2026-11-24T12:00:00.250Z"
    assert broken(written) == ""


def test_nobody_else_can_read_it(file: AuditFile) -> None:
    file.write(DEED)

    assert file.path.stat().st_mode & 0o777 == 0o600


def test_many_writers_at_once_make_one_chain(file: AuditFile) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(file.write, [DEED] * 64))

    assert [act.number for act in file.acts()] == list(range(1, 65))
    assert broken(file.acts()) == ""


def test_a_line_that_was_broken_off_stays_and_is_said(file: AuditFile) -> None:
    first = file.write(DEED)
    with file.path.open("ab") as torn:
        torn.write(b'{"chain":"fi')
    second = file.write(DEED)

    assert (second.number, second.prior) == (2, first.hash)
    with pytest.raises(ValueError, match="line 2: expected an act, saw"):
        file.acts()


def test_acts_are_found_by_who_what_whom_and_when(file: AuditFile) -> None:
    one, two = file.write(DEED), file.write(OTHER)
    acts = file.acts()

    assert Sought(by="bob").among(acts) == [two]
    assert Sought(target="203.0.113.7").among(acts) == [one]
    assert Sought(what="block", by="bob").among(acts) == []
    assert Sought(since="2026-11-24T12:00:01").among(acts) == []
    assert Sought().among(acts) == [one, two]


def test_a_record_that_is_no_act_is_left_out(file: AuditFile) -> None:
    act = file.write(DEED)

    assert read_acts([b"nonsense", ENCODER.encode(act), b""]) == [act]
