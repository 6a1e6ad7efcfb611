"""The two peers: a bare wechatpy echo that stores nothing, and a WeRoBot echo that keeps one counter."""

from __future__ import annotations

import os
from typing import Any

from flask import Flask, request

TOKEN, CORP = "SimToken2026", "wwsim00000000000001"
AES_KEY = "Q0hJTkFTSU1VTEFUT1JLRVlGT1JURVNUMTIzNDU2Nzg"


def wechatpy_echo() -> Flask:
    """Decrypt, parse, reply with the same words, encrypt."""
    from wechatpy.enterprise import create_reply, parse_message
    from wechatpy.enterprise.crypto import WeChatCrypto

    app, crypto = Flask("echo"), WeChatCrypto(TOKEN, AES_KEY, CORP)

    @app.post("/wecom/callback")
    def receive() -> str:
        given = request.args
        plain = crypto.decrypt_message(
            request.get_data(), given["msg_signature"], given["timestamp"], given["nonce"]
        )
        message = parse_message(plain)
        reply = create_reply(message.content, message).render()
        return str(crypto.encrypt_message(reply, given["nonce"], given["timestamp"]))

    return app


def werobot_echo() -> Flask:
    """WeRoBot 1.13 with its SQLite session, behind Flask as its documentation shows."""
    from werobot import WeRoBot
    from werobot.contrib.flask import make_view
    from werobot.session.sqlitestorage import SQLiteStorage

    robot = WeRoBot(
        token=TOKEN,
        app_id=CORP,
        encoding_aes_key=AES_KEY,
        enable_session=True,
        session_storage=SQLiteStorage(os.environ["BENCH_SESSION"]),
    )

    @robot.text
    def echo(message: Any, session: dict[str, Any]) -> str:
        session["count"] = session.get("count", 0) + 1
        return str(message.content)

    app = Flask("werobot")
    app.add_url_rule("/wecom/callback", endpoint="robot", view_func=make_view(robot), methods=["GET", "POST"])
    return app
