"""What a user looks for: words and phrases, wanted or not. No input is an error of syntax.

Words are told apart by everything that is neither letter nor digit, and accents don't count, in
what is looked for as in what is looked through: FTS5's tokenizer `unicode61` does it on SQLite
(with `porter` for endings), `folded` and PostgreSQL's `english` do on PostgreSQL.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TOKENIZER = "porter unicode61 remove_diacritics 2"
_TERM = re.compile(r'(?P<minus>-?)(?:["“”„](?P<phrase>[^"“”„]*)["“”„]?|(?P<word>[^\s"“”„]+))')
_APART = re.compile(r"[^\w]+|_+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that stand together in this order; not `wanted`: none may hold it."""

    words: str
    wanted: bool = True


def read_terms(given: Iterable[str]) -> tuple[Term, ...]:
    """The terms of a search: words, "phrases in quotes", and both with a `-` before them.

    What has neither letter nor digit is left out.
    """
    text = " ".join(given).replace("\0", " ")
    return tuple(
        Term(words, wanted=not match["minus"])
        for match in _TERM.finditer(text)
        if (words := folded(match["phrase"] or match["word"] or ""))
    )


def folded(text: str) -> str:
    """The words of a text without accents, one space between them."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _APART.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def fts5_query(terms: Sequence[Term]) -> str:
    """The terms in FTS5's language, every one as a quoted string. At least one must be wanted."""
    wanted = " AND ".join(f'"{term.words}"' for term in terms if term.wanted)
    others = " OR ".join(f'"{term.words}"' for term in terms if not term.wanted)
    return f"({wanted}) NOT ({others})" if others else wanted
