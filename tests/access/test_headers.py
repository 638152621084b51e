"""Headers show what a client is, as far as a log tells them, and nothing where it does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.bearing import Bearing, Engine, engine
from access.headers import bearings, handshake_of, signer_of
from access.lines import Chunk
from access.parser import Parser
from access.site import Site

if TYPE_CHECKING:
    from access.batch import Batch

WINDOWS, KIT = "(Windows NT 10.0; Win64; x64)", "AppleWebKit/537.36 (KHTML, like Gecko)"
CHROME = f"Mozilla/5.0 {WINDOWS} {KIT} Chrome/145.0.0.0 Safari/537.36"
OLD_CHROME = CHROME.replace("145", "79")
ANDROID = f"Mozilla/5.0 (Linux; Android 10; K) {KIT} Chrome/145.0.0.0 Mobile Safari/537.36"
AS_DESKTOP = f"Mozilla/5.0 (X11; Linux x86_64) {KIT} Chrome/145.0.0.0 Safari/537.36"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) {APPLE}"
CHROME_IOS = f"{IPHONE} CriOS/145.0.7000.10 Mobile/15E148 Safari/604.1"
SAFARI = f"{IPHONE} Version/18.5 Mobile/15E148 Safari/604.1"
OLD_SAFARI = f"{IPHONE} Version/15.0 Mobile/15E148 Safari/604.1"
LIBRARY = "python-requests/2.32.3"
GPTBOT = "Mozilla/5.0 (compatible; GPTBot/1.3; +https://openai.com/gptbot)"

USUAL = {
    "http_accept": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    "http_accept_language": "de,en;q=0.8",
    "http_sec_fetch_dest": "image",
    "http_sec_fetch_mode": "no-cors",
    "http_sec_fetch_site": "same-origin",
}
HINTS = {
    "http_sec_ch_ua": '"Chromium";v="145", "Not)A;Brand";v="8", "Google Chrome";v="145"',
    "http_sec_ch_ua_platform": '"Windows"',
    "http_sec_ch_ua_mobile": "?0",
}
EDGE = Site.from_toml("""
edge_signatures = true
[[signers]]
agent = "GPTBot"
host = "signer.example"
""")


def parsed(text: str, site: Site) -> Batch:
    data = np.frombuffer(text.encode(), np.uint8)
    batch, rejects = Parser(site, ("GPTBot", "OtherBot")).parse(Chunk(data, 0, 1))
    assert rejects == []
    return batch


def told(agent: str, site: Site | None = None, /, **headers: object) -> Batch:
    """Read a JSON line of one request for a picture."""
    line = {
        "time": "2026-11-23T22:24:26Z",
        "remote_addr": "203.0.113.7",
        "request": "GET /i/1.jpg HTTP/2.0",
        "status": 200,
        "http_user_agent": agent,
    }
    return parsed(json.dumps(line | headers) + "\n", site or Site.default())


def borne(agent: str, site: Site | None = None, /, **headers: object) -> Bearing:
    """Give the bearing of such a request, without its engine."""
    return Bearing(int(told(agent, site, **headers).bearing[0]) & 0xFF)


def test_a_log_that_tells_of_no_headers_says_nothing() -> None:
    batch = told(CHROME)

    assert (0, 0) == (batch.bearing[0], batch.handshake[0])


def test_a_browser_that_sends_what_browsers_send_is_usual() -> None:
    usual = Bearing.FETCHED | Bearing.PICTURED

    assert usual | Bearing.AGREED == borne(CHROME, **USUAL, **HINTS)
    assert usual == borne(FIREFOX, **USUAL)
    assert usual == borne(SAFARI, **USUAL)


@pytest.mark.parametrize("absent", ["", "-", None])
def test_a_header_that_is_told_to_be_absent_is(absent: str | None) -> None:
    nothing = dict.fromkeys(USUAL, absent)

    assert Bearing.UNFETCHED | Bearing.UNPICTURED == borne(CHROME, **nothing)


def test_part_of_what_browsers_add_is_not_all_of_it() -> None:
    assert borne(CHROME, **USUAL | {"http_accept_language": ""}) & Bearing.UNFETCHED


@pytest.mark.parametrize("agent", [OLD_CHROME, OLD_SAFARI, CHROME_IOS, LIBRARY, "Bramble/8.4"])
def test_nothing_is_missed_of_whoever_does_not_send_it(agent: str) -> None:
    odd = Bearing.UNFETCHED | Bearing.UNPICTURED

    assert not borne(agent, http_accept="*/*", http_sec_fetch_dest="") & odd


def test_a_picture_opened_by_itself_is_asked_for_as_a_page() -> None:
    assert not borne(CHROME, http_accept="text/html,image/avif,*/*;q=0.8") & Bearing.UNPICTURED
    assert not borne(CHROME, http_accept="*/*", http_sec_fetch_dest="document") & Bearing.UNPICTURED


def test_a_picture_that_is_asked_for_as_anything_is_noted() -> None:
    assert borne(CHROME, http_accept="*/*") == Bearing.UNPICTURED
    assert borne(CHROME, http_accept="*/*", http_sec_fetch_dest="empty") & Bearing.UNPICTURED


@pytest.mark.parametrize(
    ("agent", "hint"),
    [
        (CHROME, {"http_sec_ch_ua": '"Chromium";v="120"'}),
        (CHROME, {"http_sec_ch_ua": '"Chromium";v="145", "HeadlessChrome";v="145"'}),
        (CHROME, {"http_sec_ch_ua_platform": '"Linux"'}),
        (CHROME, {"http_sec_ch_ua_platform": '"macOS"'}),
        (ANDROID, {"http_sec_ch_ua_platform": '"Windows"'}),
        (CHROME, {"http_sec_ch_ua_mobile": "?1"}),
        (FIREFOX, {"http_sec_ch_ua": '"Chromium";v="145"'}),
        (SAFARI, {"http_sec_ch_ua": '"Chromium";v="145"'}),
    ],
)
def test_hints_of_another_browser_contradict(agent: str, hint: dict[str, str]) -> None:
    assert borne(agent, **hint) == Bearing.CONTRADICTED


@pytest.mark.parametrize(
    ("agent", "hint"),
    [
        (CHROME, {"http_sec_ch_ua": '"Not)A;Brand";v="8", "Brave";v="145", "Chromium";v="145"'}),
        (ANDROID, {"http_sec_ch_ua_platform": '"Android"', "http_sec_ch_ua_mobile": "?1"}),
        (AS_DESKTOP, {"http_sec_ch_ua_platform": '"Android"', "http_sec_ch_ua_mobile": "?0"}),
        (AS_DESKTOP, {"http_sec_ch_ua_platform": '"Fuchsia"'}),
    ],
)
def test_hints_of_the_same_browser_agree(agent: str, hint: dict[str, str]) -> None:
    assert borne(agent, **hint) == Bearing.AGREED


def test_hints_that_privacy_browsers_strip_are_not_missed() -> None:
    assert borne(CHROME, **dict.fromkeys(HINTS, "")) == 0


@pytest.mark.parametrize(
    ("agent", "built"),
    [
        (CHROME, Engine.BLINK),
        (FIREFOX, Engine.GECKO),
        (SAFARI, Engine.WEBKIT),
        (CHROME_IOS, Engine.WEBKIT),
        (LIBRARY, Engine.LIBRARY),
        ("Bramble/8.4", Engine.UNKNOWN),
    ],
)
def test_a_handshake_has_the_engine_that_is_claimed(agent: str, built: Engine) -> None:
    batch = told(agent, ja4="t13d1516h2_8daaf6152771_e5627efa2ab1")

    assert batch.handshake[0] != 0
    assert engine(batch.bearing)[0] == built


def test_a_handshake_is_kept_under_the_sites_key() -> None:
    one, other = (
        told(CHROME, Site.from_toml(f'secret = "{word}"'), ja4="t13d") for word in ("a", "b")
    )

    assert one.handshake[0] != other.handshake[0]


@pytest.mark.parametrize("ja4", ["t13d", "t13d1516h2_8daaf6152771_e5627efa2ab1"])
def test_a_ja4_that_a_person_names_is_hashed_as_one_of_a_line(ja4: str) -> None:
    site = Site.from_toml('secret = "a"')

    assert handshake_of(ja4, site.key) == told(CHROME, site, ja4=ja4).handshake[0]
    assert handshake_of(f"{ja4}1", site.key) != handshake_of(ja4, site.key)


@pytest.mark.parametrize("good", [True, "true", "1", "Verified"])
def test_a_signature_that_the_edge_found_good_counts_for_the_crawler_it_is_of(good: object) -> None:
    signed = {"signature_agent": '"https://Signer.example"', "signature_verified": good}

    assert borne(GPTBOT, EDGE, **signed) == Bearing.SIGNED
    assert borne("OtherBot/1.0", EDGE, **signed) == 0


def test_a_good_signature_of_somebody_else_says_nothing_of_a_name() -> None:
    signed = {"signature_agent": '"https://else.example"', "signature_verified": True}

    assert borne(GPTBOT, EDGE, **signed) == 0


@pytest.mark.parametrize("bad", [False, "false", "0", "expired"])
def test_a_signature_that_the_edge_found_bad_is_refused(bad: object) -> None:
    signed = {"signature_agent": 'sig1="https://signer.example"', "signature_verified": bad}

    assert borne(GPTBOT, EDGE, **signed) == Bearing.REFUSED


def test_without_a_signature_none_is_bad() -> None:
    assert borne(GPTBOT, EDGE, signature_agent="", signature_verified=False) == 0
    assert borne(GPTBOT, EDGE, VerifiedBotCategory="") == 0


def test_a_bot_that_the_edge_knows_is_whom_it_claims_to_be() -> None:
    assert borne(GPTBOT, EDGE, VerifiedBotCategory="AI Crawler") == Bearing.SIGNED


def test_no_edge_is_believed_that_the_site_does_not_name() -> None:
    signed = {"signature_agent": '"https://signer.example"', "signature_verified": True}

    assert borne(GPTBOT, **signed) == 0
    assert borne(CHROME, EDGE, **signed) == 0


def test_a_signers_host_is_read_out_of_every_spelling() -> None:
    spelled = ("https://a.example", '"https://a.example/x"', 'sig1="https://A.example:443";type=x')

    assert {signer_of("a.example")} == set(map(signer_of, spelled))
    assert signer_of("") == 0


PATTERN = (
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
    '"$http_referer" "$http_user_agent" "$http_accept" "$http_accept_language" '
    '"$http_sec_fetch_dest" "$http_sec_ch_ua" "$http_sec_ch_ua_platform" "$ssl_ja4"'
)
LINE = '203.0.113.7 - - [23/Nov/2026:22:24:26 +0000] "GET /i/1.jpg HTTP/2.0" 200 5 "-" '


def test_a_layout_of_text_tells_the_same() -> None:
    site = Site.from_toml(f"formats = ['{PATTERN}']")
    brands, platform = r"\x22Chromium\x22;v=\x22145\x22", r"\x22Windows\x22"
    usual = f'"{CHROME}" "image/avif,*/*" "de" "image" "{brands}" "{platform}" "t13d"'
    odd = rf'"{CHROME}" "*/*" "-" "-" "\x22Chromium\x22;v=\x22120\x22" "-" "t13d"'
    plain = f'"{CHROME}"'  # of another server, which logs none of it

    batch = parsed("".join(f"{LINE}{rest}\n" for rest in (usual, odd, plain)), site)

    assert [
        Bearing.FETCHED | Bearing.PICTURED | Bearing.AGREED,
        Bearing.UNFETCHED | Bearing.UNPICTURED | Bearing.CONTRADICTED,
        Bearing(0),
    ] == [Bearing(int(b) & 0xFF) for b in batch.bearing]
    assert batch.handshake[0] == batch.handshake[1] != 0
    assert batch.handshake[2] == 0


def test_nothing_heard_costs_nothing() -> None:
    silent, claims = np.zeros(3, np.uint64), np.zeros(3, np.uint32)

    assert bearings(silent, silent, claims, None).tolist() == [0, 0, 0]
