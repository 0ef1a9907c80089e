"""Material for the model of pairs: events of labelled pairs, and vectors evened out."""

from __future__ import annotations

import numpy as np

from claims.evaluation.claims import GoldClaim, GoldClaims
from claims.matching.pairs import PairLabel, PairModel
from claims.training.pair_material import Material, evening, of_claims


def test_a_near_miss_outside_all_claims_is_an_event_of_its_own() -> None:
    keys = [("a", 0), ("b", 0), ("c", 0), ("d", 0)]
    given = Material([], np.ones((4, 2, 3), np.float32), {key: n for n, key in enumerate(keys)})
    claim = GoldClaim("mill", {keys[0]: False, keys[1]: True})
    own = of_claims(GoldClaims((claim,), ((keys[2], keys[3]),)), given)

    found = dict(zip(own.pairs, zip(own.labels, own.events, strict=True), strict=True))
    assert found[0, 1] == (PairLabel.OPPOSES, frozenset({"mill"}))
    label, events = found[2, 3]
    assert label is PairLabel.DIFFERENT
    assert events
    assert "mill" not in events


def test_directions_in_which_all_vectors_differ_count_for_less() -> None:
    chooser = np.random.default_rng(0)
    wide = np.array([1.0, 0.05, 0.05, 0.05])
    vectors = (chooser.normal(size=(400, 2, 4)) * wide).astype(np.float32)
    even = PairModel(evening(vectors), {}).evened(vectors)

    assert np.allclose(np.linalg.norm(even, axis=-1), 1, atol=1e-3)
    spread = even[:, 0].std(0)
    assert spread.max() < 3 * spread.min()
    assert np.allclose(even[:5], PairModel(evening(vectors), {}).evened(vectors[:5]), atol=1e-5)
