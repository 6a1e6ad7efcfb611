"""A sheet as values: headed columns, numbered rows, and faults that say where they are and what would be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, and in the same sentence what would be right."""

    sheet: str
    row: int
    column: str
    heading: str
    wrong: str

    def __str__(self) -> str:
        at = f"第{self.row}行" if self.row else ""
        column = f"{self.column}列" if self.column else ""
        heading = f"（{self.heading}）" if self.heading else ""
        return f"“{self.sheet}”{at}{column}{heading}：{self.wrong}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row under the headings; a cell that is not there is empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: `columns` gives the letter of each heading that was found."""

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[Line] = ()

    def fault(self, line: Line, heading: str, wrong: str) -> Fault:
        """A fault of one cell of this sheet."""
        return Fault(self.name, line.number, self.columns.get(heading, ""), heading, wrong)


class Faulty(Exception):
    """A sheet that cannot be taken; all its faults at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def listed(words: Sequence[str]) -> str:
    """Legal words as a sentence shows them."""
    return "、".join(words)
