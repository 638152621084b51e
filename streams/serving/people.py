"""People: the orders that people give by key, and those of others that they approve."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kafka.errors import KafkaError
from starlette.routing import Route

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.railing import Railing
from enforcement.rails import Cap
from evidence.audit import Deed
from streams.approving import nothing, waiting
from streams.capping import check_order
from streams.ordering import orders, send
from streams.serving.bodies import asked, told, wrong
from streams.serving.gate import KEY
from streams.serving.keys import Key, Right, rights
from streams.serving.spoken import Agreed, Asked, Given, Listed
from streams.wire.orders import Verb, Wish, about, approval, ordered, takes_two

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from streams.serving.service import Serving
    from streams.wire.orders import OrderRecord

AWAY = "no broker took the order: nothing has changed"
MILDER = "analysts pardon and release addresses; this takes an approver"


class People:
    """Routes of orders; whoever comes here has a key, and a role that may order something."""

    def __init__(self, serving: Serving) -> None:
        """Order of the platform that *serving* tells of."""
        self.serving = serving

    def routes(self) -> list[Route]:
        """Say what is answered where."""
        return [
            Route("/orders", self.listed, methods=["GET"]),
            Route("/orders", self.order, methods=["POST"]),
            Route("/orders/{name}/approval", self.approve, methods=["POST"]),
        ]

    async def listed(self, _: Request) -> Response:
        """List all orders, the oldest first, and which of them wait for a second person."""
        try:
            found = await self._orders()
        except KafkaError:
            return wrong("no broker said what was ordered", 503)
        held = waiting(found, self._now()).held
        return told(Listed(found, [each.order.id for each in held]))

    async def order(self, request: Request) -> Response:
        """Give an order."""
        key: Key = request.scope[KEY]
        try:
            wish = wished(await asked(request, Asked))
            order = ordered(wish, key.name, self._now())
            check_order(Railing(self.serving.rails), order, self._now())
        except ValueError as error:
            return wrong(error, 400)
        if beyond(order, key):
            self._note(key, "refused", order, MILDER)
            return wrong(MILDER, 403)
        return await self._given(key, order)

    async def approve(self, request: Request) -> Response:
        """Be the second person."""
        key: Key = request.scope[KEY]
        name = request.path_params["name"]
        try:
            agreed = await asked(request, Agreed)
            found = waiting(await self._orders(), self._now())
            second = approval(found.check(name, key.name), key.name, agreed.reason, self._now())
        except KafkaError:
            return wrong(AWAY, 503)
        except KeyError:
            return wrong(nothing(name), 404)
        except ValueError as error:
            return wrong(error, 400)
        return await self._given(key, second)

    async def _given(self, key: Key, order: OrderRecord) -> Response:
        """Write it down, hand it over, and say what becomes of it."""
        self._note(key, order.verb, order, order.reason)
        try:
            await asyncio.to_thread(send, self.serving.broker, order, self.serving.orders)
        except KafkaError:
            self._note(key, "not taken", order, AWAY)
            return wrong(AWAY, 503)
        return told(Given(order, takes_two(order)), 202 if takes_two(order) else 201)

    async def _orders(self) -> list[OrderRecord]:
        return await asyncio.to_thread(orders, self.serving.broker, self.serving.orders)

    def _note(self, key: Key, what: str, order: OrderRecord, why: str) -> None:
        if self.serving.audit_file:
            target = about(order)
            self.serving.audit_file.write(Deed(key.name, key.role, what, target, why))

    def _now(self) -> int:
        return int(self.serving.now() * 1000)


def wished(said: Asked) -> Wish:
    """Turn what was asked for into a wish."""
    action = Action[said.action.upper()]
    cap = Cap(said.cap) if said.cap else None
    return Wish(Verb(said.verb), said.target, said.reason, said.lasts, action, cap, said.most)


def beyond(order: OrderRecord, key: Key) -> bool:
    """Tell whether an order is more than the role of a key may give."""
    mild = order.verb in {Verb.PARDON, Verb.RELEASE} and order.scope is Scope.ADDRESS
    return not mild and Right.ACT not in rights(key)
