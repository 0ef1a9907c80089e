"""Smaller models from trained ones: what is kept of a network, and what it is taught."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from claims.errors import ModelError
from claims.extraction.network import collate, cue_log_probabilities
from claims.training.corpus import build
from claims.training.lessons import LABELS, Teacher, taught, teachers
from claims.training.loop import Trainer
from claims.training.plan import Plan
from claims.training.shrink import blended, evenly, shrunk
from tests.extraction.making import network, reader, tokenizer
from tests.training.making import news

EXAMPLES = build([news(i) for i in range(4)], reader(), nested=1, seed=1)
PLAN = Plan(epochs=6, batch=4, warmup=4, head_rate=3e-3, average=0.5, nested=1, bfloat16=False)


def same_size() -> Plan:
    config = network(0).config
    return replace(
        PLAN,
        layers=config.encoder["num_hidden_layers"],
        role_layers=config.role_layers,
        role_heads=config.role_heads,
    )


@pytest.mark.parametrize(
    ("have", "want", "kept"), [(6, 3, [0, 2, 5]), (4, 3, [0, 2, 3]), (2, 2, [0, 1]), (2, 1, [1])]
)
def test_layers_are_kept_at_even_distances(have: int, want: int, kept: list[int]) -> None:
    assert evenly(have, want) == kept


def test_a_network_of_the_same_size_says_the_same() -> None:
    teacher = network(0).eval()
    copy = shrunk(teacher, same_size(), EXAMPLES).eval()
    batch = collate([e.window for e in EXAMPLES[:3]], **teacher.config.special_tokens)
    with torch.no_grad():
        ours, theirs = copy.encode(batch), teacher.encode(batch)
    assert torch.equal(ours.cue_logits, theirs.cue_logits)


def test_the_units_that_do_nothing_go_first() -> None:
    teacher = network(0).eval()
    inner = teacher.config.encoder["intermediate_size"]
    with torch.no_grad():
        for layer in teacher.encoder.encoder.layer:
            layer.output.dense.weight[:, ::2] = 0
    half = shrunk(teacher, replace(same_size(), inner=inner // 2), EXAMPLES).eval()
    batch = collate([e.window for e in EXAMPLES[:3]], **teacher.config.special_tokens)
    with torch.no_grad():
        ours, theirs = half.encode(batch), teacher.encode(batch)
    assert torch.allclose(ours.states, theirs.states, atol=1e-5)
    assert half.config.encoder["intermediate_size"] == inner // 2


def test_a_lesson_holds_what_the_teachers_say_of_the_marked_cues_and_of_their_own() -> None:
    models = [Teacher(network(0)), Teacher(network(1))]
    found = taught(EXAMPLES, models, bfloat16=False)
    for example in found:
        lesson = example.lesson
        assert lesson is not None
        words = len(example.window.words)
        assert lesson.cue.shape == (words, 3)
        assert torch.allclose(lesson.cue.float().sum(-1), torch.ones(words), atol=2e-3)
        marked = [(c.start, c.end) for c in example.cues]
        assert lesson.cues[: len(marked)] == marked
        assert len(set(lesson.cues)) == len(lesson.cues)
        assert len(lesson.roles) == len(lesson.low) == len(lesson.cues)
        for (start, end), low, roles in zip(lesson.cues, lesson.low, lesson.roles, strict=True):
            assert low <= start < end <= low + len(roles) <= words
        assert all(len(lesson.labels[name]) == len(lesson.cues) for name in LABELS if lesson.cues)


def test_one_teacher_is_its_own_lesson() -> None:
    model = network(0).eval()
    (example,) = taught(EXAMPLES[:1], [Teacher(model)], bfloat16=False)
    batch = collate([example.window], **model.config.special_tokens)
    with torch.no_grad():
        expected = cue_log_probabilities(model.encode(batch)).exp()[0]
    assert example.lesson is not None
    assert torch.allclose(example.lesson.cue.float(), expected, atol=1e-3)


def test_a_teacher_that_is_named_twice_counts_twice(tmp_path: Path) -> None:
    for seed in (0, 1):
        network(seed).save_pretrained(tmp_path / str(seed))
        tokenizer().save(str(tmp_path / str(seed) / "tokenizer.json"))
    names = [str(tmp_path / name) for name in ("0", "1", "1")]
    asked = teachers(names, tokenizer())
    assert [t.weight for t in asked] == [1, 2]
    alone = [taught(EXAMPLES[:1], [t], bfloat16=False)[0].lesson for t in asked]
    (both,) = taught(EXAMPLES[:1], asked, bfloat16=False)
    assert both.lesson is not None
    assert alone[0] is not None
    assert alone[1] is not None
    expected = (alone[0].cue.float() + 2 * alone[1].cue.float()) / 3
    assert torch.allclose(both.lesson.cue.float(), expected, atol=2e-3)


def test_a_learner_comes_nearer_to_its_teacher(tmp_path: Path) -> None:
    teacher = network(0).eval()
    with torch.no_grad():  # a teacher with a mind of its own, whatever is marked
        teacher.cue_tagger[-1].bias.copy_(torch.tensor([-2.0, 2.0, 0.0]))
    lessons = taught(EXAMPLES, [Teacher(teacher)], bfloat16=False)
    trainer = Trainer(network(1), lessons, replace(PLAN, taught=1.0), tmp_path)
    losses: list[dict[str, float]] = []
    trainer.run(lambda _step, _total, found: losses.append(found))
    assert losses[-1]["cue"] < losses[0]["cue"]
    assert losses[-1]["role"] < losses[0]["role"]
    batch = collate([e.window for e in EXAMPLES[:4]], **teacher.config.special_tokens)
    trainer.use_average()
    with torch.no_grad():
        found = trainer.model.eval().encode(batch).cue_logits.argmax(-1)
    assert (found[batch.paragraph >= 0] == 1).float().mean() > 0.5


def test_a_teacher_of_other_word_pieces_is_refused(tmp_path: Path) -> None:
    network(0).save_pretrained(tmp_path)
    tokenizer().save(str(tmp_path / "tokenizer.json"))
    richer = renumbered(lambda piece, number: number)
    richer.add_tokens(["bridgehead"])
    with pytest.raises(ModelError) as caught:
        teachers([str(tmp_path)], richer)
    assert "word pieces" in caught.value.message


def renumbered(number: Callable[[str, int], int]) -> Tokenizer:
    """The tokenizer of the tests with other numbers for its pieces."""
    made = json.loads(tokenizer().to_str())
    made["model"]["vocab"] = {p: number(p, n) for p, n in made["model"]["vocab"].items()}
    made["added_tokens"] = []
    return Tokenizer.from_str(json.dumps(made))


def test_a_teacher_that_numbers_the_pieces_otherwise_reads_the_same(tmp_path: Path) -> None:
    model = network(0)
    model.save_pretrained(tmp_path)
    tokenizer().save(str(tmp_path / "tokenizer.json"))
    last = tokenizer().get_vocab_size() - 1
    learner = renumbered(lambda _piece, number: last - number)
    (teacher,) = teachers([str(tmp_path)], learner)
    assert teacher.pieces is not None
    told = replace(EXAMPLES[0].window, pieces=[last - piece for piece in EXAMPLES[0].window.pieces])
    ours = teacher.batch([told, told])
    theirs = collate([EXAMPLES[0].window] * 2, **model.config.special_tokens)
    assert torch.equal(ours.ids, theirs.ids)
    assert torch.equal(ours.mask, theirs.mask)
    (plain,) = teachers([str(tmp_path)], tokenizer())
    assert plain.pieces is None


def test_blended_weights_lie_between_and_the_sentence_head_stays() -> None:
    teacher, learned = network(0), network(1)
    before = {k: v.clone() for k, v in learned.state_dict().items()}
    blended(learned, teacher, 0.25)
    for name, value in learned.state_dict().items():
        old = teacher.state_dict()[name]
        if name.startswith("sentence_judge."):
            assert torch.equal(value, old)
        elif value.is_floating_point():
            assert torch.allclose(value, old * 0.75 + before[name] * 0.25, atol=1e-6)
