"""Audits: tell auditors who did what."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kafka.errors import KafkaError
from starlette.routing import Route

from evidence.audit import Deed, broken, by_chain
from streams.auditing import Sought, read_acts
from streams.rereading import all_of
from streams.serving.bodies import told, wrong
from streams.serving.gate import KEY
from streams.serving.spoken import Audited

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from evidence.audit import Act
    from streams.serving.service import Serving

MOST = 1000  # acts in one answer, the newest; who wants others says since when, by whom or what


class Audits:
    """The route of the audit log; to read it is written down as well."""

    def __init__(self, serving: Serving) -> None:
        """Tell what stands in the topic, and in the file of *serving*."""
        self.serving = serving

    def routes(self) -> list[Route]:
        """Say what is answered where."""
        return [Route("/audit", self.asked, methods=["GET"])]

    async def asked(self, request: Request) -> Response:
        """Answer with acts, and where a chain is broken, if one is."""
        sought = Sought(
            *(request.query_params.get(n, "") for n in ("by", "target", "what", "since"))
        )
        try:
            acts = await asyncio.to_thread(self._acts)
        except KafkaError:
            return wrong("no broker said what was done", 503)
        except ValueError as error:
            return wrong(error, 500)
        found = sought.among(acts)
        trouble = [said for chain in by_chain(acts).values() if (said := broken(chain))]
        self._note(request)
        return told(Audited(found[-MOST:], len(found[:-MOST]), trouble))

    def _acts(self) -> list[Act]:
        acts = read_acts(all_of(self.serving.broker, self.serving.audit))
        return [*acts, *(self.serving.audit_file.acts() if self.serving.audit_file else ())]

    def _note(self, request: Request) -> None:
        key, query = request.scope[KEY], request.url.query
        if self.serving.audit_file:
            what = f"asked for {query[:200]!r}" if query else "asked for all"
            deed = Deed(key.name, key.role, "read audit", "audit", what)
            self.serving.audit_file.write(deed)
