"""One file for each thing the bot can do for a person; each ends in HANDLER (or HANDLERS, closely related)."""

from __future__ import annotations

import importlib
import pkgutil

from bot.engine.turn import Handler


class Misnamed(Exception):
    """A handler file without HANDLER, or two handlers of one name."""


def load() -> dict[str, Handler]:
    """Every handler by its name; raises Misnamed."""
    found: dict[str, Handler] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        for handler in _handlers(f"{__name__}.{module.name}"):
            if handler.name in found:
                raise Misnamed(handler.name)
            found[handler.name] = handler
    return found


def _handlers(name: str) -> tuple[Handler, ...]:
    module = importlib.import_module(name)
    several = getattr(module, "HANDLERS", None) or (getattr(module, "HANDLER", None),)
    if None in several:
        raise Misnamed(name)
    return tuple(several)
