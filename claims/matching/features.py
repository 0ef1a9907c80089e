"""What speaks for two statements being the same claim, or standing against each other.

One row of numbers a pair, each between about -1 and 1, equal for (a, b) and (b, a), and the same
whichever other pairs are looked at beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from claims.matching.lists import any_close, common, longest_run
from claims.matching.traits import Traits

COSINES = ("cosine", "cosine_words", "cosine_even", "cosine_words_even")
"""Of meanings and of words, as they are and with their directions evened out."""
READ = (
    "stems", "stems_held", "names", "names_held", "names_apart",
    "numbers_shared", "numbers_apart", "numbers_one", "years_apart", "negation", "reversal",
    "denial", "both_deny", "uncommitted_both", "uncommitted_one", "says_both", "says_none",
    "article", "near", "speaker_same", "speaker_apart", "speaker_in", "gap", "length", "short",
    "run", "assertion", "stance_same", "days_same", "days_apart",
)  # fmt: skip
"""What is read of the statements themselves."""
NAMES = COSINES + READ
_RUN = 12
"""Words in a row from which a shared run says nothing more."""
_CLOSE = 0.02
"""The share by which two amounts may differ."""
_CELLS = 1 << 17
"""So many places of the tables of lists are looked at in one go."""
_VECTORS = 512


def cosines(vectors: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(P, 2): products of the vectors (S, 2, D) of statements `a` and `b`, each view by itself."""
    found = np.empty((len(a), vectors.shape[1]), np.float32)
    for start in range(0, len(a), _VECTORS):
        part = slice(start, start + _VECTORS)
        # One product a pair, added up in one order: a product of matrices gives a pair other last
        # digits when it stands among others.
        found[part] = np.vecdot(vectors[a[part]], vectors[b[part]])
    return found


def of_pairs(traits: Traits, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """(P, len(READ)) float32: what is read of the statements `a` and `b` of each pair."""
    rows = np.empty((len(a), len(READ)), np.float32)
    longest = traits.longest
    for part in _parts(np.maximum(longest[a], longest[b])):
        rows[part] = np.stack(_columns(traits, a[part], b[part]), axis=1)
    return rows


def _parts(lengths: np.ndarray) -> Iterator[np.ndarray]:
    """The pairs in parts, those with lists of about one length together: tables stay small."""
    order = np.argsort(lengths, kind="stable")
    start = 0
    while start < len(order):
        end = start + max(1, _CELLS // max(int(lengths[order[start]]), 1))
        end = start + max(1, _CELLS // max(int(lengths[order[min(end, len(order)) - 1]]), 1))
        yield order[start:end]
        start = end


def _columns(t: Traits, a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """The features of pairs, in the order of `READ`."""
    shorter = np.minimum(t.length[a], t.length[b])
    longer = np.maximum(t.length[a], t.length[b])
    near = 1 / (1 + np.abs(t.start[a] - t.start[b]) / 300)
    one_article = t.article[a] == t.article[b]
    run = longest_run(t.words.table(a), t.words.table(b), _RUN)
    return [
        *_stems(t, a, b),
        *_names(t, a, b),
        *_amounts(t, a, b),
        _years_apart(t, a, b),
        t.negated[a] != t.negated[b],
        t.reversed[a] != t.reversed[b],
        t.is_against[a] != t.is_against[b],
        t.is_against[a] & t.is_against[b],
        t.is_uncommitted[a] & t.is_uncommitted[b],
        t.is_uncommitted[a] != t.is_uncommitted[b],
        t.says[a] & t.says[b],
        ~t.says[a] & ~t.says[b],
        one_article,
        np.where(one_article, near, 0.0),
        *_speakers(t, a, b),
        _gap(t, a, b),
        shorter / np.maximum(longer, 1),
        np.minimum(shorter, 20) / 20,
        run / np.maximum(np.minimum(shorter, _RUN), 1),
        t.is_assertion[a].astype(float) + t.is_assertion[b],
        t.stance[a] == t.stance[b],
        *_days(t, a, b),
    ]


def _overlap(shared: np.ndarray, mine: np.ndarray, theirs: np.ndarray) -> list[np.ndarray]:
    """Weighted Jaccard, and the share of the lighter set that the other holds."""
    return [
        np.divide(shared, whole, out=np.zeros(len(shared)), where=whole != 0)
        for whole in (mine + theirs - shared, np.minimum(mine, theirs))
    ]


def _stems(t: Traits, a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    shared = common(t.stems.table(a), t.stems.table(b), t.weights)
    return _overlap(shared, t.stem_weight[a], t.stem_weight[b])


def _names(t: Traits, a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """How many names are shared, and whether both have some and share none."""
    shared = common(t.names.table(a), t.names.table(b))
    mine, theirs = t.names.lengths[a], t.names.lengths[b]
    return [*_overlap(shared, mine, theirs), (mine > 0) & (theirs > 0) & (shared == 0)]


def _amounts(t: Traits, a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """Whether amounts are shared, whether both have some and none fits, whether only one has."""
    fits = np.zeros(len(a), bool)
    for lists in t.amounts.values():
        fits |= any_close(lists.table(a), lists.table(b), _CLOSE)
    both = t.has_amount[a] & t.has_amount[b]
    return [fits, both & ~fits, t.has_amount[a] != t.has_amount[b]]


def _years_apart(t: Traits, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    both = (t.years.lengths[a] > 0) & (t.years.lengths[b] > 0)
    return np.asarray(both & (common(t.years.table(a), t.years.table(b)) == 0))


def _speakers(t: Traits, a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """Whether a speaker is the same, whether both have one and none is, whether one names one."""
    mine, theirs = t.speakers.table(a), t.speakers.table(b)
    same = common(mine, theirs) > 0
    both = (t.speakers.lengths[a] > 0) & (t.speakers.lengths[b] > 0)
    told = (common(mine, t.names.table(b)) > 0) | (common(theirs, t.names.table(a)) > 0)
    return [same, both & ~same, told]


def _gap(t: Traits, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Days between the articles, logarithmic: 0 for the same day, about 1 for a year."""
    days = np.abs(t.published.numbers[a] - t.published.numbers[b])
    return np.where(t.published.known[a] & t.published.known[b], np.log1p(days) / 6, 0.3)


def _days(t: Traits, a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """Whether the days of both events meet, or lie apart (by more than a day)."""
    both = t.event_start.known[a] & t.event_start.known[b]
    start, end = t.event_start.numbers, t.event_end.numbers
    between = np.maximum(start[a], start[b]) - np.minimum(end[a], end[b])
    return [both & (between <= 0), both & (between > 1)]
