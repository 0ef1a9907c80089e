"""Whatever editors decide and take back, in whatever order, the record is what runs and log say."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import StoreError
from claims.records import Attribution, Extraction, ModelInfo, Span, Stance
from claims.review.decisions import DecisionKind as Kind
from claims.review.items import Status
from claims.store import Store, open_store
from claims.store.decision_log import Draft
from tests.store.making import TEXT, document, found

URL = "https://news.example/quay"
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "correct", "reject", "unsure", "add", "undo", "model", "text"]),
        st.integers(0, 999),
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


def reading(seed: int, shift: int) -> Extraction:
    """What another model finds: some attributions gone, moved or labelled otherwise."""
    dice = random.Random(seed)
    kept = []
    for one in found().attributions:
        if dice.random() < 0.25:
            continue
        stance = dice.choice([one.stance, one.stance, Stance.HEDGES])
        cue = one.cue[0]
        longer = Span(cue.start - dice.choice([0, 0, 4]), cue.end)
        kept.append(moved(replace(one, stance=stance, cue=(longer,), parent=None), shift))
    return Extraction((), tuple(kept), ModelInfo("small", f"{seed:064d}"))


def moved(one: Attribution, shift: int) -> Attribution:
    source, cue, content = (
        tuple(Span(s.start + shift, s.end + shift) for s in spans)
        for spans in (one.source, one.cue, one.content)
    )
    return replace(one, source=source, cue=cue, content=content, speakers=(), carriers=())


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_record_is_always_what_runs_and_log_say(
    folder: Path, steps: list[tuple[str, int, bool]]
) -> None:
    path = folder / f"{random.random()}.db"
    with open_store(str(path)) as store:
        store.save(document(url=URL), found())
        versions = 0
        for number, (step, which, flag) in enumerate(steps):
            if step == "text":
                versions += 1
            if step in ("model", "text"):
                lead = "Anew. " * versions
                store.save(document(lead + TEXT, url=URL), reading(number, len(lead)))
            else:
                act(store, step, which, flag)
            assert store.differences() == []
            check(store)


def act(store: Store, step: str, which: int, flag: bool) -> None:
    """One decision about one of the items there are; a refusal leaves all as it was."""
    before = len(store.decisions())
    try:
        if step == "undo":
            log = store.decisions()
            if log:
                store.undo(log[which % len(log)].id, by="ann")
            return
        keys = [one.key for one in store.waiting()]
        if not keys:
            return
        key = keys[which % len(keys)]
        patch: dict[str, object] | None = None
        if step == "correct":
            patch = {"stance": ["denies", "doubts"][which % 2]}
        elif step == "add":
            start = which % (len(TEXT) - 30)
            patch = {
                "source": [], "cue": [[start, start + 5]], "content": [[start + 6, start + 20]],
                "stance": "asserts", "act": "statement", "framing": "neutral", "speaker": "NONE",
            }  # fmt: skip
        store.decide(Draft(key, Kind(step), ["ann", "bob"][flag], patch=patch))
    except StoreError:
        assert len(store.decisions()) == before


def check(store: Store) -> None:
    """No rejected row is printed, none twice, and each is what its editor said."""
    rows = store.attributions()
    items = [row.item for row in rows]
    assert None not in items
    assert len(set(items)) == len(items)
    assert all(row.status not in (Status.REJECTED, Status.MISSED) for row in rows)
    for row in rows:
        for quote in (*row.source, *row.cue, *row.content):
            assert store.article(row.article_id).text[quote.start : quote.end] == quote.exact
