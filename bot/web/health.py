"""`/healthz`, `/readyz` and `/metrics`; the last two on loopback or with a token only."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, jsonify, request

from bot import pings
from bot.parts import Bot
from bot.web.counters import Counters

LOOPBACK = ("127.0.0.1", "::1")


def blueprint(bot: Bot, counters: Counters) -> Blueprint:
    """The three health routes."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def healthz() -> Response:
        return Response("ok", mimetype="text/plain")

    @routes.get("/readyz")
    def readyz() -> tuple[Response, int]:
        _only_for_operators(bot.settings.metrics_token)
        found = pings.all_of(bot.database, bot.clock.now())
        is_ready = all(ping.is_good for ping in found)
        return jsonify({ping.name: ping.words for ping in found}), 200 if is_ready else 503

    @routes.get("/metrics")
    def metrics() -> Response:
        _only_for_operators(bot.settings.metrics_token)
        return Response(counters.text(), mimetype="text/plain")

    return routes


def _only_for_operators(token: str) -> None:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return
    # A proxy in front makes everybody loopback, but it says so.
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if is_forwarded or request.remote_addr not in LOOPBACK:
        abort(404)
