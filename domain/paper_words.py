"""类别 and 渠道 of the paper sheet as codes; the words are the profile's (house, 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.profile import Profile
from domain.publication import channels_in
from domain.sheets import listed

_SHORT = {"年度": "annual", "即时": "immediate", "任期": "term"}


@dataclass(frozen=True, slots=True)
class Words:
    """What the cells may say. A word that is not known gives the sentence that says which are."""

    profile: Profile

    def category(self, parts: Sequence[str], is_org: bool) -> dict[str, str] | str:
        """Kind, matter and trigger of an item; 年度 when no kind is named (R-067, R-068)."""
        matters = self._codes("org_matter" if is_org else "member_matter")
        known = {
            "kind": {**self._codes("commitment_kind"), **_SHORT},
            "matter": matters,
            "trigger": self._codes("trigger"),
        }
        found = {"kind": "annual", "matter": ""}
        for part in parts:
            code = next(((key, codes[part]) for key, codes in known.items() if part in codes), None)
            if code is None:
                return f"没有“{part}”这一类。请写：{listed([*known['kind'], *matters])}。"
            found[code[0]] = code[1]
        if (found["kind"] == "immediate") != ("trigger" in found):
            return f"即时承诺还要写事由，例：即时承诺、{next(iter(known['trigger']))}；其他承诺不写事由。"
        return found

    def channels(self, parts: Sequence[str]) -> list[str] | str:
        """The channels by code, in the order of the cell."""
        found: list[str] = []
        for part in parts:
            codes = [self._codes("channel")[part]] if part in self._codes("channel") else channels_in(part)
            if not codes:
                return f"没有“{part}”这一种。请写：{listed(list(self._codes('channel')))}。"
            found += codes
        return list(dict.fromkeys(found))

    def no_channel(self) -> str:
        """Said when something was made public and nobody wrote how."""
        return f"写了公开日期，还要写怎样公开的：{listed(list(self._codes('channel')))}。"

    def _codes(self, group: str) -> Mapping[str, str]:
        return {word: code for code, word in self.profile.labels.get(group, {}).items()}
