"""Ends that move by word and letter; names that are offered while one types."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.records import Act, Framing, Span, Stance
from claims.review import spans
from claims.review.speakers import Names
from claims.review.values import Values
from claims.sources.registry import Registry
from claims.store import Store
from tests.store.making import TEXT, span

VALUES = Values(
    (span("The port union"),), (span("denied"),), (span("any date was agreed"),),
    Stance.DENIES, Act.DENIAL, Framing.NEUTRAL, "port union",
)  # fmt: skip
WORDS = spans.words(TEXT)


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([-1, 1]), st.booleans()), max_size=60))
def test_no_way_of_moving_makes_values_that_are_none(
    moves: list[tuple[int, int, bool]],
) -> None:
    values = VALUES
    for which, step, is_word in moves:
        ends = spans.ends(values)
        end = ends[which % len(ends)]
        at = spans.position(values, end)
        at = spans.by_word(WORDS, at, step, is_start=end.is_start) if is_word else at + step
        values = spans.put(values, end, at, TEXT)
        values.check(TEXT)


def test_ends_go_to_the_edges_of_words_and_signs() -> None:
    start = TEXT.index("Brandmoor, smiling")
    assert spans.by_word(WORDS, start + 9, 1, is_start=False) == start + 10  # the comma
    assert spans.by_word(WORDS, start + 10, 1, is_start=False) == start + 18
    assert spans.by_word(WORDS, start, 1, is_start=True) == start + 9
    assert spans.by_word(WORDS, 0, -1, is_start=True) == 0
    assert spans.by_word(WORDS, len(TEXT), 1, is_start=False) == len(TEXT)


def test_spans_of_a_role_dont_run_into_each_other() -> None:
    two = spans.laid(VALUES, "content", span("smiling"))
    assert two.content == (span("any date was agreed"), span("smiling"))
    assert spans.laid(two, "content", span("date was")) == two
    end = spans.End("content", 0, False)
    assert spans.put(two, end, span("smiling").start + 2, TEXT) == two
    assert spans.without(two, spans.End("content", 1, True)) == VALUES
    assert spans.without(VALUES, end) == VALUES
    assert spans.without(VALUES, spans.End("source", 0, True)).source == ()


def test_the_passage_stretches_to_whole_paragraphs() -> None:
    text = "One.\n\nIda Lund said:\n\n“Two”\n\nthree."
    cue = Span(text.index("said"), text.index("said") + 4)
    content = Span(text.index("“"), text.index("”") + 1)
    values = Values(
        (), (cue,), (content,), Stance.ASSERTS, Act.STATEMENT, Framing.NEUTRAL, "Ida Lund"
    )
    window = spans.stretch(Span(6, 20), values, text)
    assert text[window.start : window.end] == "Ida Lund said:\n\n“Two”"
    assert spans.stretch(content, values, text) == window


def test_a_stretch_drawn_with_the_mouse_is_of_whole_words() -> None:
    start = TEXT.index("northern")
    assert spans.snapped(WORDS, Span(start - 1, start + 11)) == span("northern quay")


def test_names_of_the_article_go_before_the_registrys(desk: Store) -> None:
    names = Names(Registry.shipped(), desk.article(1))
    assert {"Tideway Ministry", "Odo Pell"} <= {one.name for one in names.like("")}
    assert names.like("odo")[0].name == "Odo Pell"
    reuters = names.like("reut")[0]
    assert (reuters.name, reuters.patch["speaker"]) == ("Reuters", "Reuters")
    assert Registry.shipped().get(reuters.patch["source_ids"][0]) is not None
    assert [one.name for one in names.like("NO")][-1] == "NONE"
    assert names.given("Reuters; Ida Lund").patch == {
        "speaker": "Reuters; Ida Lund",
        "source_ids": [reuters.source_ids[0], None],
    }
    assert names.like("clerks", "two clerks")[-1].patch == {"speaker": "UNNAMED: clerks"}


def test_moved_values_are_refused_where_they_are_white_space() -> None:
    end = spans.End("cue", 0, True)
    assert spans.put(VALUES, end, VALUES.cue[0].end, TEXT) == VALUES
