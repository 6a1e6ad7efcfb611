"""`xieshi …` (also `python -m bot …`): every command of the contract, each in its own file."""

from __future__ import annotations

from bot.commands import xieshi


def main() -> None:
    """The entry point of the console script."""
    xieshi(prog_name="xieshi")


if __name__ == "__main__":
    main()
