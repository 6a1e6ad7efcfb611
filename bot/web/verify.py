"""Proofs of ownership that WeCom's console asks for: `/WW_verify_*.txt` from a folder of the operator."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, abort

_NAME = re.compile(r"[A-Za-z0-9]{1,64}")


def blueprint(folder: Path) -> Blueprint:
    """The one route for these files."""
    routes = Blueprint("verify", __name__)

    @routes.get("/WW_verify_<name>.txt")
    def verify(name: str) -> Response:
        path = folder / f"WW_verify_{name}.txt"
        if not _NAME.fullmatch(name) or not path.is_file():
            abort(404)
        return Response(path.read_bytes(), mimetype="text/plain")

    return routes
