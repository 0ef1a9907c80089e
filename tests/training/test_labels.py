from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.evaluation.gold import GoldArticle
from claims.extraction.windows import MAX_PIECES
from claims.training.labels import IGNORE, Example, cue_lexicon, examples, paragraphs
from tests.extraction.making import reader
from tests.training.making import article, news

READER = reader()


def targets(gold: GoldArticle, *lexicon: str, most: int = MAX_PIECES) -> list[Example]:
    return examples(gold, READER, frozenset(lexicon), most)


def shown(gold: GoldArticle, example: Example, labels: list[int]) -> list[str]:
    """The words with the labels that aren't 0, as "word/label"."""
    return [
        f"{gold.text[slice(*w)]}/{label}"
        for w, label in zip(example.window.words, labels, strict=True)
        if label
    ]


NESTED = article(
    "The day began well.\n"
    "<s1>Ana Belo</s1>, 47, <q1>has said</q1> <c1>officials said no</c1>, <c1>and left</c1>. "
    "<c2>They said:</c2> <s2>she</s2> <q2>said</q2>.",
    stance="denies",
    act="denial",
    framing="distances",
)


def test_cues_and_their_roles() -> None:
    (example,) = targets(NESTED, "said")
    first, second = example.cues
    assert shown(NESTED, example, first.roles) == [
        *("Ana/1", "Belo/2", "officials/3", "said/4", "no/4", "and/3", "left/4"),
    ]
    assert shown(NESTED, example, second.roles) == ["They/3", "said/4", ":/4", "she/1"]
    words = [NESTED.text[slice(*w)] for w in example.window.words]
    assert [words[c.start : c.end] for c in example.cues] == [["has", "said"], ["said"]]
    assert {(c.stance, c.act, c.framing) for c in example.cues} == {(1, 2, 2)}


def test_cue_words_inside_contents_are_masked_and_nothing_else_is() -> None:
    (example,) = targets(NESTED, "said")
    assert shown(NESTED, example, example.cue_labels) == [
        *("has/1", "said/2", f"said/{IGNORE}", f"said/{IGNORE}", "said/1"),
    ]
    (example,) = targets(NESTED)
    assert IGNORE not in example.cue_labels


def test_a_marked_cue_inside_a_content_keeps_its_label() -> None:
    gold = article("<s1>Ana</s1> <q1>said</q1> <c1><s2>Rui</s2> <q2>said</q2> <c2>no</c2></c1>.")
    (example,) = targets(gold, "said")
    assert shown(gold, example, example.cue_labels) == ["said/1", "said/1"]


def test_closed_and_hints() -> None:
    (example,) = targets(NESTED)
    contents = {"officials", "said", "no", "and", "left", "They", ":"}
    open_words = shown(NESTED, example, [not c for c in example.closed])
    assert {w.split("/")[0] for w in open_words} == contents
    assert shown(NESTED, example, [int(a) for a, _ in example.hints]) == [
        *("Ana/1", "Belo/1", "she/1"),
    ]
    hinted = shown(NESTED, example, [int(b) for _, b in example.hints])
    assert len(hinted) == len(open_words)


def test_a_cue_inside_its_own_content_has_no_role() -> None:
    gold = article("<c1>It is, <s1>Ana</s1> <q1>said</q1>, closed</c1>.")
    (example,) = targets(gold)
    (cue,) = example.cues
    assert cue.roles[cue.start] == 0
    assert [w.split("/")[0] for w in shown(gold, example, cue.roles)] == [
        *("It", "is", ",", "Ana", ",", "closed"),
    ]


def test_attributions_without_cue_or_content_give_no_cue() -> None:
    for markup in ("<s1>Ana</s1>: <c1>no</c1>.", "<s1>Ana</s1> <q1>said</q1> so."):
        (example,) = targets(article(markup))
        assert example.cues == []


def test_labels_that_nobody_gave_are_left_out() -> None:
    (example,) = targets(article("<s1>Ana</s1> <q1>said</q1> <c1>no</c1>."))
    (cue,) = example.cues
    assert (cue.stance, cue.act, cue.framing) == (IGNORE, IGNORE, IGNORE)


def test_sentences_are_word_ranges_with_kind_and_worth() -> None:
    gold = article("Ana said so. <q1>Is it</q1> <c1>closed?</c1> It is.")
    (example,) = targets(gold)
    words = example.window.words
    found = [
        (words[low].start, words[high - 1].end, ("attributed", "asserted")[kind], worth)
        for low, high, kind, worth in example.sentences
    ]
    assert found == [(s.start, s.end, s.kind, s.worth) for s in gold.sentences]
    assert len(found) == 3


@given(st.integers(0, 30), st.integers(12, 120))
def test_targets_fit_their_windows_however_the_article_is_cut(number: int, most: int) -> None:
    gold = news(number)
    found = targets(gold, "said", most=most)
    marked = 0
    for example in found:
        count = len(example.window.words)
        assert count == len(example.cue_labels) == len(example.hints) == len(example.closed)
        for cue in example.cues:
            assert 0 <= cue.start < cue.end <= count == len(cue.roles)
            assert not any(cue.roles[cue.start : cue.end])
            assert max(cue.roles) >= 3
            assert example.cue_labels[cue.start : cue.end] == [1] + [2] * (cue.end - cue.start - 1)
        marked += len(example.cues)
        assert all(0 <= low < high <= count for low, high, *_ in example.sentences)
    assert marked <= len(gold.attributions)
    assert sum(len(e.sentences) for e in found) <= len(gold.sentences)


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    text = "\n\nOne.\n \n\n Two.\nThree"
    assert [text[slice(*p)] for p in paragraphs(text)] == ["One.", " Two.", "Three"]
    assert paragraphs("") == []


def test_the_lexicon_holds_words_that_are_often_cues_outside_of_contents() -> None:
    gold = [
        article(
            "<s1>Ana</s1> <q1>said</q1> <c1>Rui noted the end</c1>. "
            "<s2>Rui</s2> <q2>noted the</q2> <c2>end</c2>. "
            "<s3>Eva</s3> <q3>Noted</q3> <c3>the the</c3>. The, the, the, the, the, the, the, "
            "the, the, the, the, the. <s4>Eva</s4> <q4>said</q4> <c4>no</c4>. Nothing sank."
        )
    ]
    assert cue_lexicon(gold) == {"said", "noted"}
    assert cue_lexicon(gold, share=0.05) == {"said", "noted"}  # once a cue is too seldom
    assert cue_lexicon([]) == frozenset()
