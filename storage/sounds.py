"""How a name is read aloud, so that 张玮 finds 张伟."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin


@lru_cache(maxsize=4096)
def sound(name: str) -> str:
    """Pinyin without tones; n and ng, l and n, zh and z at the start are one, as many people type them."""
    return " ".join(_blunt(syllable) for syllable in lazy_pinyin(name))


def _blunt(syllable: str) -> str:
    for sharp, blunt in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(sharp):
            syllable = blunt + syllable[len(sharp) :]
    return syllable[:-1] if syllable.endswith("ng") else syllable
