"""WeCom's API on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.channels.wecom import WeComChannel
from tests.channels.fake_wecom import FakeWeCom, running_wecom


@pytest.fixture
def wecom() -> Iterator[FakeWeCom]:
    with running_wecom() as fake:
        yield fake


@pytest.fixture
def channel(wecom: FakeWeCom) -> WeComChannel:
    """Our road to that API."""
    return WeComChannel(api=wecom.api())
