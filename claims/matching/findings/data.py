"""What a finding is, what findings are read from, and the key by which one is known again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from claims.matching.finding_kinds import FindingKind
from claims.records import Span

if TYPE_CHECKING:
    from claims.sources.registry import Registry
    from claims.store.claim_rows import ClaimLinkRow, ClaimRow, CopyRow, MemberRow
    from claims.store.rows import ArticleView, VersionText


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that a finding rests on: half-open characters of one version of one article.

    `exact` are the words that stand there, verbatim; `note` says what they are to the finding.
    """

    article_id: int
    version: int
    span: Span
    exact: str
    note: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an editor should look at before printing.

    `key` (32 hexadecimal digits) stays the same when articles are read or grouped anew, so that
    what was dismissed stays so. `claims` are the numbers of the claims that it touches.
    """

    kind: FindingKind
    key: str
    message: str
    claims: tuple[int, ...]
    evidence: tuple[Evidence, ...]

    @property
    def articles(self) -> tuple[int, ...]:
        """Numbers of its articles, each once."""
        return tuple(dict.fromkeys(e.article_id for e in self.evidence))


class Related(Protocol):
    """What tells that one article's text is mostly another's."""

    @property
    def article_id(self) -> int:
        """One article."""
        ...

    @property
    def other_id(self) -> int:
        """The other."""
        ...

    @property
    def share(self) -> float:
        """How much of the one's text is in the other, 0 to 1."""
        ...

    @property
    def other_share(self) -> float:
        """How much of the other's is in the one."""
        ...


@dataclass(frozen=True, slots=True)
class Material:
    """All that findings are read from; nothing is fetched by them.

    `articles` are whole articles by number, without those that were taken down; `versions` the
    texts of the articles that have several, oldest first.
    """

    articles: Mapping[int, ArticleView]
    claims: Sequence[ClaimRow] = ()
    links: Sequence[ClaimLinkRow] = ()
    copies: Sequence[CopyRow | Related] = ()
    versions: Mapping[int, Sequence[VersionText]] = field(default_factory=dict)
    registry: Registry | None = None


def key_of(kind: FindingKind, rests_on: Sequence[str]) -> str:
    """A hash of a kind and what the finding rests on, in any order, but for case and spacing."""
    folded = sorted(" ".join(part.casefold().split()) for part in rests_on)
    return hashlib.sha256("\x1f".join([kind.value, *folded]).encode()).hexdigest()[:32]


def finding(
    kind: FindingKind,
    message: str,
    evidence: Sequence[Evidence],
    *,
    claims: Sequence[int] = (),
    rests_on: Sequence[str] | None = None,
) -> Finding:
    """A finding; its key rests on the articles and words of its evidence unless told otherwise.

    Articles are never numbered anew, runs, claims and statements are: their numbers are no part
    of a key. Offsets neither: a line added above a passage changes nothing about it.
    """
    if rests_on is None:
        rests_on = [f"{one.article_id}:{one.exact}" for one in evidence]
    numbers = tuple(dict.fromkeys(claims))
    return Finding(kind, key_of(kind, rests_on), message, numbers, tuple(evidence))


def at(view: ArticleView, span: Span, note: str) -> Evidence:
    """The evidence of a span of an article's newest text."""
    return Evidence(view.row.id, view.row.version, span, view.text[span.start : span.end], note)


def member_evidence(member: MemberRow, note: str) -> Evidence:
    """The evidence that a member of a claim is."""
    span = Span(member.quote.start, member.quote.end)
    return Evidence(member.article.id, member.article.version, span, member.quote.exact, note)


def outlet_of(view: ArticleView) -> str:
    """Who publishes an article, for a message: its outlet, else its number."""
    return view.row.outlet or f"article {view.row.id}"


def shortened(words: str, limit: int = 90) -> str:
    """Words in one line, cut after a whole word, for a message."""
    line = re.sub(r"\s+", " ", words).strip()
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"
