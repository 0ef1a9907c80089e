"""The exception tree. Every error the program raises on purpose is a `ClaimsError`.

An error's text names the thing that failed; `repair` says what the user can do about it.
The command line prints both and exits with 1; a traceback is always a bug.
"""

from __future__ import annotations


class ClaimsError(Exception):
    """Base of all expected failures.

    `message` says what is wrong and names the file, article or option; `repair` says what to do.
    """

    def __init__(self, message: str, *, repair: str = "") -> None:
        """Keep both halves apart, so that a terminal can show the repair on its own line."""
        super().__init__(message)
        self.message = message
        self.repair = repair

    def __str__(self) -> str:
        """Both halves in one line, for logs."""
        return f"{self.message} ({self.repair})" if self.repair else self.message


class DocumentError(ClaimsError):
    """A file, or one line of a `.jsonl` file, that can't be read as an article."""


class FetchError(DocumentError):
    """A page or feed that can't be fetched. `is_lasting`: asking again later won't help."""

    def __init__(self, message: str, *, repair: str = "", is_lasting: bool = False) -> None:
        """As for all, and whether it is worth another try."""
        super().__init__(message, repair=repair)
        self.is_lasting = is_lasting


class ModelError(ClaimsError):
    """A model that is missing, incomplete or of another version."""


class StoreError(ClaimsError):
    """A database that can't be opened, is of another version, or refuses a write."""


class CorpusError(ClaimsError):
    """Training or evaluation data that isn't in the documented format."""


class ExportError(ClaimsError):
    """A file that can't be written."""
