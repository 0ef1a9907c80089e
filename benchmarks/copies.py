"""Time and recall of the search for copies, beside difflib on all pairs.

usage: python benchmarks/copies.py [--sizes N ...] [--pairs-of N] [--seed N]

Articles are made from a vocabulary in which words are as frequent as in texts (Zipf), with names,
numbers and quotations that differ; a fifth of them are copies of an earlier one: cut, re-led,
retitled, stuffed with a menu, with words changed. All carry one of a few notices at the end.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import accumulate, combinations
from typing import TypeVar

from claims.matching.body import Body, read
from claims.matching.copies import COPIED, Copy, CopyIndex
from claims.matching.syndication import groups
from claims.records import Span

ResultT = TypeVar("ResultT")
Articles = dict[str, list[str]]
SYLLABLES = [a + b for a in "bcdfghjklmnprstvwz" for b in "aeiou"]


class Writer:
    """Writes articles that differ in everything but the language."""

    def __init__(self, seed: int, words: int = 20_000) -> None:
        """`words` is the size of the vocabulary."""
        self.random = random.Random(seed)
        self._words = [self._word() for _ in range(words)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(words)))
        self.menu = [self._sentence(4).rstrip(".") for _ in range(60)]
        self.notices = [" ".join(self._sentence(14) for _ in range(3)) for _ in range(5)]

    def article(self) -> list[str]:
        """Paragraphs of one to three sentences, 8 to 25 of them."""
        return [self._paragraph() for _ in range(self.random.randint(8, 25))]

    def copy(self, original: list[str]) -> list[str]:
        """What an outlet makes of it: a quarter of it at least, dressed in one or more ways."""
        text = original[: max(3, int(len(original) * self.random.choice([1, 0.75, 0.5, 0.33])))]
        if self.random.random() < 0.3:
            text = [self._paragraph(), *text[1:]]
        if self.random.random() < 0.3:
            text = [self._edited(paragraph) for paragraph in text]
        if self.random.random() < 0.3:
            text = [*self.random.sample(self.menu, 20), *text, *self.random.sample(self.menu, 20)]
        return text

    def _word(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4)))

    def _sentence(self, length: int) -> str:
        words = self.random.choices(self._words, cum_weights=self._weights, k=length)
        if self.random.random() < 0.5:
            words[self.random.randrange(length)] = str(self.random.randint(2, 9_999))
        words[0] = words[0].title()
        return " ".join(words) + "."

    def _paragraph(self) -> str:
        count = self.random.randint(1, 3)
        text = " ".join(self._sentence(self.random.randint(8, 32)) for _ in range(count))
        return f"“{text}” {self._sentence(4)}" if self.random.random() < 0.2 else text

    def _edited(self, paragraph: str) -> str:
        """One word in thirty is another."""
        words = paragraph.split(" ")
        for at in range(len(words)):
            if self.random.random() < 1 / 30:
                words[at] = self.random.choice(self._words)
        return " ".join(words)


def corpus(size: int, seed: int) -> tuple[Articles, list[tuple[str, str]]]:
    """`size` articles by key, and the pairs of copy and original among them."""
    writer = Writer(seed)
    articles: Articles = {}
    pairs = []
    for n in range(size):
        key = f"{n:06}"
        if n and writer.random.random() < 0.2:
            original = f"{writer.random.randrange(n):06}"
            pairs.append((original, key))
            articles[key] = writer.copy(articles[original][:-1])
        else:
            articles[key] = writer.article()
        articles[key].append(writer.random.choice(writer.notices))
    return articles, pairs


def body(paragraphs: list[str]) -> Body:
    """The words of an article."""
    ends = list(accumulate(len(paragraph) + 2 for paragraph in paragraphs))
    parts = [Span(end - len(p) - 2, end - 2) for p, end in zip(paragraphs, ends, strict=True)]
    return read("\n\n".join(paragraphs), parts)


def by_difflib(articles: Articles) -> set[tuple[str, str]]:
    """Pairs of which half of one article's words are in the other, all pairs aligned."""
    words = {key: " ".join(text).casefold().split() for key, text in articles.items()}
    found = set()
    for one, other in combinations(sorted(words), 2):
        blocks = SequenceMatcher(None, words[one], words[other], autojunk=False)
        common = sum(b.size for b in blocks.get_matching_blocks() if b.size >= 6)
        if common >= COPIED * min(len(words[one]), len(words[other])):
            found.add((one, other))
    return found


def by_index(articles: Articles) -> list[Copy]:
    """The same with the index, texts split into words anew."""
    return CopyIndex().add_all((key, body(text)) for key, text in articles.items())


def timed(work: Callable[[], ResultT]) -> tuple[ResultT, float]:
    """What some work gives, and the CPU-seconds that it took."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def main() -> None:
    """Print a line for each size, and the ratio to difflib at a small one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--pairs-of", type=int, default=150)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    for size in options.sizes:
        articles, pairs = corpus(size, options.seed)
        copies, seconds = timed(lambda articles=articles: by_index(articles))  # type: ignore[misc]
        found, grouping = timed(lambda copies=copies: groups(copies))  # type: ignore[misc]
        marked = {(one.a, one.b) for one in copies if one.is_copy}
        print(
            f"{size:,} articles: {seconds:.1f} s, {1000 * seconds / size:.2f} ms each, groups"
            f" {grouping:.2f} s; {len(copies):,} pairs compared with words in common,"
            f" {len(marked & set(pairs)):,} of {len(pairs):,} copies found, {len(found):,} groups"
        )
    articles, pairs = corpus(options.pairs_of, options.seed)
    slow, slow_seconds = timed(lambda: by_difflib(articles))
    copies, seconds = timed(lambda: by_index(articles))
    fast = {(one.a, one.b) for one in copies if one.is_copy}
    print(
        f"{options.pairs_of} articles, all pairs by difflib: {slow_seconds:.1f} s, index"
        f" {seconds:.3f} s, ratio {slow_seconds / seconds:,.0f}; of {len(pairs)} copies difflib has"
        f" {len(slow & set(pairs))}, the index {len(fast & set(pairs))}"
    )


if __name__ == "__main__":
    main()
