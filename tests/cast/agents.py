"""Agents: user agents with the versions that were current when the world began, and an old tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAY = 86_400
# Chrome 120 and Firefox 120 came out within two weeks of each other; both add one every 4 weeks.
FIRST, FIRST_VERSION, EVERY = 1_701_734_400, 120, 28 * DAY
KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
CHROME = f"{KIT} Chrome/{{v}}.0.0.0"
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS {{old}} like Mac OS X) {WEBKIT}"
SAMSUNG = f"{KIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"

DESKTOP: tuple[tuple[float, str], ...] = (
    (40, f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36"),
    (12, f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {CHROME} Safari/537.36"),
    (3, f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} Safari/537.36"),
    (10, f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/{{v}}.0.0.0"),
    (8, "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{v}.0) Gecko/20100101 Firefox/{v}.0"),
    (3, "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:{v}.0) Gecko/20100101 Firefox/{v}.0"),
    (
        12,
        f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/{{s}} Safari/605.1.15",
    ),
)
PHONE: tuple[tuple[float, str], ...] = (
    (45, f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36"),
    (40, f"{IPHONE} Version/{{s}} Mobile/15E148 Safari/604.1"),
    (5, f"{IPHONE} CriOS/{{v}}.0.7000.10 Mobile/15E148 Safari/604.1"),
    (
        6,
        f"Mozilla/5.0 (Linux; Android 10; K) {SAMSUNG}",
    ),
    (4, "Mozilla/5.0 (Android 15; Mobile; rv:{v}.0) Gecko/{v}.0 Firefox/{v}.0"),
)
APP: tuple[tuple[float, str], ...] = (
    (35, "Bramble/8.{a} CFNetwork/3860.200.71 Darwin/25.1.0"),
    (15, "Bramble/8.{a} (iPhone; iOS 18.5; Scale/3.00)"),
    (30, "Bramble/8.{a} (Android 15; Pixel 9) okhttp/4.12.0"),
    (15, "okhttp/4.12.0"),
    (5, "Dalvik/2.1.0 (Linux; U; Android 14; SM-S921B Build/UP1A.231005.007)"),
)
TEXT: tuple[tuple[float, str], ...] = (
    (3, "Lynx/2.9.2 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/3.0.14"),
    (2, "w3m/0.5.3+git20230121"),
    (1, "ELinks/0.16.1.1 (textmode; Linux x86_64; 80x24-2)"),
)


def current_version(at: int) -> int:
    """Tell the version of Chrome and of Firefox that was new at *at*, seconds since 1970."""
    return max(60, FIRST_VERSION + (at - FIRST) // EVERY)


class Agents:
    """A table of user agents; what others keep is the code, a row of it."""

    def __init__(self, at: int) -> None:
        """Begin with the empty agent, code 0."""
        self.words: list[str] = [""]
        self.current = current_version(at)
        self._codes = {"": 0}

    def code(self, word: str) -> int:
        """Look a user agent up, or take it in."""
        if word not in self._codes:
            self._codes[word] = len(self.words)
            self.words.append(word)
        return self._codes[word]

    def browser(self, *, behind: int = 0) -> str:
        """Write Chrome on Windows, some versions behind."""
        return self._fill(DESKTOP[0][1], behind)

    def draw(
        self, rng: np.random.Generator, count: int, roster: tuple[tuple[float, str], ...]
    ) -> NDArray[np.int64]:
        """Draw *count* user agents: codes. Most are new, one in thirty is years old."""
        weights = np.array([w for w, _ in roster])
        which = rng.choice(len(roster), count, p=weights / weights.sum())
        fresh = rng.geometric(0.6, count) - 1
        behind = np.where(rng.random(count) < 1 / 30, rng.integers(6, 50, count), fresh)
        pairs, inverse = np.unique(which * 64 + np.minimum(behind, 63), return_inverse=True)
        words = [self._fill(roster[p // 64][1], p % 64) for p in pairs.tolist()]
        return np.array([self.code(w) for w in words], np.int64)[inverse]

    def _fill(self, template: str, behind: int) -> str:
        """Put versions into a template; Safari names the year since 26, an iPhone freezes at 18."""
        version = self.current - behind
        year = 26 + (version - 145) // 13
        safari = f"{year}.{version % 4}" if year >= 26 else f"{year - 7}.{version % 6}"
        return template.format(v=version, s=safari, old="18_7", a=40 - behind)
