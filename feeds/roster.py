"""Roster: the closed list of feeds; a new one is one file, one test, one line here."""

from __future__ import annotations

from feeds.drop import DROP
from feeds.edl import EDL
from feeds.entries import ENTRIES
from feeds.f5 import F5
from feeds.haproxy_acl import HAPROXY_ACL
from feeds.haproxy_map import HAPROXY_MAP
from feeds.haproxy_names import HAPROXY_NAMES
from feeds.ipset import IPSET
from feeds.juniper import JUNIPER
from feeds.listing import LISTING
from feeds.mikrotik import MIKROTIK
from feeds.misp import HASHES, MANIFEST, MISP
from feeds.nft import NFT
from feeds.nginx_answers import NGINX_ANSWERS
from feeds.nginx_geo import NGINX_GEO
from feeds.nginx_names import NGINX_NAMES
from feeds.stix import STIX

LISTED = (  # each tells of all who are refused
    LISTING,
    ENTRIES,
    EDL,
    DROP,
    NGINX_GEO,
    NGINX_ANSWERS,
    HAPROXY_ACL,
    HAPROXY_MAP,
    NFT,
    IPSET,
    MIKROTIK,
    F5,
    JUNIPER,
    MISP,
    STIX,
)
BESIDE = (NGINX_NAMES, HAPROXY_NAMES, MANIFEST, HASHES)  # sessions and accounts; a feed's papers
FEEDS = (*LISTED, *BESIDE)
