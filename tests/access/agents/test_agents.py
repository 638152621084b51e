"""A user agent is taken at its word, and caught when it contradicts itself."""

from __future__ import annotations

import numpy as np
import pytest

from access.agents import Agents, describe
from access.batch import PAD
from access.claims import Family, Flag, crawler, family, flags, major
from access.event import FIELDS, Field
from access.kernels.hashing import hash_bytes, words_of

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{} Safari/537.36"
KNOWN = ("Googlebot", "Googlebot-Image", "bingbot", "süßbot")
WINDOWS, PHONE = "Windows NT 10.0; Win64; x64", "iPhone; CPU iPhone OS 17_5 like Mac OS X"
ANDROID = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {} Mobile Safari/537.36"
IOS = f"Mozilla/5.0 ({PHONE}) AppleWebKit/605.1.15 (KHTML, like Gecko) "


def claim(
    agent: str, crawlers: tuple[str, ...] = ()
) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    spans = np.zeros((1, 2 * FIELDS), np.int32)
    spans[0, 2 * Field.AGENT + 1] = len(agent.encode())
    buffer = np.frombuffer(agent.encode() + bytes(PAD), np.uint8)
    return Agents(crawlers).of(buffer, words_of(buffer), spans, 7)[1]


def flag(agent: str) -> Flag:
    return Flag(int(flags(claim(agent))[0]))


@pytest.mark.parametrize(
    ("agent", "browser", "version"),
    [
        (CHROME.format(WINDOWS, "120.0.0.0"), Family.CHROME, 120),
        (CHROME.format(WINDOWS, "120.0.0.0") + " Edg/120.0.2210.61", Family.EDGE, 120),
        (CHROME.format(WINDOWS, "118.0.0.0") + " OPR/104.0.0.0", Family.OPERA, 104),
        (CHROME.format("Linux; Android 14", "115.0.0.0 Mobile"), Family.CHROME, 115),
        (
            ANDROID.format("Linux; Android 13; SM-S901B", "SamsungBrowser/23.0 Chrome/115.0.0.0"),
            Family.SAMSUNG,
            23,
        ),
        (f"Mozilla/5.0 ({WINDOWS}; rv:115.0) Gecko/20100101 Firefox/115.0", Family.FIREFOX, 115),
        (IOS + "FxiOS/127.0 Mobile/15E148 Safari/605.1.15", Family.FIREFOX_IOS, 127),
        (IOS + "CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1", Family.CHROME, 126),
        (IOS + "Version/17.5 Mobile/15E148 Safari/604.1", Family.SAFARI, 17),
        (IOS + "Mobile/15E148", Family.APP, 0),
        ("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", Family.IE, 11),
        ("Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/6.0)", Family.IE, 10),
        ("Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18", Family.OPERA, 12),
        ("okhttp/4.12.0", Family.APP, 0),
        ("Photos/12 CFNetwork/1494.0.7 Darwin/23.4.0", Family.APP, 0),
        ("python-requests/2.31.0", Family.TOOL, 0),
        ("CCBot/2.0 (https://commoncrawl.org/faq/)", Family.CRAWLER, 0),
        ("Chrome Firefox", Family.OTHER, 0),
    ],
)
def test_a_browser_is_known_by_its_name_and_version(
    agent: str, browser: Family, version: int
) -> None:
    read = claim(agent)

    assert (browser, version) == (family(read)[0], major(read)[0])


@pytest.mark.parametrize(
    "agent",
    [
        CHROME.format("Linux; Android 12; CUBOT NOTE 20", "114.0.0.0 Mobile"),
        ANDROID.format("Linux; Android 13; Pixel 6; wv", "Version/4.0 Chrome/117.0.0.0")
        + " [FB_IAB/FB4A;FBAV/433.0;FBDM/{density=2.6,width=1080,height=2205};]",
        IOS + "Mobile/21F79 [FBAN/FBIOS;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.5]",
        IOS + "Mobile/21F79 Instagram 333.0.3 (iPhone14,3; iOS 17_5; de_DE; de; scale=3.00)",
        IOS.replace(PHONE, "iPad; CPU OS 9_3_5 like Mac OS X")
        + "Version/9.0 Mobile/13G36 Safari/601.1",
        "Mozilla/5.0 (Windows NT 10.0; rv:109.0) Gecko/20100101 Firefox/110.0",
        "Mozilla/5.0 (Windows NT 10.0; rv:109.0) Gecko/20100101 Firefox/119.0",
        "Mozilla/5.0 (X11; rv:102.0) Gecko/20100101 Goanna/6.7 Firefox/115.0 PaleMoon/33.2",
        "Mozilla/4.0 (compatible; MSIE 6.0; {8F2A41E0-0C1D-4F7B-9B8A-000000000000})",
        ANDROID.format("Windows Phone 10.0; Android 6.0.1; Lumia 950", "Chrome/52.0")
        + " Edge/15.15063",
        "Lynx/2.9.0 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/1.1.1",
        "Dalvik/2.1.0 (Linux; U; Android 9; SM-G965U Build/PPR1.180610.011)",
    ],
)
def test_nothing_stands_out_in_what_people_send(agent: str) -> None:
    assert Flag(0) == flag(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "curl/8.5.0",
        "Wget/1.21.3",
        "python-requests/2.31.0",
        "Python/3.11 aiohttp/3.9.1",
        "Java/17.0.2",
        "Go-http-client/2.0",
        "gallery-dl/1.26.5",
        "libwww-perl/6.67",
        CHROME.format(WINDOWS, "120.0.0.0").replace("Chrome/", "HeadlessChrome/"),
    ],
)
def test_a_tool_that_gives_its_name_is_taken_at_its_word(agent: str) -> None:
    assert flag(agent) == Flag.TOOL


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; GPTBot/1.2)",
        "facebookexternalhit/1.1",
        "Baiduspider-image",
    ],
)
def test_a_declared_bot_is_taken_at_its_word(agent: str) -> None:
    assert flag(agent) == Flag.CRAWLER


