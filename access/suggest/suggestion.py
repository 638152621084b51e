"""Suggest: write a first `site.toml` from a log, with what was seen and how sure it is."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from access.suggest.mining import mine
from access.suggest.pattern_tables import pattern_table, renditions_table
from access.suggest.sightings import SAMPLE, Sample

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from access.batch import Batch

WORTH = 0.005  # of the picture requests; rarer shapes stay with the default rules
BUSY = 0.2  # of all lines from one address: more than any reader sends
RARE = 0.01  # of all lines; whoever sends fewer passes on too little to matter
PASSED = 0.5  # of an address's lines that name another client: it passes requests on
INSIDE = tuple(  # no stranger connects from here
    map(ip_network, ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
)


def suggest(batches: Iterable[Batch]) -> str:
    """Describe a platform from batches named by default; reads the first SAMPLE lines.

    `Site.from_toml` reads what comes back; what needs a person's yes is commented out.
    """
    sample = Sample()
    for batch in batches:
        sample.add(batch)
        if sample.lines == SAMPLE:
            break
    templates, left = mine(sample.sightings())
    asked = max(sample.delivered(), sum(t.count for t in templates), 1)
    worth = [t for t in templates if t.count >= WORTH * asked]
    lines = [
        f"# Written from {sample.lines:,} lines of a log. Read it, correct it, keep it.",
        'name = "my-platform"',
        '# secret = "…"  # a long random text: it keys every pseudonym; never change it later',
        *_proxies(sample),
        *_hosts(sample),
        *renditions_table(worth),
        *(line for t in worth for line in pattern_table(t, t.count / asked)),
        *_rest(sample, 1 - sum(t.count for t in worth) / asked, left),
    ]
    return "\n".join(lines) + "\n"


def _proxies(sample: Sample) -> Iterator[str]:
    """Name the addresses that pass requests on; trusting one wrongly lets anybody lie."""
    sure: list[str] = []
    perhaps: list[str] = []
    for client, n in sample.clients.most_common(50):
        address, passed, share = _address(client), sample.forwarding[client] / n, n / sample.lines
        if not address or share < RARE or (passed < PASSED and share < BUSY):
            continue
        yield f"# {share:.1%} of the lines come from {address}; {passed:.0%} name another client."
        inside = any(ip_address(address) in network for network in INSIDE)
        (sure if passed >= PASSED and inside else perhaps).append(f'"{address}"')
    if perhaps:
        yield f"# If these are proxies of yours, add them: {', '.join(perhaps)}"
    yield f"trusted_proxies = [{', '.join(sure)}]"
    yield ""


def _address(client: bytes) -> str:
    """Read an address without its port; empty where it is none."""
    text = client.decode("latin-1").strip()
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ip_address(bare.partition("%")[0]))
    except ValueError:
        return ""


def _hosts(sample: Sample) -> Iterator[str]:
    """List the hosts that serve pages and pictures, where hosts are logged."""
    pages, pictures = _main(sample.page_hosts), _main(sample.picture_hosts)
    if pages and pictures:
        apart = "not one host" if not set(pages) & set(pictures) else "some hosts"
        yield f"# {apart} serves both: browsers then send pictures only an origin, or a page."
        yield "[hosts]"
        yield f"pages = [{', '.join(pages)}]"
        yield f"pictures = [{', '.join(pictures)}]"
        yield ""


def _main(hosts: Counter[str]) -> list[str]:
    """Name the hosts with at least one in a hundred requests."""
    return [f'"{host}"' for host, n in hosts.most_common(9) if n >= RARE * hosts.total()]


def _rest(sample: Sample, share: float, left: list[str]) -> Iterator[str]:
    """Say what no pattern takes, and what the log tells about people."""
    yield f"# {share:.1%} of the picture requests are left to the default rules."
    for why in left[:9]:
        yield f"# Left to them: {why}"
    yield f"# Sessions stand in {sample.sessions:,} lines, accounts in {sample.accounts:,}."
    if not sample.sessions + sample.accounts:
        yield "# Log one of them, and people behind one address can be told apart."
    yield f"# Headers that tell browsers from programs stand in {sample.heard:,} lines."
    if not sample.heard:
        yield "# Log Accept, Accept-Language, Sec-Fetch-Dest, Sec-CH-UA: see docs/headers.md."
    yield "# edge_signatures = true  # above all tables, if your edge checks signatures and logs it"
    yield "# [lookups]"
    yield '# owners = "owners.csv"  # picture, owner, album, visibility'
    yield '# galleries = "galleries.csv"  # owner, pictures: how many, where no table has owners'
    yield '# accounts = "accounts.csv"  # account, session, created, owner'
