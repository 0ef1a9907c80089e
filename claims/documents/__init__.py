"""Reading articles: files to text, labelled blocks and metadata."""

from claims.documents.build import from_text
from claims.documents.files import SUFFIXES, expand, read
from claims.documents.text import normalise, to_given

__all__ = ["SUFFIXES", "expand", "from_text", "normalise", "read", "to_given"]