@pytest.mark.parametrize("agent", ["{user_agent}", "%s", "$UA", CHROME.format(WINDOWS, "W.X.Y.Z")])
def test_a_placeholder_that_nobody_filled_is_seen(agent: str) -> None:
    assert flag(agent) == Flag.TEMPLATE


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:72.0) Gecko/20100101 Firefox/115.0",
        "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/120.0",
        CHROME.format(WINDOWS, "120.0.0.0").removesuffix(" Safari/537.36"),
        CHROME.format("Windows 98", "49.0.2623.112"),
        CHROME.format("Windows NT 11.0; Win64; x64", "120.0.0.0"),
        CHROME.format(PHONE, "120.0.0.0"),
        CHROME.format(WINDOWS, "120.0.0.0") + " Firefox/115.0",
        "Mozilla/4.0 (compatible; MSIE 9.0; Windows 98; Trident/5.0)",
        "Opera/8.17 (Windows NT 6.1; en-US) Presto/2.9.161 Version/10.00",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/605 (KHTML, like Gecko) Version/17 Safari/605",
    ],
)
def test_a_browser_that_was_never_built_is_impossible(agent: str) -> None:
    assert flag(agent) == Flag.IMPOSSIBLE


def test_no_agent_is_empty_and_has_no_hash() -> None:
    buffer = np.zeros(PAD, np.uint8)
    spans = np.zeros((2, 2 * FIELDS), np.int32)

    hashes, claims = Agents().of(buffer, words_of(buffer), spans, 7)

    assert (hashes.tolist(), flags(claims).tolist()) == ([0, 0], [Flag.EMPTY, Flag.EMPTY])


@pytest.mark.parametrize(
    ("agent", "number"),
    [
        ("Googlebot/2.1 (+http://www.google.com/bot.html)", 1),
        ("GOOGLEBOT-IMAGE/1.0", 2),
        ("Mozilla/5.0 (compatible; bingbot/2.0)", 3),
        ("CCBot/2.0", 0),
        ("curl/8.5.0", 0),
        ("SÜßbot/1.0", 0),
        ("SüßBOT/1.0", 4),
    ],
)
def test_of_the_known_crawlers_the_longest_name_counts(agent: str, number: int) -> None:
    assert crawler(claim(agent, KNOWN))[0] == number


@pytest.mark.parametrize("crawlers", [["Googlebot", " "], [f"bot{n}" for n in range(256)]])
def test_crawlers_that_cannot_be_told_apart_are_refused(crawlers: list[str]) -> None:
    with pytest.raises(ValueError, match="known crawler"):
        Agents(crawlers)


def test_more_agents_than_are_remembered_are_read_all_the_same() -> None:
    texts = [f"curl/{n}" if n % 2 else f"Browser/{n}" for n in range(100_000)]
    ends = np.cumsum([len(text) for text in texts])
    buffer = np.frombuffer("".join(texts).encode() + bytes(PAD), np.uint8)
    spans = np.zeros((len(texts), 2 * FIELDS), np.int32)
    spans[1:, 2 * Field.AGENT], spans[:, 2 * Field.AGENT + 1] = ends[:-1], ends

    hashes, claims = Agents().of(buffer, words_of(buffer), spans, 7)

    assert flags(claims).tolist() == [0, Flag.TOOL] * 50_000
    assert hash_bytes(texts[-1].encode(), 7) == hashes[-1]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME.format(WINDOWS, "120.0.0.0"), "Chrome 120 on Windows 10"),
        ("curl/8.5.0", "curl 8"),
        ("", "no user agent"),
        ("\N{SNOWMAN}", "Other"),
    ],
)
def test_people_are_told_the_browser_in_words(agent: str, words: str) -> None:
    assert words == describe(agent.encode())
