"""Known: machines that take very many pictures and that the platform names in its site.toml."""

from __future__ import annotations

import numpy as np

from tests.cast.addresses import ARCHIVE, OPTIMISER, RESEARCHER, address_text
from tests.cast.draft import HTTP_1, Draft
from tests.cast.links import NONE, Cut, Thing, link, picture
from tests.cast.stage import SECOND, Role, Stage

ARCHIVE_AGENT = (
    "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)"
)
STUDY = "LichenStudy"
QUOTA = 2_000  # pictures a day that the researcher may take
OWN_MACHINES = {"image optimiser": address_text(OPTIMISER)}  # class: address
REGISTERED = {  # class: what site.toml says of it
    "archive crawler": f"""
[[crawlers]]
name = "Internet Archive"
agent = "archive.org_bot"
ranges = ["{address_text(ARCHIVE)}/27"]
""",
    "researcher": f"""
[[researchers]]
name = "Lichen study"
pictures_a_day = {QUOTA}
until = 2099-12-31
addresses = ["{address_text(RESEARCHER)}"]
agent = "{STUDY}"
""",
}


def image_optimiser(stage: Stage) -> Draft:
    """Fetch originals from the platform's own machine, to cut them to size: no picture twice."""
    rng = stage.rng
    code = stage.agents.code("thumbor/7.7.7")
    seats = stage.seats(1, address=OPTIMISER, agent=code, protocol=HTTP_1)
    count = int((stage.stop - stage.start) / (rng.uniform(1, 4) * SECOND))
    slots = rng.permutation(stage.catalogue.shown)[: max(1, count)]
    at = np.sort(rng.integers(stage.start, stage.stop, len(slots)))
    return Draft.of(seats, np.zeros_like(at), at, picture(slots, Cut.ORIGINAL))


def archive_crawler(stage: Stage) -> Draft:
    """Keep pages and their pictures for later: robots.txt first, then one every some seconds."""
    rng, machines = stage.rng, 4
    code = stage.agents.code(ARCHIVE_AGENT)
    address = ARCHIVE + np.arange(machines)
    seats = stage.seats(machines, visitor=0, address=address, agent=code, protocol=HTTP_1)
    every = int(rng.uniform(3, 8) * SECOND)
    at = np.arange(stage.start + 2 * SECOND, stage.stop, every)
    slots = rng.choice(stage.catalogue.shown, len(at))
    seat, page = rng.integers(0, machines, len(at)), link(Thing.PHOTO, slots)
    asked = Draft.of(seats, seat[:1], at[:1] - SECOND, link(Thing.ROBOTS))
    pages = Draft.of(seats, seat, at, page, referer=NONE)
    kept = Draft.of(seats, seat, at + 1_500, picture(slots, Cut.MEDIUM), referer=page)
    return Draft.join([asked, pages, kept])


def researcher(stage: Stage) -> Draft:
    """Take as many pictures as was agreed on, one a second, from the address that was agreed on."""
    rng = stage.rng
    code = stage.agents.code(f"{STUDY}/1.2 (+https://lichen.example.org/about)")
    seats = stage.seats(1, address=RESEARCHER, agent=code, protocol=HTTP_1)
    count = min(int(QUOTA * rng.uniform(0.5, 0.95)), len(stage.catalogue.shown))
    slots = rng.permutation(stage.catalogue.shown)[:count]
    at = stage.opening() + np.cumsum(stage.waits(count, 0.7, 1.3))
    return Draft.of(seats, np.zeros_like(at), at, picture(slots, Cut.ORIGINAL))


KNOWN = (
    Role("image optimiser", guilty=False, act=image_optimiser),
    Role("archive crawler", guilty=False, act=archive_crawler),
    Role("researcher", guilty=False, act=researcher),
)
