"""The roles of a cue are its own: whoever else is asked for, in training and in use."""

from __future__ import annotations

import pytest
import torch

from claims.extraction.network import ClaimsModel, collate
from claims.extraction.shapes import Cue, Roles
from claims.extraction.windows import windows
from claims.records import Span
from tests.extraction.making import network, reader

TEXTS = (
    "The ministry said that talks on the bridge would go on, and Abe denied it.",
    "Abe said it.",
    "According to the ministry, the bridge is a bridge. " * 5,
)
WINDOWS = [windows(text, [Span(0, len(text))], reader())[0] for text in TEXTS]


def asked() -> list[Cue]:
    return [
        Cue(w, start, start + 1, *window.region(start, start + 1))
        for w, window in enumerate(WINDOWS)
        for start in (0, 2, len(window.words) - 1)
    ]


def told(model: ClaimsModel, cues: list[Cue]) -> Roles:
    batch = collate(WINDOWS, **model.config.special_tokens)
    with torch.no_grad():
        return model.roles(model.encode(batch), batch, cues)


@pytest.fixture(params=["learning", "in use"])
def model(request: pytest.FixtureRequest) -> ClaimsModel:
    made = network()
    if request.param == "in use":
        made.prepare()
    return made


def test_alone_or_among_others(model: ClaimsModel) -> None:
    cues = asked()
    every = told(model, cues)
    for i, cue in enumerate(cues):
        alone = told(model, [cue])
        length = int(alone.valid.sum())
        assert int(every.valid[i].sum()) == length
        assert every.in_cue[i, :length].tolist() == alone.in_cue[0].tolist()
        assert every.position[i, :length].tolist() == alone.position[0].tolist()
        torch.testing.assert_close(every.logits[i, :length], alone.logits[0], atol=1e-4, rtol=1e-4)
        for name in ("keep", "stance", "act", "framing"):
            one, other = getattr(every, name)[i], getattr(alone, name)[0]
            torch.testing.assert_close(one, other, atol=1e-4, rtol=1e-4)


def test_laid_out_for_use_they_are_the_same() -> None:
    learning, used = network(), network()
    used.prepare()
    ours, theirs = told(used, asked()), told(learning, asked())
    assert torch.equal(ours.valid, theirs.valid)
    torch.testing.assert_close(
        ours.logits[ours.valid], theirs.logits[theirs.valid], atol=1e-3, rtol=1e-3
    )
    torch.testing.assert_close(ours.stance, theirs.stance, atol=1e-3, rtol=1e-3)


def test_each_word_of_a_region_has_its_place() -> None:
    cues = asked()
    roles = told(network(), cues)
    for i, cue in enumerate(cues):
        places = roles.position[i][roles.valid[i]].tolist()
        assert places == list(range(cue.low, cue.high))
        inside = roles.position[i][roles.in_cue[i]].tolist()
        assert inside == list(range(cue.start, cue.end))
