"""The sample school of the demonstration: made-up people, a year of their ledger, and pictures drawn by program."""

from bot.sample.loading import NotEmpty, load

__all__ = ["NotEmpty", "load"]
