"""Contradictions: what the words of a user agent say together, and when they cannot be true."""

from __future__ import annotations

from access.agents.hints import Hint, Number
from access.claims import Family

ANY = -1  # also where no number is said

# (all of these, none of these, whose number, plus, the family); the first that fits counts.
FAMILIES = (
    (Hint.EDGE, Hint.NOTHING, Number.EDGE, 0, Family.EDGE),
    (Hint.OPERA | Hint.VERSION, Hint.CHROME, Number.VERSION, 0, Family.OPERA),
    (Hint.OPERA, Hint.NOTHING, Number.OPERA, 0, Family.OPERA),
    (Hint.SAMSUNG, Hint.NOTHING, Number.SAMSUNG, 0, Family.SAMSUNG),
    (Hint.FIREFOX_IOS, Hint.NOTHING, Number.FIREFOX_IOS, 0, Family.FIREFOX_IOS),
    (Hint.FIREFOX, Hint.NOTHING, Number.FIREFOX, 0, Family.FIREFOX),
    (Hint.CHROME, Hint.NOTHING, Number.CHROME, 0, Family.CHROME),
    (Hint.CHROME_IOS, Hint.NOTHING, Number.CHROME, 0, Family.CHROME),
    # In its compatibility view Internet Explorer lies about its version, but not its engine's.
    (Hint.TRIDENT | Hint.MSIE, Hint.NOTHING, Number.TRIDENT, 4, Family.IE),
    (Hint.MSIE, Hint.NOTHING, Number.IE, 0, Family.IE),
    (Hint.TRIDENT, Hint.NOTHING, Number.RV, 0, Family.IE),
    (Hint.IOS | Hint.WEBKIT, Hint.SAFARI, Number.NONE, 0, Family.APP),
    (Hint.APP, Hint.NOTHING, Number.NONE, 0, Family.APP),
    (Hint.ANDROID | Hint.SAFARI | Hint.WEBKIT, Hint.NOTHING, Number.VERSION, 0, Family.ANDROID),
    (Hint.SAFARI, Hint.NOTHING, Number.VERSION, 0, Family.SAFARI),
    (Hint.TOOL, Hint.NOTHING, Number.NONE, 0, Family.TOOL),
    (Hint.CRAWLER, Hint.NOTHING, Number.NONE, 0, Family.CRAWLER),
)

# (all of these, none of these, whose number, at least): no browser was ever built that says so.
CONTRADICTIONS = (
    (Hint.CHROME | Hint.WEBKIT, Hint.SAFARI, Number.NONE, ANY),
    (Hint.CHROME | Hint.FIREFOX, Hint.NOTHING, Number.NONE, ANY),
    (Hint.CHROME | Hint.PRESTO, Hint.NOTHING, Number.NONE, ANY),
    (Hint.CHROME | Hint.TRIDENT, Hint.WINDOWS_PHONE, Number.NONE, ANY),
    (Hint.CHROME | Hint.MSIE, Hint.WINDOWS_PHONE, Number.NONE, ANY),
    (Hint.FIREFOX | Hint.TRIDENT, Hint.NOTHING, Number.NONE, ANY),
    (Hint.FIREFOX | Hint.PRESTO, Hint.NOTHING, Number.NONE, ANY),
    (Hint.WEBKIT | Hint.TRIDENT, Hint.WINDOWS_PHONE, Number.NONE, ANY),
    (Hint.WEBKIT | Hint.PRESTO, Hint.OPERA, Number.NONE, ANY),
    (Hint.WINDOWS_9X | Hint.WEBKIT, Hint.NOTHING, Number.NONE, ANY),
    (Hint.WINDOWS_9X | Hint.TRIDENT, Hint.NOTHING, Number.NONE, ANY),
    # The last Firefox for Windows 98 was 2, the last Internet Explorer 6.
    (Hint.WINDOWS_9X | Hint.FIREFOX, Hint.NOTHING, Number.FIREFOX, 4),
    (Hint.WINDOWS_9X | Hint.MSIE, Hint.NOTHING, Number.IE, 7),
    # On iOS Chrome is called CriOS; Windows Phone says `like iPhone`.
    (Hint.CHROME | Hint.IOS, Hint.WINDOWS_PHONE, Number.NONE, ANY),
    # From version 10 on Opera calls itself 9.80; who makes agents up seldom knows.
    (Hint.PRESTO | Hint.VERSION, Hint.OPERA_9_80 | Hint.CHROME, Number.NONE, ANY),
    # Safari for Windows ended with 5.1 in 2012; Facebook's app there was built on WebKit.
    (
        Hint.WINDOWS_NT | Hint.SAFARI | Hint.VERSION,
        Hint.CHROME | Hint.ANDROID | Hint.APP | Hint.WINDOWS_PHONE,
        Number.VERSION,
        6,
    ),
)

# (all of these, none of these, one number, the other, both at least, the other froze at, while the
# one went up to): they differ. Firefox repeats its version behind `rv:`, but said 109 there up to
# its version 119, because some sites took `rv:11` for Internet Explorer.
TWICE = ((Hint.FIREFOX, Hint.FORK, Number.FIREFOX, Number.RV, 5, 109, 119),)
