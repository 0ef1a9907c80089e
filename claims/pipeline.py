"""The stages in order: documents → extraction → speakers → store → claims.

This is the one file that shows them together. Each stage is one function with plain data on both
sides; what fails for one article is handed on beside the others and never stops them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from claims.errors import ClaimsError, DocumentError
from claims.records import Document, Extraction, Fact, ModelInfo, Naming

if TYPE_CHECKING:
    import numpy as np

    from claims.fetching import Fetcher
    from claims.matching.clustering import Pair
    from claims.matching.pairs import Scores
    from claims.matching.statements import Statement
    from claims.sources.registry import Registry
    from claims.store.claim_rows import Grouped
    from claims.store.rows import ArticleView, Saved
    from claims.store.store import Compare

BATCH_DOCUMENTS = 32
BATCH_CHARACTERS = 200_000
"""Articles are read and handed to the model in groups of at most so many: enough for full batches
of the network, and few enough to be held in memory."""


class Extractor(Protocol):
    """What the pipeline needs of a model (see `claims.extraction.load`)."""

    @property
    def info(self) -> ModelInfo:
        """Name and version of the model, known before anything is extracted."""
        ...

    def extract(
        self, documents: Iterable[Document], *, progress: Callable[[int], None] | None = None
    ) -> Iterator[Extraction]:
        """One extraction a document, in order."""
        ...


class Store(Protocol):
    """What the pipeline needs of a store (see `claims.store.open_store`)."""

    def known(self, document: Document, model: ModelInfo, naming: Naming) -> Saved | None:
        """What `save` would answer for `document` without writing; None if it would write."""
        ...

    def save(self, document: Document, extraction: Extraction) -> Saved:
        """Store one article in one transaction."""
        ...

    def sources(self) -> Registry:
        """The registry of sources, with what was decided about them here."""
        ...


class StatementMatcher(Protocol):
    """What the last stage needs of a matcher (see `claims.matching.matcher`)."""

    @property
    def version(self) -> str:
        """A hash of its weights."""
        ...

    @property
    def threshold(self) -> float:
        """Log-odds of being one claim that the mean pair of a claim must reach."""
        ...

    @property
    def tilt(self) -> float:
        """Log-odds of being on one side under which two members oppose each other."""
        ...

    def vectors(self, statements: Sequence[Statement]) -> np.ndarray:
        """Vectors (S, 2, D) of statements."""
        ...

    def compare(
        self, statements: Sequence[Statement], vectors: np.ndarray, new: np.ndarray
    ) -> dict[Pair, Scores]:
        """Scores of the pairs worth comparing that have a new one, by their places."""
        ...


class ClaimStore(Protocol):
    """What the last stage needs of a store."""

    def sources(self) -> Registry:
        """The registry of sources."""
        ...

    def unmatched(self, version: str) -> list[tuple[int, int]]:
        """(run, article) of the newest runs whose statements this matcher hasn't read."""
        ...

    def article(self, article_id: int) -> ArticleView:
        """One article whole."""
        ...

    def add_statements(
        self,
        run_id: int,
        statements: Sequence[Statement],
        vectors: np.ndarray,
        version: str,
        *,
        said: Sequence[int],
    ) -> None:
        """Keep the statements of a run, read from the attributions of these ids."""
        ...

    def compare_texts(self) -> int:
        """Look for copies of the texts that are new."""
        ...

    def regroup(
        self, compare: Compare, threshold: float, *, tilt: float = 0.0, again: bool = False
    ) -> Grouped:
        """Compare what is new, and group all."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article on its way into the store.

    `saved` is None when it failed; `error` then says why. `name` is empty where a file could
    not be read at all, and its error names it.
    """

    name: str
    saved: Saved | None = None
    error: ClaimsError | None = None

    @property
    def status(self) -> str:
        """`failed`, or what `Saved.status` says."""
        if self.error is not None:
            return "failed"
        assert self.saved is not None
        return self.saved.status


def read(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Document | DocumentError]:
    """First stage: files, folders, `-`, and pages by their URLs, to documents."""
    from claims import documents

    fetcher: Fetcher | None = None
    for given in paths:
        if is_url(given):
            from claims.fetching import Fetcher

            fetcher = fetcher or Fetcher()
            yield fetch_page(str(given), fetcher)
        else:
            yield from documents.read([given], stdin=stdin)


def is_url(path: str | Path) -> bool:
    """Whether a path names a page or feed of the web."""
    return str(path).lower().startswith(("http://", "https://"))


def fetch_page(
    url: str, fetcher: Fetcher, *, published: Fact | None = None
) -> Document | DocumentError:
    """The article of a page from the network; `published` is the day that a feed gives it."""
    from claims import documents

    try:
        found = fetcher.page(url)
        return documents.read_fetched(
            found.data, found.url, form=found.form, charset=found.charset, published=published
        )
    except DocumentError as error:
        return error


def understand(
    documents: Iterable[Document], extractor: Extractor, registry: Registry | None = None
) -> Iterator[Extraction]:
    """Second and third stage: what the model finds, with the speakers named."""
    kept: list[Document] = []

    def passed() -> Iterator[Document]:
        for document in documents:
            kept.append(document)
            yield document

    for extraction in extractor.extract(passed()):
        yield with_speakers(kept.pop(0), extraction, registry)


