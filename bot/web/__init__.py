"""What the platform and the operators reach over HTTP. The only importer of Flask besides the pages."""

from __future__ import annotations

from flask import Flask

from bot.parts import Bot
from bot.web import callback, health, verify
from bot.web.counters import Counters


def create(bot: Bot) -> Flask:
    """The application: callback, health and proofs of ownership."""
    app = Flask("xieshi", static_folder=None)
    counters = Counters()
    app.register_blueprint(health.blueprint(bot, counters))
    app.register_blueprint(verify.blueprint(bot.settings.home / "verify"))
    app.wsgi_app = callback.Callback(bot, counters, app.wsgi_app)  # type: ignore[method-assign,assignment]
    return app
