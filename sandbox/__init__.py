"""WeCom on your desk: plays Tencent's side over real HTTP and encryption. Imports nothing of ours."""

from sandbox.facade import Sandbox
from sandbox.faults import Faults
from sandbox.records import ApiCall, Attempt, Bubble, Callback
from sandbox.sample import sample_world
from sandbox.verify import Verification
from sandbox.world import App, Department, Tag, User, Visible, World
from sandbox.worldfile import read_world

__all__ = [
    "ApiCall",
    "App",
    "Attempt",
    "Bubble",
    "Callback",
    "Department",
    "Faults",
    "Sandbox",
    "Tag",
    "User",
    "Verification",
    "Visible",
    "World",
    "read_world",
    "sample_world",
]