def with_speakers(
    document: Document, extraction: Extraction, registry: Registry | None = None
) -> Extraction:
    """Third stage: who the source of each attribution stands for, and through whom it came.

    `registry` knows the sources; by default it is the one that ships. Its merges aren't applied:
    the record keeps whom the words name, so that a merge can be undone.
    """
    from claims.sources.carriers import name_carriers, name_cited
    from claims.sources.linking import link_carriers, link_speakers
    from claims.sources.registry import Registry
    from claims.sources.versions import naming

    registry = (registry or Registry.shipped()).unmerged()
    day = document.published.day
    linked = link_speakers(
        document.text, extraction.attributions, registry, on=day, aside=extraction.candidates
    )
    found = zip((*extraction.attributions, *extraction.candidates), linked, strict=True)
    every = [replace(a, speaker=one.speaker, speakers=one.speakers) for a, one in found]
    named = every[: len(extraction.attributions)]
    carriers, cited = (find(document, named, registry) for find in (name_carriers, name_cited))
    return replace(
        extraction,
        attributions=tuple(
            replace(
                a,
                carriers=link_carriers(outward, registry, on=day),
                cites=link_carriers(inward, registry, on=day),
            )
            for a, outward, inward in zip(named, carriers, cited, strict=True)
        ),
        naming=naming(registry),
        candidates=tuple(every[len(named) :]),
    )


def extract(
    paths: Iterable[str | Path], extractor: Extractor, *, stdin: BinaryIO | None = None
) -> Iterator[tuple[Document, Extraction] | DocumentError]:
    """What a model finds in articles, in the order of the paths, without a store."""
    for group in _groups(read(paths, stdin=stdin)):
        documents = [item for item in group if isinstance(item, Document)]
        found = understand(documents, extractor)
        for item in group:
            yield (item, next(found)) if isinstance(item, Document) else item


def ingest(
    paths: Iterable[str | Path],
    store: Store,
    extractor: Extractor,
    *,
    stdin: BinaryIO | None = None,
) -> Generator[Outcome, None, None]:
    """All stages: each article is read, understood and stored in a transaction of its own.

    Outcomes come in the order of the paths, each after its article is committed, so that whoever
    stops iterating (Ctrl-C) keeps all that was yielded.
    """
    yield from ingest_documents(read(paths, stdin=stdin), store, extractor)


def ingest_documents(
    items: Iterable[Document | DocumentError], store: Store, extractor: Extractor
) -> Generator[Outcome, None, None]:
    """All stages but the first, for what was read elsewhere: an outcome for each item, in order.

    The model isn't run on texts that it has read before, as long as their speakers were named by
    what would name them now. Names are read by the store's registry, with what editors decided
    about it.
    """
    from claims.sources.versions import naming

    registry = store.sources().unmerged()
    now = naming(registry)
    for group in _groups(items):
        known = [
            store.known(item, extractor.info, now) if isinstance(item, Document) else None
            for item in group
        ]
        new = [
            item
            for item, saved in zip(group, known, strict=True)
            if isinstance(item, Document) and saved is None
        ]
        found = understand(new, extractor, registry)
        for item, saved in zip(group, known, strict=True):
            if isinstance(item, DocumentError):
                yield Outcome("", error=item)
            elif saved is not None:
                yield Outcome(item.name, saved=saved)
            else:
                yield _save(store, item, next(found))


def _save(store: Store, document: Document, extraction: Extraction) -> Outcome:
    from claims.errors import StoreError

    try:
        return Outcome(document.name, saved=store.save(document, extraction))
    except StoreError as error:
        return Outcome(document.name, error=error)


def _groups(
    items: Iterable[Document | DocumentError],
) -> Iterator[list[Document | DocumentError]]:
    """The items in groups, none of them larger than the limits unless it is a single item."""
    group: list[Document | DocumentError] = []
    characters = 0
    for item in items:
        size = len(item.text) if isinstance(item, Document) else 0
        if group and (len(group) >= BATCH_DOCUMENTS or characters + size > BATCH_CHARACTERS):
            yield group
            group, characters = [], 0
        group.append(item)
        characters += size
    if group:
        yield group


def match(
    store: ClaimStore,
    matcher: StatementMatcher,
    *,
    again: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Grouped:
    """Last stage: what is stored and not yet compared becomes members of claims.

    `again` compares everything anew. `progress(done, all)` counts articles; each is committed by
    itself, so that whoever stops goes on from there.
    """
    from claims.matching.statements import read_statements

    registry = store.sources()
    store.compare_texts()
    waiting = store.unmatched(matcher.version)
    for done, (run_id, article_id) in enumerate(waiting):
        view = store.article(article_id)
        statements = read_statements(
            article_id,
            view.text,
            view.said,
            view.sentences,
            published=view.published.day,
            registry=registry,
        )
        said = [row.id for row in view.attributions]
        vectors = matcher.vectors(statements)
        store.add_statements(run_id, statements, vectors, matcher.version, said=said)
        if progress:
            progress(done + 1, len(waiting))
    return store.regroup(matcher.compare, matcher.threshold, tilt=matcher.tilt, again=again)
