"""Hints: what the words of user agents say, and which numbers stand behind them."""

from __future__ import annotations

from enum import IntEnum, IntFlag, auto, unique

from access.claims import Flag


@unique
class Hint(IntFlag):
    """What a word says; the lowest six bits are those of `Flag`."""

    NOTHING = 0
    TOOL = Flag.TOOL
    CRAWLER = Flag.CRAWLER
    TEMPLATE = Flag.TEMPLATE
    IMPOSSIBLE = Flag.IMPOSSIBLE
    CHROME = 64
    CHROME_IOS = auto()
    FIREFOX = auto()
    FIREFOX_IOS = auto()
    SAFARI = auto()
    EDGE = auto()
    OPERA = auto()
    MSIE = auto()
    TRIDENT = auto()
    PRESTO = auto()
    WEBKIT = auto()
    SAMSUNG = auto()
    VERSION = auto()
    ANDROID = auto()
    IOS = auto()
    WINDOWS_NT = auto()
    WINDOWS_9X = auto()
    WINDOWS_PHONE = auto()
    APP = auto()
    OPERA_9_80 = auto()
    FORK = auto()  # of Firefox: these number themselves


@unique
class Number(IntEnum):
    """Which of the numbers behind the words is kept."""

    NONE = 0
    CHROME = auto()
    FIREFOX = auto()
    FIREFOX_IOS = auto()
    EDGE = auto()
    OPERA = auto()
    IE = auto()
    TRIDENT = auto()
    SAMSUNG = auto()
    VERSION = auto()
    RV = auto()
