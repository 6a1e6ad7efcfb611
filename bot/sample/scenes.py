"""Simple drawn scenes for the sample school's photos; no fonts, no files, the same picture for the same seed."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (960, 720)
_WALLS = ("#e9e2d6", "#dfe6ea", "#e6e8dc", "#ece4e1")
_COATS = ("#2f4858", "#7a3b3b", "#3c5a3c", "#51446b", "#6b5a3a", "#2b6777")
_SKIN = ("#e0b18f", "#d6a47e", "#e8bf9f")


def draw(scene: str, seed: int) -> bytes:
    """A JPEG of laboratory, classroom, meeting or corridor."""
    rng = random.Random(f"{scene}{seed}")
    picture = Image.new("RGB", SIZE, rng.choice(_WALLS))
    pen = ImageDraw.Draw(picture)
    _room(pen, rng, has_windows=scene in ("laboratory", "meeting"))
    {"laboratory": _laboratory, "classroom": _classroom, "meeting": _meeting}.get(scene, _corridor)(pen, rng)
    buffer = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.8)).save(buffer, "JPEG", quality=82)
    return buffer.getvalue()


def _room(pen: ImageDraw.ImageDraw, rng: random.Random, has_windows: bool) -> None:
    pen.polygon(
        [(0, 520), (960, 520), (960, 720), (0, 720)], fill=rng.choice(("#b9a88f", "#a9a39a", "#8f9aa0"))
    )
    pen.rectangle((0, 512, 960, 524), fill="#8a7f72")
    for left in range(60 + rng.randrange(40), 900 if has_windows else 0, 300):
        pen.rectangle((left, 90, left + 180, 300), fill="#c9e1ee", outline="#ffffff", width=10)
        pen.line((left + 90, 90, left + 90, 300), fill="#ffffff", width=8)


def _laboratory(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    pen.rectangle((40, 430, 920, 470), fill="#4c5a63")
    for left in range(70, 860, 130):
        top = 430 - rng.randrange(50, 120)
        pen.rectangle(
            (left, top, left + 90, 430),
            fill=rng.choice(("#d5d9dc", "#b6c2c9", "#dfe3d8")),
            outline="#555555",
            width=3,
        )
        pen.rectangle((left + 12, top + 12, left + 60, top + 36), fill=rng.choice(("#17342a", "#1a2a44")))
        pen.ellipse(
            (left + 66, top + 14, left + 80, top + 28), fill=rng.choice(("#d9534f", "#5cb85c", "#f0ad4e"))
        )
    pen.rectangle((60, 470, 80, 640), fill="#3a444b")
    pen.rectangle((880, 470, 900, 640), fill="#3a444b")
    _people(pen, rng, 2, 560)


def _classroom(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    pen.rectangle((180, 110, 780, 380), fill="#2f5d4a", outline="#7b5b3a", width=14)
    for line in range(4):
        pen.line(
            (230, 170 + 45 * line, 230 + rng.randrange(200, 480), 170 + 45 * line), fill="#e9efe9", width=5
        )
    _people(pen, rng, 1, 520)
    for row in range(2):
        for left in range(60 + 30 * row, 900, 150):
            pen.rectangle((left, 600 + 60 * row, left + 110, 620 + 60 * row), fill="#9c6b3f")
            _person(pen, rng, left + 55, 660 + 70 * row, 0.7)


def _meeting(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    pen.rectangle((330, 70, 630, 130), fill="#b03a2e")
    _people(pen, rng, 6, 500)
    pen.ellipse((100, 470, 860, 690), fill="#8b5e3c", outline="#6f4a2f", width=6)
    for left in range(220, 760, 110):
        pen.rectangle((left, 560, left + 60, 600), fill="#fbfaf5")
        pen.ellipse((left + 68, 560, left + 88, 580), fill="#eef3f5", outline="#9aa5aa", width=2)


def _corridor(pen: ImageDraw.ImageDraw, rng: random.Random) -> None:
    for left in range(90, 900, 270):
        pen.rectangle((left, 230, left + 150, 520), fill="#8d6e53", outline="#5d4937", width=6)
        pen.ellipse((left + 118, 370, left + 134, 386), fill="#d8c27a")
    _people(pen, rng, 3, 560)


def _people(pen: ImageDraw.ImageDraw, rng: random.Random, count: int, feet: int) -> None:
    for n in range(count):
        _person(pen, rng, 960 * (n + 1) // (count + 1) + rng.randrange(-30, 30), feet + 60, 1.0)


def _person(pen: ImageDraw.ImageDraw, rng: random.Random, x: int, feet: int, scale: float) -> None:
    def at(dx: int, dy: int) -> tuple[int, int]:
        return x + int(dx * scale), feet + int(dy * scale)

    pen.rounded_rectangle((*at(-46, -190), *at(46, -20)), radius=int(26 * scale), fill=rng.choice(_COATS))
    pen.ellipse((*at(-32, -260), *at(32, -190)), fill=rng.choice(_SKIN))
    pen.pieslice((*at(-36, -268), *at(36, -200)), 180, 360, fill="#2b2622")
