"""Reasons: what a detector saw, in words that need no knowledge of Hedgerow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.meetings import Trait
from enforcement.claimed import spelt
from evidence.formed import NO_BROWSER, formed
from evidence.identities import disguise, forgery, hosting, mismatch, tenure, twin, unfetched
from evidence.words import counted, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from enforcement.decision import Signal

    Evidence = Mapping[str, float]

WINDOWS = {"10min": "10 minutes", "1h": "an hour", "24h": "24 hours", "30d": "30 days"}
SEQUELS = {
    "steps": "had the next numbers of a list",
    "retried": "had just been refused",
    "kin": "were the rest of an owner's that was being taken",
}
SELDOM = 0.15  # two windows that differ by less say the same


def reason(signal: Signal) -> str:
    """Say what a signal rests on; a detector without words of its own shows its numbers."""
    words = WORDS.get(signal.detector)
    if words is None:
        shown = (f"{name} {value:,.4g}" for name, value in sorted(signal.evidence.items()))
        return f"{signal.detector}: {', '.join(shown)}"
    return words(signal.evidence, signal.at)


def _volume(seen: Evidence, _: int) -> str:
    return (
        f"{_windows(seen, 'pictures', 'different pictures')}. Of 14,500 ten-minute windows of "
        "people that were measured, 8 held more than 150; the busiest human day held 461."
    )


def _cold(seen: Evidence, _: int) -> str:
    said = _windows(seen, "cold", "pictures that nobody had looked at for days")
    usual = percent(seen["newcomers_went_cold"], 1)
    return f"{said}, of several people. Of what this site's newcomers see {usual} is such."


def _depth(seen: Evidence, _: int) -> str:
    return (
        f"{seen['galleries_10min']:,.0f} galleries of ten pictures and more within ten minutes, "
        "four fifths of each as originals without a preview before."
    )


def _breadth(seen: Evidence, _: int) -> str:
    said = _windows(seen, "owners", "different owners")
    return f"Pictures of {said}. A power user may look at those of 300 in an evening."


def _orphans(seen: Evidence, _: int) -> str:
    led = ", ".join(
        counted(seen[f"{name}_1h"], word)
        for name, word in (("pages", "page"), ("calls", "API answer"), ("assets", "asset"))
    )
    said = f"Within an hour {counted(seen['pictures_1h'], 'different picture')}, but {led}"
    if seen["originals_1h"]:
        bare, originals = f"{seen['bare_1h']:,.0f}", counted(seen["originals_1h"], "original")
        said += f"; {bare} of {originals} without the page or thumbnail that leads there"
    habit = percent(seen["newcomers_opened_page"], 1)
    return f"{said}. Of this site's newcomers {habit} open a page or app first."


def _undrawn(seen: Evidence, _: int) -> str:
    pages, habit = counted(seen["pages_24h"], "page"), percent(seen["newcomers_loaded_asset"], 1)
    return (
        f"It names a browser and read {pages} within a day, but in a month loaded nothing that "
        f"draws them. Of this site's newcomers {habit} load some."
    )


def _referrers(seen: Evidence, _: int) -> str:
    blank = seen["unreferred_1h"] + seen["rooted_1h"]
    habit = percent(seen["newcomers_sent_referrer"], 1)
    return (
        f"{blank:,.0f} of {counted(seen['asked_1h'], 'picture')} asked for within an hour named no "
        f"page that led there (Referer). Of this site's newcomers {habit} name one."
    )


def _enumeration(seen: Evidence, _: int) -> str:
    window = max(
        ("1h", "24h"),
        key=lambda w: (seen[f"steps_{w}"] / max(seen[f"numbered_{w}"], 1), seen[f"numbered_{w}"]),
    )
    steps, numbered = seen[f"steps_{window}"], seen[f"numbered_{window}"]
    return (
        f"{steps:,.0f} of {counted(numbered, 'picture')} asked for within {WINDOWS[window]} had a "
        f"number next to one asked for just before; at the end, {counted(seen['run'], 'step')} "
        "in a row. The longest such walk of people was 11."
    )


def _blind(seen: Evidence, _: int) -> str:
    window = max(("1h", "24h"), key=lambda w: seen[f"missing_{w}"] / max(seen[f"asked_{w}"], 1))
    asked, gone = counted(seen[f"asked_{window}"], "picture"), seen[f"missing_{window}"]
    return f"{gone:,.0f} of {asked} asked for within {WINDOWS[window]} are not there."


def _trap(seen: Evidence, _: int) -> str:
    return f"It asked in a day for {counted(seen['traps_24h'], 'thing')} that no page shows."


def _cadence(seen: Evidence, _: int) -> str:
    rhythms = [(_varies(seen, window), window) for window in ("10min", "1h", "24h")]
    varies, window = min(rhythms)
    pause = seen[f"gap_sum_{window}"] / max(seen[f"gaps_{window}"], 1) / 4
    return (
        f"A picture every {pause:.1f} s, {counted(seen[f'gaps_{window}'], 'time')} within "
        f"{WINDOWS[window]}; the pauses differ by {percent(varies, 1)} of their mean. "
        "Of people 0.09 % stay below 50 %."
    )


def _sleepless(seen: Evidence, _: int) -> str:
    quietest = counted(seen["lull"], "picture")
    return f"{counted(seen['asked_24h'], 'picture')} in a day, {quietest} in its quietest 4 hours."


def _fleet(seen: Evidence, _: int) -> str:
    share = percent(seen["cohort_fleet"], 1)
    if seen.get("cohort_edged"):
        return _edged(seen, share)
    about = f" {cohort(seen)}" if "cohort_networks" in seen else ""
    return (
        "It comes by pictures as a cohort of visitors does who are hardly ever given the same one. "
        f"People are. At least {share} of that cohort are no people.{about}"
    )


def cohort(seen: Evidence) -> str:
    """Say what was counted of a fleet's cohort in a day, and what else speaks for a fleet."""
    pictures, met = counted(seen["cohort_pairs"], "picture"), counted(seen["cohort_met"], "time")
    networks, usual = counted(seen["cohort_networks"], "network"), seen["cohort_expected"]
    told = f"{networks} met {met} in {pictures}; readers would have {usual:,.0f} times."
    said = [words for words in (formed(seen), told) if words]
    if seen.get("cohort_untouched"):
        said.append(f"{percent(seen['cohort_untouched'], 1)} of them no reader was given that day.")
    if seen.get("cohort_rarefaction"):
        said.append(f"{seen['cohort_rarefaction']:.2f} times as many differ as of readers'.")
    if pool := seen.get("cohort_pool"):
        said.append(f"By how often one came back, about {pool:,.0f} networks are behind it.")
    if seen.get("cohort_agents", 0.0) > 1:
        said.append(
            f"{counted(seen['cohort_agents'], 'user agent')}: their shares are "
            f"{seen['cohort_unevenness']:,.1f} times as uneven as if drawn by lot, their times "
            f"correlate by {seen['cohort_synchrony']:.2f}."
        )
    return " ".join(said)


