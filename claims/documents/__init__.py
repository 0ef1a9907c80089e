"""Reading articles: files to text, labelled blocks and metadata."""

from claims.documents.build import from_text
from claims.documents.fetched import read_fetched
from claims.documents.files import SUFFIXES, below, expand, read
from claims.documents.text import normalise, to_given

__all__ = [
    "SUFFIXES",
    "below",
    "expand",
    "from_text",
    "normalise",
    "read",
    "read_fetched",
    "to_given",
]
