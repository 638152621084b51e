"""Write the shapes of a log as the tables of a `site.toml`, with what speaks for each."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING

from access.suggest.sightings import DEFAULTS, WORDS, looks_like_rendition
from access.vocabulary import FRAME_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from access.suggest.drafts import Draft
    from access.suggest.mining import Template

SHOWN = 8  # renditions named in a comment
MANY = 100  # pictures; so many names of one shape are no accident


def pattern_table(template: Template, share: float) -> Iterator[str]:
    """Write one pattern and what speaks for it: *share* of the picture requests have its shape."""
    draft = template.drafts[0]
    folders = {"{owner}", "{album}"} & set(draft.names)
    certainty = _certainty(template)
    yield f"# {certainty}: {share:.1%} of picture requests ({template.count:,}),"
    yield f"# {template.pictures:,} names of pictures."
    if draft.seen[0].guessed:
        yield "# The address looks like a picture's, but nothing in the log says that it is one."
    for line in _shares(template):
        yield f"# {line}"
    if folders:
        yield f"# {' and '.join(sorted(folders))}: likely; many names over many pictures."
    yield "[[pictures]]"
    yield f'pattern = "{template.pattern}"'
    query = draft.query | _stills(draft)
    if query:
        yield "query = { " + ", ".join(f'{p} = "{g}"' for p, g in query.items()) + " }"
    if draft.fixed:
        yield f'rendition = "{draft.fixed}"'
    if draft.unique and folders:
        yield "unique = true  # no name was seen under two owners"
    yield ""


def _certainty(template: Template) -> str:
    """Say in a word how far a shape can be trusted."""
    if template.drafts[0].seen[0].guessed:
        return "A guess"
    return "Sure" if template.pictures >= MANY else "Likely"


def _stills(draft: Draft) -> dict[str, str]:
    """Find the parameter that numbers the stills of films, if there are any."""
    sizes = draft.sizes or [draft.fixed] * len(draft.seen)
    stills = [
        dict(s.query)
        for s, size in zip(draft.seen, sizes, strict=True)
        if WORDS.get(size) == "frame"
    ]
    free = [name for name in FRAME_KEYS if stills and name not in draft.query]
    numbers = [name for name in free if all(q.get(name, "").isdecimal() for q in stills)]
    return dict.fromkeys(numbers[:1], "frame")


def _sizes(templates: Iterable[Template]) -> dict[str, tuple[int, float]]:
    """Count each text that stands for a rendition, with its mean answer in bytes."""
    counts: Counter[str] = Counter()
    totals: dict[str, float] = defaultdict(float)
    for draft in [d for t in templates for d in t.drafts]:
        for text, s in zip(draft.sizes, draft.seen, strict=False):
            counts[text] += s.count
            totals[text] += s.count * s.size
    return {text: (n, totals[text] / n) for text, n in counts.items() if text}


def _shares(template: Template) -> Iterator[str]:
    """Say which renditions were asked for."""
    sizes = _sizes([template])
    total = sum(n for n, _ in sizes.values())
    if sizes:
        most = sorted(sizes.items(), key=lambda item: (-item[1][0], item[0]))[:SHOWN]
        shares = ", ".join(f"{text} {n / total:.0%}" for text, (n, _) in most)
        yield f"{{rendition}}: {shares}"


def renditions_table(templates: Sequence[Template]) -> Iterator[str]:
    """Place the words nobody knows beside the known ones whose answers are as large."""
    sizes = _sizes(templates)
    strange = sorted(t for t in sizes if t not in WORDS and not looks_like_rendition(t))
    if not strange:
        return
    known = {WORDS[t]: bytes_ for t, (_, bytes_) in sizes.items() if t in WORDS and bytes_ > 0}
    largest = max(strange, key=lambda t: sizes[t][1])
    yield "# Placed by the size of the answers: a guess."
    yield "[renditions]"
    placed = defaultdict(list)
    for text in strange:
        other = "original" if text == largest else "thumbnail"
        placed[_nearest(sizes[text][1], known) or other].append(text)
    for name, texts in sorted(placed.items()):
        words = ", ".join(f'"{word}"' for word in (*getattr(DEFAULTS, name), *texts))
        yield f"{name} = [{words}]"
    yield ""


def _nearest(size: float, known: dict[str, float]) -> str:
    """Find the rendition whose answers are about as large; empty where none is known."""
    return min(known, key=lambda name: abs(log(max(size, 1) / known[name])), default="")
