"""Peers: the rules of other programs, worked out over the columns of a world instead of run.

All are given the best case: what they see at once they refuse at once, who refuses is the edge
itself, and whoever the platform's site.toml names (own machines, crawlers, researchers) is spared.
Nobody reacts to being refused, for Hedgerow and for them alike.
"""
