"""What names said is kept for a while, asked again after it, and outlasts a DNS that is down."""

from __future__ import annotations

from streams.confirming import Claim, Verdict
from streams.crawlerfile import CrawlerFile, Entry
from streams.verdicts import ASKED, FORGED_LASTS, GRACE, KEPT, VERIFIED_LASTS, noted, open_claims

NOW = 1_790_000_000  # seconds
REAL, LIAR, QUIET = (Claim("YandexBot", f"192.0.2.{i}", ("yandex.com",)) for i in (1, 2, 3))
TOLD = {REAL: Verdict.VERIFIED, LIAR: Verdict.FORGED, QUIET: Verdict.UNVERIFIABLE}
FILE = noted(CrawlerFile(), TOLD, NOW)


def known(file: CrawlerFile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    origin = file.origins()["YandexBot"]
    return origin.confirmed, origin.denied


def test_verified_and_forged_are_kept_and_the_unverifiable_is_not() -> None:
    assert known(FILE) == ((REAL.address,), (LIAR.address,))


def test_nobody_is_asked_again_before_the_answer_ends() -> None:
    claims = [REAL, LIAR, QUIET]

    assert open_claims(claims, FILE, NOW + 1) == [QUIET]
    assert open_claims(claims, FILE, NOW + FORGED_LASTS) == [LIAR, QUIET]
    assert open_claims(claims, FILE, NOW + VERIFIED_LASTS) == claims


def test_nobody_in_published_ranges_is_asked() -> None:
    file = CrawlerFile({"YandexBot": Entry(ranges=("192.0.2.0/31",))})

    assert open_claims([REAL, LIAR], file, NOW) == [LIAR]


def test_a_name_outlasts_a_dns_that_is_down_but_not_for_ever() -> None:
    silent = {REAL: Verdict.UNVERIFIABLE}

    assert known(noted(FILE, silent, NOW + VERIFIED_LASTS + 1)) == ((REAL.address,), ())
    assert known(noted(FILE, silent, NOW + VERIFIED_LASTS + GRACE)) == ((), ())


def test_a_new_answer_takes_the_place_of_the_old() -> None:
    changed = noted(FILE, {REAL: Verdict.FORGED, LIAR: Verdict.VERIFIED}, NOW + 1)

    assert known(changed) == ((LIAR.address,), (REAL.address,))


def test_a_flood_of_claims_has_a_bound() -> None:
    flood = [Claim("YandexBot", f"198.18.{i // 256}.{i % 256}", ()) for i in range(ASKED + 9)]
    file = noted(CrawlerFile(), dict.fromkeys(flood, Verdict.FORGED), NOW)

    assert len(open_claims(flood, CrawlerFile(), NOW)) == ASKED
    assert len(known(file)[1]) == KEPT
