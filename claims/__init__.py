"""Claims: who asserts what, on whose word, and who denies it."""

__version__ = "0.1.0"
