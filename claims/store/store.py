"""The store as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Self

import numpy as np
from sqlalchemy import Engine

from claims.errors import StoreError
from claims.matching.clustering import Pair
from claims.matching.deciding import ClaimDecision, ClaimDecisionKind, Passage
from claims.matching.pairs import Scores
from claims.matching.statements import Statement
from claims.records import Document, Extraction, ModelInfo, Naming
from claims.review.scales import Rating, Scale
from claims.review.verdicts import Given, Ruled, Verdict
from claims.sources.decisions import Change, Decision
from claims.sources.registry import Registry
from claims.sources.tables import Tables
from claims.store import (
    articles,
    attributions,
    checking,
    claim_log,
    claims,
    comparing,
    copying,
    deciding,
    fetched,
    filters,
    grouping,
    loading,
    overview,
    purging,
    queue_order,
    review,
    searching,
    sources,
    verdicts,
    whole,
    writing,
)
from claims.store.claim_rows import ClaimLinkRow, ClaimRow, CopyRow, Found, Grouped
from claims.store.desk_store import DeskStore
from claims.store.engine import Place, connect, locate
from claims.store.engine import reading as reading_of
from claims.store.engine import writing as writing_to
from claims.store.fetched import FeedRow, PageRow
from claims.store.filters import FilterRow, Options
from claims.store.migrate import check_version, migrate, schema_of
from claims.store.overview import Overview
from claims.store.rows import (
    NOBODY,
    ArticleRow,
    ArticleView,
    AttributionRow,
    Filter,
    Heard,
    LoadedSources,
    Purged,
    Saved,
    StoreInfo,
    VersionText,
)
from claims.store.terms import Term

EVERYTHING = Filter()
NOTHING_READ: Mapping[int, AttributionRow] = MappingProxyType({})
Compare = Callable[[Sequence[Statement], np.ndarray, np.ndarray], dict[Pair, Scores]]
"""Scores of the pairs worth comparing among statements with vectors, of which some are new."""


def open_store(url: str, *, create: bool = True) -> Store:
    """Open the store at a database URL or file path; a new one is created unless told not to.

    Use it as a context manager. Raises `StoreError` when the database is missing (and `create` is
    False), of another schema version, of another program, a folder, or can't be reached.
    """
    place = locate(url)
    if place.path is not None:
        _check_file(place, create)
    engine = connect(place)
    try:
        with reading_of(engine, place) as connection:
            version = schema_of(connection, place)
        if version is None:
            if not create:
                raise _missing(place)
            with writing_to(engine, place) as connection:
                # Looked at again under the lock: another process may have been faster.
                version = schema_of(connection, place)
                if version is None:
                    migrate(connection)
                    version = schema_of(connection, place)
        check_version(version or "", place)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place)


def _check_file(place: Place, create: bool) -> None:
    """Say what is wrong with the path of a SQLite file before SQLite does."""
    path = place.path
    if path is None or place.url.query.get("uri"):
        return
    if path.is_dir():
        raise StoreError(
            f"the database {place} is a folder",
            repair=f"name a file, for instance {path}/claims.db",
        )
    if not path.exists():
        if not create:
            raise _missing(place)
        if not path.parent.is_dir():
            raise StoreError(f"there is no folder {path.parent}", repair=f"mkdir -p {path.parent}")


def _missing(place: Place) -> StoreError:
    return StoreError(
        f"there is no database {place} yet",
        repair="claims ingest PATH makes one; --db or CLAIMS_DB names another",
    )


class Store(DeskStore):
    """An open store. Every method is one transaction; each raises `StoreError` if it fails."""

    def __init__(self, engine: Engine, place: Place) -> None:
        """Made by `open_store`."""
        self._engine = engine
        self._place = place

    def __enter__(self) -> Self:
        """Give the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections; the store can't be used any more."""
        self._engine.dispose()

    def save(self, document: Document, extraction: Extraction) -> Saved:
        """Store an article with what a model found in it, or find that it is stored already.

        Never overwrites: a changed text is a new version, another
        model's result a new run, and so is one with its speakers named by another registry.
        """
        checking.check(document, extraction)
        with writing_to(self._engine, self._place) as connection:
            saved = writing.save(connection, document, extraction)
            if saved.status in ("added", "changed", "rerun"):
                review.refresh(connection, writing.texts_of(connection, saved.article_id))
        return saved

    def known(self, document: Document, model: ModelInfo, naming: Naming = NOBODY) -> Saved | None:
        """What `save` would answer if it wrote nothing, so that extraction can be spared."""
        with reading_of(self._engine, self._place) as connection:
            return writing.known(connection, document, model, naming)

    def attributions(self, filter: Filter = EVERYTHING) -> list[AttributionRow]:
        """Attributions of the newest run of each article's newest version, in article order."""
        with reading_of(self._engine, self._place) as connection:
            return attributions.attributions(connection, filter)

    def articles(self, filter: Filter = EVERYTHING) -> list[ArticleRow]:
        """Articles in order of arrival; those that have such an attribution, if the filter asks."""
        with reading_of(self._engine, self._place) as connection:
            return articles.articles(connection, filter)

    def article(self, article_id: int) -> ArticleView:
        """One article whole. Raises `StoreError` if there is none of this id."""
        with reading_of(self._engine, self._place) as connection:
            view = whole.article(connection, article_id)
        if view is None:
            raise self._no_article(article_id)
        return view

    def whole_articles(self) -> dict[int, ArticleView]:
        """All articles whole, by id, without those that were taken down."""
        with reading_of(self._engine, self._place) as connection:
            return whole.articles(connection)

    def texts(self) -> dict[int, str]:
        """The newest text of each article that wasn't taken down, by article."""
        with reading_of(self._engine, self._place) as connection:
            return articles.texts(connection)

    def search(
        self, terms: Sequence[Term], filter: Filter = EVERYTHING, *, limit: int = 20
    ) -> Found:
        """Contents of attributions and wordings of claims that hold the terms, best first.

        `limit` counts quotes and claims each. Raises `StoreError` where no term is wanted.
        """
        with reading_of(self._engine, self._place) as connection:
            return searching.search(connection, terms, filter, limit)

    def changed_texts(self) -> dict[int, tuple[VersionText, ...]]:
        """All texts of the articles that have several, by article, oldest first."""
        with reading_of(self._engine, self._place) as connection:
            return whole.changed_texts(connection)

    def purge(self, article_id: int, *, reason: str, by: str) -> Purged:
        """Take an article down: blank its texts, quoted words and all that was derived from them.

        All versions and runs; hashes, ids, offsets, file name and URL stay, so that the same text
        isn't taken in again. It can't be undone. Raises `StoreError` for an unknown article, one
        that was purged before, or an empty `reason` or `by`.
        """
        with writing_to(self._engine, self._place) as connection:
            done = purging.purge(connection, article_id, reason=reason, by=by)
            if done is None:
                raise self._no_article(article_id)
        purging.forget(self._engine)
        return done

    def sources(self) -> Registry:
        """The registry with what users loaded into this store and decided in it."""
        with reading_of(self._engine, self._place) as connection:
            return sources.registry(connection)

    def load_sources(self, rows: Tables | None = None) -> LoadedSources:
        """Take a user's tables, or bring the shipped registry's rows up to date without any.

        `StoreError` names each bad line; then nothing is written.
        """
        with writing_to(self._engine, self._place) as connection:
            if rows is None:
                return loading.load_shipped(connection)
            return loading.load_tables(connection, rows)

    def decide_source(self, change: Change, *, by: str, note: str = "") -> Decision:
        """Write a decision about sources into the log. `StoreError` says why it can't be made."""
        with writing_to(self._engine, self._place) as connection:
            return deciding.decide(connection, change, by=by, note=note)

    def part_source(self, source_id: str, *, by: str, note: str = "") -> Decision:
        """Let a merged source stand for itself again. `StoreError` if it wasn't merged."""
        with writing_to(self._engine, self._place) as connection:
            return deciding.part(connection, source_id, by=by, note=note)

    def source_decisions(self) -> list[Decision]:
        """The whole log of decisions about sources, oldest first."""
        with reading_of(self._engine, self._place) as connection:
            return sources.decisions(connection)

    def heard(self) -> list[Heard]:
        """Who speaks and who carries in the newest runs, one row a name, role and article."""
        with reading_of(self._engine, self._place) as connection:
            return sources.heard(connection)

    def claims(
        self, filter: Filter = EVERYTHING, *, said: Mapping[int, AttributionRow] = NOTHING_READ
    ) -> list[ClaimRow]:
        """Claims with their members; those that have a member that passes the filter.

        `said` are attributions, by id, that were read before: they need not be read again.
        """
        with reading_of(self._engine, self._place) as connection:
            return claims.claims(connection, filter, said=said)

    def claim(self, claim_id: int) -> ClaimRow | None:
        """One claim; where it was joined with another, that one; None if there is none."""
        with reading_of(self._engine, self._place) as connection:
            return claims.claim(connection, claim_id)

    def claim_links(self) -> list[ClaimLinkRow]:
        """Which claims contradict, update or narrow which."""
        with reading_of(self._engine, self._place) as connection:
            return claims.links(connection)

    def copies(self) -> list[CopyRow]:
        """Which articles share words, and where."""
        with reading_of(self._engine, self._place) as connection:
            return claims.copies(connection)

    def claim_decisions(self) -> list[ClaimDecision]:
        """The whole log of decisions about claims and findings, oldest first."""
        with reading_of(self._engine, self._place) as connection:
            return claim_log.decisions(connection)

    def decisions_about(self, claim_id: int) -> list[ClaimDecision]:
        """Decisions that name a place of a claim, with what took them back, oldest first."""
        with reading_of(self._engine, self._place) as connection:
            return claims.decisions_about(connection, claim_id)

    def matchers(self) -> list[str]:
        """The versions of the matchers by which the newest runs were compared and grouped."""
        with reading_of(self._engine, self._place) as connection:
            return comparing.matchers(connection)

    def unmatched(self, version: str) -> list[tuple[int, int]]:
        """(run, article) of the newest runs whose statements this matcher hasn't read."""
        with reading_of(self._engine, self._place) as connection:
            return comparing.unmatched(connection, version)

    def add_statements(
        self,
        run_id: int,
        statements: Sequence[Statement],
        vectors: np.ndarray,
        version: str,
        *,
        said: Sequence[int],
    ) -> None:
        """Keep the statements of a run with their vectors (S, 2, D).

        `said` are the ids of the attributions that they were read from, in that order.
        """
        with writing_to(self._engine, self._place) as connection:
            comparing.add_statements(connection, run_id, statements, vectors, version, said=said)

    def regroup(
        self, compare: Compare, threshold: float, *, tilt: float = 0.0, again: bool = False
    ) -> Grouped:
        """Compare the statements that are new (or all, `again`), and group all anew.

        The comparing is done outside of any transaction, the writing in one.
        """
        with writing_to(self._engine, self._place) as connection:
            comparing.forget_older(connection)
        with reading_of(self._engine, self._place) as connection:
            stored, vectors = comparing.statements(connection)
        new = np.array([again or not one.compared for one in stored], bool)
        ids = [one.id for one in stored]
        asked = [one.id for one, is_new in zip(stored, new, strict=True) if is_new]
        found = compare([one.statement for one in stored], vectors, new) if new.any() else {}
        scores = {
            (min(ids[a], ids[b]), max(ids[a], ids[b])): score for (a, b), score in found.items()
        }
        with writing_to(self._engine, self._place) as connection:
            done = grouping.regroup(connection, scores, asked, threshold, tilt=tilt, again=again)
            queue_order.refresh_claims(connection)
            queue_order.value(connection)
        return done

    def compare_texts(self) -> int:
        """Look for copies of the texts that are new; the number of pairs that share words."""
        with writing_to(self._engine, self._place) as connection:
            return copying.compare(connection)

    def decide_claim(
        self,
        kind: ClaimDecisionKind,
        *,
        place: Passage | None = None,
        other: Passage | None = None,
        words: str | None = None,
        finding: str | None = None,
        reverts: int | None = None,
        by: str,
        note: str = "",
    ) -> ClaimDecision:
        """Write a decision about claims or findings into the log; group anew to see it."""
        with writing_to(self._engine, self._place) as connection:
            return claim_log.add(
                connection, kind, place=place, other=other, words=words, finding=finding,
                reverts=reverts, by=by, note=note,
            )  # fmt: skip

    def verdicts(self, claim_id: int | None = None) -> list[Ruled]:
        """The log of verdicts, oldest first: of one claim, or of all.

        Each with the claim it is about now, and whether it holds; what took one back stands with
        it. A claim that was joined with another has the verdicts of both.
        """
        with reading_of(self._engine, self._place) as connection:
            log = verdicts.ruled(connection)
            if claim_id is None:
                return log
            number = claims.number_now(connection, claim_id)
        return [one for one in log if one.claim_id == number]

    def add_verdict(
        self,
        claim_id: int,
        rating: Rating,
        scale: Scale,
        *,
        because: str,
        evidence: Sequence[Given],
        by: str,
    ) -> Verdict:
        """Write a verdict on a claim into the log. `StoreError` says why it can't be given.

        The claim is named by the place of its clearest member, so that the verdict stays with it
        when articles are read or grouped anew.
        """
        with writing_to(self._engine, self._place) as connection:
            row = claims.claim(connection, claim_id)
            if row is None:
                raise StoreError(
                    f"there is no claim {claim_id}", repair="claims report claims lists them"
                )
            return verdicts.add(
                connection, row.clearest.passage, row.wording, rating, scale,
                because=because, evidence=evidence, by=by,
            )  # fmt: skip

    def revert_verdict(self, number: int, *, by: str, because: str = "") -> Verdict:
        """Take a verdict back; taking back what took it back puts it in force again."""
        with writing_to(self._engine, self._place) as connection:
            return verdicts.revert(connection, number, by=by, because=because)

    def dismissed(self) -> dict[str, ClaimDecision]:
        """The findings that editors dismissed, by their keys."""
        with reading_of(self._engine, self._place) as connection:
            return claim_log.dismissed(connection)

    def feed(self, url: str) -> FeedRow | None:
        """What is known of a feed; None where it was never asked for."""
        with reading_of(self._engine, self._place) as connection:
            return fetched.feed(connection, url)

    def note_feed(
        self,
        url: str,
        entries: Sequence[tuple[str, str | None]] | None,
        *,
        etag: str | None,
        modified: str | None,
    ) -> int:
        """A feed answered, with these pages and days; how many are new. None: it is as it was."""
        with writing_to(self._engine, self._place) as connection:
            return fetched.note_feed(
                connection, url, entries, etag=etag, modified=modified, now=datetime.now(UTC)
            )

    def note_fetch_failure(self, url: str, error: str, *, tries: int | None = None) -> int:
        """A feed or page failed; how often it now has, or as if it had so often as `tries`."""
        with writing_to(self._engine, self._place) as connection:
            return fetched.note_failure(connection, url, error, datetime.now(UTC), tries)

    def note_page(self, url: str, article_id: int) -> None:
        """A page that a feed lists is stored as this article."""
        with writing_to(self._engine, self._place) as connection:
            fetched.note_page(connection, url, article_id, datetime.now(UTC))

    def waiting_pages(self, feed: str, tries: int) -> list[PageRow]:
        """The pages of a feed that aren't stored, failed less than `tries` times, and are due."""
        with reading_of(self._engine, self._place) as connection:
            return fetched.waiting(connection, feed, tries, datetime.now(UTC))

    def overview(self, tries: int, today: datetime) -> Overview:
        """What there is at a glance; a page that failed `tries` times counts as given up."""
        with reading_of(self._engine, self._place) as connection:
            return overview.overview(connection, tries, today)

    def carried_claims(self) -> list[ClaimRow]:
        """Claims that stand in several articles, or against which somebody speaks."""
        with reading_of(self._engine, self._place) as connection:
            return claims.claims(connection, EVERYTHING, overview.carried(connection))

    def filters(self) -> list[FilterRow]:
        """The saved filters by name."""
        with reading_of(self._engine, self._place) as connection:
            return filters.filters(connection)

    def save_filter(self, name: str, options: Options, *, by: str) -> bool:
        """Keep options under a name; whether there were others under it, which are gone."""
        with writing_to(self._engine, self._place) as connection:
            return filters.save(connection, name, options, by, datetime.now(UTC))

    def drop_filter(self, name: str) -> bool:
        """Forget a saved filter; whether there was one."""
        with writing_to(self._engine, self._place) as connection:
            return filters.drop(connection, name)

    def info(self) -> StoreInfo:
        """What the database holds, without the password of its URL."""
        with reading_of(self._engine, self._place) as connection:
            return articles.info(connection, self._place)

    def _no_article(self, article_id: int) -> StoreError:
        return StoreError(
            f"there is no article {article_id} in {self._place}",
            repair="claims report articles lists them",
        )
