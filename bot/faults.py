"""How a fault of ours is told to a log: its kind and its place, because its words may be people's."""

from __future__ import annotations


def place_of(fault: BaseException) -> str:
    """File and line where an exception was raised, without any of its words."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
