"""接收, 不接收, 撤回转出 and 待接收: what can be said to a transfer that was proposed (S-15)."""

from __future__ import annotations

from bot.handlers._receiving import DECLINE, LIST, RECALL, RECEIVE

HANDLERS = (RECEIVE, DECLINE, RECALL, LIST)
