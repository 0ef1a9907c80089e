"""How fast a machine could read at best: its rate of matrix products over operations per word.

A multiplication with its addition counts as two operations. Counted is what the network must do
for the pieces, words, cues and sentences that are there, whatever the batches it is put in:

- each word piece, in each layer of the encoder: 8·H² + 4·H·I for the products with weights, and
  4·L·H for attention to the L places of its window (the two special tokens among them);
- each word: three products H×R (cue tagger, and the role tagger's two views of the word);
- each cue: one product H×R, in each layer of the role tagger 16·R² + 4·n·R for each of the n words
  of its region, and the judge over two states of the encoder and three of the tagger;
- each sentence: the judge over two states of the encoder.

Left out are the last products onto a handful of labels, sums, means and look-ups (well under one
per cent); and what padding and the special tokens' own rows cost, which is waste: it takes time,
and so lowers the share of the limit that is reached.

The rate is that of the products of one layer of the model's own encoder (four H×H, one H×I, one
I×H), in its own data type, with its weights laid out and its rows taken together as the program
does it (`claims.encoding`). It is taken for all operations alike, also for attention and the narrow
role tagger, whose products no processor does as fast. So the limit can't be reached; it is the same
for all that read with these weights.

torch is imported only where products are measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any


@dataclass(frozen=True, slots=True)
class Sizes:
    """Layers and widths of a network, and how far from a cue its roles are looked for."""

    layers: int
    hidden: int
    inner: int
    role_layers: int
    role_width: int
    reach: int

    @classmethod
    def of(cls, config: Any) -> Sizes:
        """From a `ClaimsConfig`."""
        encoder = config.encoder
        return cls(
            layers=encoder["num_hidden_layers"],
            hidden=encoder["hidden_size"],
            inner=encoder["intermediate_size"],
            role_layers=config.role_layers,
            role_width=config.role_width,
            reach=config.reach,
        )

    def window(self, pieces: int) -> int:
        """Operations of the encoder for a window of so many pieces."""
        h, length = self.hidden, pieces + 2
        return pieces * self.layers * (8 * h * h + 4 * h * self.inner + 4 * length * h)

    def words(self, number: int) -> int:
        """Operations for what is asked of each word, whatever the cues."""
        return number * 3 * 2 * self.hidden * self.role_width

    def cue(self, region: int) -> int:
        """Operations of the role tagger for a cue with so many words in its region."""
        h, r = self.hidden, self.role_width
        tagged = region * self.role_layers * (16 * r * r + 4 * region * r)
        return 2 * h * r + tagged + 2 * (2 * h + 3 * r) * r

    def sentences(self, number: int) -> int:
        """Operations for the kind and worth of so many sentences."""
        return number * 2 * 2 * self.hidden * self.role_width

    def region(self, start: int, end: int, low: int, high: int) -> int:
        """Words in which the roles of the cue `[start, end)` of `[low, high)` are looked for."""
        return min(end + self.reach, high) - max(start - self.reach, low)


@dataclass(slots=True)
class Counted:
    """What a network was given to read: windows, cues, and the room they took with padding."""

    sizes: Sizes
    encoder: int = 0
    roles: int = 0
    judged: int = 0
    pieces: int = 0
    places: int = 0
    squares: int = 0
    cues: int = 0
    region_words: int = 0
    region_places: int = 0

    def batch(self, windows: Sequence[int], words: int) -> None:
        """Count a batch of windows with so many pieces each, and so many words together."""
        from claims.encoding.network import filled_up

        places = filled_up(sum(pieces + 2 for pieces in windows))
        self.encoder += sum(self.sizes.window(pieces) for pieces in windows)
        self.judged += self.sizes.words(words)
        self.pieces += sum(windows)
        self.places += places
        self.squares += places * places

    def chunk(self, regions: Sequence[int]) -> None:
        """Count the cues of one call of the role tagger, by the words in their regions."""
        from claims.encoding.network import filled_up

        self.roles += sum(self.sizes.cue(region) for region in regions)
        self.cues += len(regions)
        self.region_words += sum(regions)
        self.region_places += filled_up(sum(regions))

    def sentences(self, number: int) -> None:
        """Count sentences that are judged."""
        self.judged += self.sizes.sentences(number)

    @property
    def operations(self) -> int:
        """All of them."""
        return self.encoder + self.roles + self.judged

    @property
    def rows(self) -> int:
        """Rows of the batch in which an average place of the encoder stands."""
        return max(1, round(self.squares / self.places)) if self.places else 1

    def as_dict(self) -> dict[str, Any]:
        """For a line of JSON."""
        return {
            "operations": self.operations,
            "of_encoder": self.encoder,
            "of_roles": self.roles,
            "pieces": self.pieces,
            "cues": self.cues,
            "rows": self.rows,
            "encoder_padding": _empty(self.pieces, self.places),
            "roles_padding": _empty(self.region_words, self.region_places),
        }


def _empty(filled: int, places: int) -> float:
    return 1 - filled / places if places else 0.0


@contextmanager
def counting(model: Any) -> Iterator[Counted]:
    """Count what a `ClaimsModel` is given while the context is open."""
    counted = Counted(Sizes.of(model.config))
    encode, roles = model.encode, model.roles

    def counted_encode(batch: Any) -> Any:
        counted.batch([n - 2 for n in batch.mask.sum(1).tolist()], int(batch.lengths.sum()))
        return encode(batch)

    def counted_roles(encoded: Any, batch: Any, cues: Sequence[Any]) -> Any:
        counted.chunk([counted.sizes.region(c.start, c.end, c.low, c.high) for c in cues])
        return roles(encoded, batch, cues)

    judge = model.sentence_judge.register_forward_pre_hook(
        lambda _, given: counted.sentences(len(given[1]))
    )
    model.encode, model.roles = counted_encode, counted_roles
    try:
        yield counted
    finally:
        del model.encode, model.roles
        judge.remove()


def layer_rate(model: Any, rows: int, repetitions: int = 15) -> dict[str, float]:
    """Operations a second of the processor in the products of one layer; the best of all times.

    `layer` is the rate over a layer's products together; the others those of each shape.
    """
    import torch

    from claims.encoding.network import CHUNK, Product

    sizes, rows = Sizes.of(model.config), min(rows, CHUNK)
    dtype = next(model.encoder.parameters()).dtype
    shapes = {
        "hidden_hidden": (sizes.hidden, sizes.hidden, 4),
        "hidden_inner": (sizes.hidden, sizes.inner, 1),
        "inner_hidden": (sizes.inner, sizes.hidden, 1),
    }
    rates: dict[str, float] = {}
    seconds = operations = 0.0
    with torch.inference_mode():
        for name, (wide, out, number) in shapes.items():
            given, weight = (torch.randn(n, wide).to(dtype) for n in (rows, out))
            product = Product(weight, torch.zeros(out, dtype=dtype))
            taken = _best(partial(product, given), repetitions)
            rates[name] = 2 * rows * wide * out / taken
            seconds += number * taken
            operations += number * 2 * rows * wide * out
    return {"layer": operations / seconds} | rates


def _best(product: Callable[[], Any], repetitions: int) -> float:
    """Seconds of the processor that the quickest repetition takes, after two that don't count."""
    taken = []
    for number in range(repetitions + 2):
        begun = time.process_time()
        product()
        if number >= 2:
            taken.append(time.process_time() - begun)
    return max(min(taken), 1e-9)
