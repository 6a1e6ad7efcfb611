"""WeCom's error codes, sorted by what the worker does next (wecom §7.3, §20)."""

from __future__ import annotations

from bot.channels.base import Failure

DEAD_TOKEN = frozenset({40014, 42001})
UNTRUSTED_IP = 60020
NO_MENU = 46003
UNSEEN = frozenset({40003, 40068, 46004, 50002, 60003, 60011, 60021, 60111, 60123, 81011, 92000})
"""This department, tag or member is not there or not for the app to see; others may be."""
NOBODY = UNSEEN | {40031, 40032, 43004, 81012, 81013, 301021}
"""None of the receivers of a message can be reached."""

TABLE: dict[Failure, list[int]] = {
    Failure.TRANSIENT: [-1, 6000, 45033, 45035, *DEAD_TOKEN],
    Failure.SLOW_DOWN: [45009],
    Failure.STOP: [
        *[40001, 40013, 40056, 40091],  # secret, corp id, agent id; secret of another organisation
        *[43009, 45024],  # organisation not verified; more accounts than allowed
        *[48001, 48002, 48004, 48005, 48006],  # interface not granted or taken away
        *[50003, UNTRUSTED_IP, 60031, 301002],  # app disabled, IP, app may not call, token of another app
    ],
    Failure.PERMANENT: [
        # Addresses: nobody lives there, or not for this app.
        *[*UNSEEN, 40031, 40032, 40050, 40066, 40070, 40073, 43004],
        *[81012, 81013, 86001, 86003, 86004, 86005, 86006, 86007, 86008, 86101, 301021],
        # Media: kind, size, expired, broken.
        *[40004, 40005, 40006, 40007, 40009, 40011, 40123, 40145, 40146, 301016, 301017, 830002],
        # Our payload.
        *[40008, *range(40016, 40028), 40033, 40035, 40039, 40054, 40055, 40058, 40063, 40071, 40072, 40074],
        *[40201, 40203, 40206, 41001, 41002, 41004, 41006, *range(41008, 41012), 41016, 41017, 41033],
        *[42014, *range(42015, 42021), *range(42027, 42052), 44001, 44004, 45001, 45002, 45007, 45008],
        *[45029, 45032, 45034, 60102, 60104, 60106, 82001, 82002, 82003, 82004],
        *[*range(86201, 86208), 86215, 86216],
        # A state of the other side that no retry changes.
        *[40029, 42003, 42022, 42052, NO_MENU, 60140, 84014, 84015],
        # Settings of single features: the call fails for good, but messages still go out.
        *[40057, 43012, 48009, 50001, 80001, 85005, 92001, 93000, 93004, 93008],
    ],
}

CODES = {code: failure for failure, codes in TABLE.items() for code in codes}


def classify(code: int) -> Failure:
    """What to do about an errcode; one that WeCom never told us of counts as a fault of our payload."""
    return CODES.get(code, Failure.PERMANENT)
