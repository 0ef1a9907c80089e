"""Who stands on which side of a claim: two sides that fit the pairs' signs best.

Each compared pair of a claim's members says how likely the two oppose each other. The sides are
set so that the sum over all pairs that agree with them is largest, by changing one member after
another (a local search for a signed graph's balanced partition, Harary 1953). The larger side
is what the claim says, with its first member's on a tie; the others oppose it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from claims.matching.clustering import Pair

_ROUNDS = 20


def sides(members: Sequence[int], signs: Mapping[Pair, float]) -> dict[int, bool]:
    """For each member whether it opposes the claim.

    `signs` has for pairs of members (smaller first) how much speaks for their standing on one
    side (above 0) or against each other (below 0).
    """
    links: dict[int, dict[int, float]] = defaultdict(dict)
    inside = set(members)
    for (a, b), sign in signs.items():
        if a in inside and b in inside:
            links[a][b] = links[b][a] = sign
    side = _start(members, links)
    for _ in range(_ROUNDS):
        moved = False
        for one in members:
            pull = sum(sign * side[other] for other, sign in links[one].items())
            if pull * side[one] < 0:
                side[one] = -side[one]
                moved = True
        if not moved:
            break
    against = sum(1 for one in members if side[one] != side[members[0]])
    claim = side[members[0]] if 2 * against <= len(members) else -side[members[0]]
    return {one: side[one] != claim for one in members}


def _start(members: Sequence[int], links: Mapping[int, Mapping[int, float]]) -> dict[int, int]:
    """Sides along the strongest ties first (a maximum spanning forest)."""
    side: dict[int, int] = {}
    for root in members:
        if root in side:
            continue
        side[root] = 1
        while True:
            best = max(
                (
                    (abs(sign), -one, -other)
                    for one in members
                    if one in side
                    for other, sign in links.get(one, {}).items()
                    if other not in side
                ),
                default=None,
            )
            if best is None:
                break
            one, other = -best[1], -best[2]
            side[other] = side[one] if links[one][other] >= 0 else -side[one]
    return side
