"""The HTTP side of the sandbox: one threaded server for the API, the control calls and the page."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, redirect, request, send_from_directory
from werkzeug.exceptions import HTTPException
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from sandbox.api import api_pages
from sandbox.desk import Desk, stopwatch
from sandbox.files import attachment

LARGEST_REQUEST = 32 << 20
HANG_AT_MOST, LOOK_AGAIN = 120.0, 1.0
BACKLOG = 128
POLL = 0.05
EVERYWHERE, LOOPBACK = "0.0.0.0", "127.0.0.1"
DISPLAYED = ("image/jpeg", "image/png")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob: http: https:; style-src 'self'",
}


def flask_app(desk: Desk) -> Flask:
    """The pages without the control calls, which the facade adds."""
    app = Flask("sandbox", static_folder="static", static_url_path="/static")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.register_blueprint(api_pages(desk))

    @app.get("/")
    def page() -> Response:
        return send_from_directory(app.static_folder or "", "index.html")

    @app.get("/favicon.ico")
    def icon() -> Any:
        return redirect("/static/icon.svg")

    @app.get("/sandbox/media/<media_id>")
    def medium(media_id: str) -> Response:
        with desk.lock:
            media = desk.media.kept(media_id) or abort(404)
        shown = media.mime in DISPLAYED and "download" not in request.args
        headers = {} if shown else {"Content-Disposition": attachment(media.name)}
        return Response(media.content, headers=headers, mimetype=media.mime)

    @app.after_request
    def guarded(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    @app.errorhandler(HTTPException)
    def refused(fault: HTTPException) -> tuple[str, int]:
        return fault.name, fault.code or 500

    return app


class Network:
    """What stands before the API: as ordered it swallows calls or drops the connection without a word."""

    def __init__(self, desk: Desk, app: WSGIApplication) -> None:
        self._desk, self._app = desk, app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._desk.stopped or (environ["PATH_INFO"].startswith("/cgi-bin/") and self._lost()):
            _break_off(environ["werkzeug.socket"])
        return self._app(environ, start_response)

    def _lost(self) -> bool:
        faults, hanging = self._desk.faults, stopwatch()
        if not faults.api_hangs:
            return faults.api_down
        while faults.api_hangs and not self._desk.stopped and hanging() < HANG_AT_MOST:
            self._desk.wait_for(lambda: not faults.api_hangs, LOOK_AGAIN)
        return True


def _break_off(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError


class _Quiet(WSGIRequestHandler):
    """Small answers leave at once, and nothing is printed per request."""

    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing; the sandbox keeps its own record of calls."""


class Server:
    """Serves a WSGI application in threads until stopped; port 0 takes a free one, OSError when it is taken."""

    def __init__(self, app: WSGIApplication, host: str, port: int) -> None:
        # Werkzeug leaves the whole program when it cannot bind, so the socket is opened here.
        with socket.create_server((host, port), backlog=BACKLOG) as listening:
            free_port = listening.getsockname()[1]
            self._server = ThreadedWSGIServer(host, free_port, app, handler=_Quiet, fd=listening.fileno())
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL,), name="sandbox", daemon=True
        )
        self.url = f"http://{LOOPBACK if host == EVERYWHERE else host}:{free_port}"

    def start(self) -> None:
        """Begins to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Ends answering and gives the port back."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
