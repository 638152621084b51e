"""HAProxy ACL: patterns for `src -f`, one CIDR a line."""

from __future__ import annotations

from feeds.feed import TEXT, Feed
from feeds.listing import listing

HAPROXY_ACL = Feed(
    "blocklist.acl",
    TEXT,
    listing,  # the text list is one already: HAProxy takes its comments
    "For HAProxy, http-request deny if { src -f … }: one CIDR a line.",
)
