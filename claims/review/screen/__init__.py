"""The terminal application of the queue, with Textual. What it shows and does is `Session`'s."""

from claims.review.screen.app import ReviewApp

__all__ = ["ReviewApp"]
