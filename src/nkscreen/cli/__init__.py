"""The command line: `nkscreen screen | rescreen | match | explain | lists | rules`."""

from nkscreen.cli.app import main

__all__ = ["main"]