def _edged(seen: Evidence, share: str) -> str:
    name = spelt(int(seen["cohort_browser"])) or NO_BROWSER
    if seen["cohort_trait"] == Trait.AGENT:
        name = f"one user agent ({name}; its hash ends in {int(seen['cohort_value']):08x})"
    met, expected = seen["cohort_met"], seen["cohort_expected"]
    return (
        f"Behind the CDN's edges, {counted(seen['cohort_networks'], 'client')} of {name} met "
        f"{counted(met, 'time')} in {counted(seen['cohort_pairs'], 'picture')}; readers would have "
        f"{expected:,.0f} times. At least {share} are no people. Who they are no edge's address "
        "tells, so it is reported and nothing is done."
    )


def _stray(seen: Evidence, _: int) -> str:
    led = "after a page or API answer" if seen["cohort_led"] else "with no page that leads there"
    many = "pictures of two owners or more" if seen["cohort_elsewhere"] else "a picture"
    return f"It was given {many}, {led}."


def _sequel(seen: Evidence, _: int) -> str:
    marks = [
        f"{counted(seen[f'resumed_{mark}'], 'picture')} {words}"
        for mark, words in SEQUELS.items()
        if seen[f"resumed_{mark}"]
    ]
    return (
        f"Of its first eight pictures, {', '.join(marks) or 'none'}. That was somebody else, "
        f"challenged or blocked {counted(seen['resumed_after'], 'second')} before, who asked for "
        f"the last one {counted(seen['resumed_gap'], 'second')} before."
    )


def _varies(seen: Evidence, window: str) -> float:
    """Give standard deviation over mean of the gaps; many gaps are needed to say anything."""
    gaps = seen[f"gaps_{window}"]
    mean = seen[f"gap_sum_{window}"] / max(gaps, 1)
    spread = max(seen[f"gap_squares_{window}"] / max(gaps, 1) - mean * mean, 0.0) ** 0.5
    return spread / mean if mean else float("inf")


def _unwelcome(seen: Evidence, _: int) -> str:
    return (
        "It calls itself a crawler of a kind that the settings say is unwelcome, and took "
        f"{counted(seen['pictures_1h'], 'different picture')} within an hour."
    )


def _windows(seen: Evidence, name: str, noun: str) -> str:
    """Say a count in the windows that add something: the shortest, and those that hold more."""
    said: list[str] = []
    before = 0.0
    for window, words in WINDOWS.items():
        count = seen.get(f"{name}_{window}", 0.0)
        if count > before * (1 + SELDOM):
            said.append(f"{count:,.0f}{'' if said else f' {noun}'} within {words}")
            before = count
    return ", ".join(said) or f"no {noun}"


WORDS: dict[str, Callable[[Evidence, int], str]] = {
    "volume": _volume,
    "cold": _cold,
    "depth": _depth,
    "breadth": _breadth,
    "orphans": _orphans,
    "undrawn": _undrawn,
    "referrers": _referrers,
    "enumeration": _enumeration,
    "blind": _blind,
    "cadence": _cadence,
    "sleepless": _sleepless,
    "disguise": disguise,
    "mismatch": mismatch,
    "unfetched": unfetched,
    "trap": _trap,
    "fleet": _fleet,
    "stray": _stray,
    "sequel": _sequel,
    "twin": twin,
    "forgery": forgery,
    "unwelcome": _unwelcome,
    "tenure": tenure,
    "hosting": hosting,
}
