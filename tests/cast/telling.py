"""Telling: what the roles did, put together as one platform saw it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tests.cast.draft import Draft
from tests.cast.links import ROOT, Thing, thing_of
from tests.cast.platform import Requests, answered
from tests.cast.schemes import Scheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.cast.catalogue import Catalogue


def told(
    drafts: Sequence[Draft], catalogue: Catalogue, scheme: Scheme, lines: int | None
) -> Requests:
    """Give visitors, sessions and accounts their numbers, order by time, cut, and answer."""
    visitors = sessions = 0
    numbered = []
    for draft in drafts:
        fresh = draft.account + catalogue.owners + sessions
        columns = {
            "visitor": draft.visitor + visitors,
            "session": np.where(draft.session > 0, draft.session + sessions, 0),
            "account": np.where(draft.account > 0, fresh, -draft.account),
        }
        numbered.append(replace(draft, **columns))
        visitors += visitors_of(draft)
        sessions += int(max(draft.session.max(initial=0), draft.account.max(initial=0)))
    whole = Draft.join(numbered)
    whole = whole.where(np.argsort(whole.at, kind="stable")[:lines])
    return answered(_trimmed(whole) if scheme is Scheme.OPAQUE else whole, catalogue)


def _trimmed(draft: Draft) -> Draft:
    """Where pictures have a host of their own, browsers send it only the origin as Referer."""
    away = np.isin(thing_of(draft.link), (Thing.PICTURE, Thing.AVATAR))
    inner = (draft.referer > 0) & (thing_of(draft.referer) < Thing.SEARCH)
    return replace(draft, referer=np.where(away & inner, ROOT, draft.referer))


def visitors_of(draft: Draft) -> int:
    """Count who is in a draft."""
    return int(draft.visitor.max(initial=-1)) + 1
