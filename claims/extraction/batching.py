"""Putting inputs of unequal length into batches that hold little padding."""

from __future__ import annotations

from collections.abc import Sequence


def dense_groups(sizes: Sequence[int], *, most: int, small: int, padding: float) -> list[list[int]]:
    """Indices of `sizes` in groups of like size.

    A group padded to its largest member has at most `most` places, and beyond `small` places at
    most the share `padding` of empty ones: a smaller batch costs little, an empty place costs as
    much as a full one. An input larger than `most` is a group of its own.
    """
    groups: list[list[int]] = []
    real = 0
    for i in sorted(range(len(sizes)), key=lambda i: (sizes[i], i)):
        padded = (len(groups[-1]) + 1) * sizes[i] if groups else 0
        dense = padded <= small or real + sizes[i] >= padded * (1 - padding)
        if groups and padded <= most and dense:
            groups[-1].append(i)
            real += sizes[i]
        else:
            groups.append([i])
            real = sizes[i]
    return groups
