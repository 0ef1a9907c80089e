"""Loading a model from its folder, with a clear error for whatever is wrong with it."""

from __future__ import annotations

from pathlib import Path

from claims.errors import ModelError
from claims.extraction import catalogue
from claims.extraction.predict import Extractor
from claims.extraction.words import WordReader


def load(name: str | Path = "minilm", *, threads: int = 0, precision: str = "auto") -> Extractor:
    """Load a model by its name in `models/`, or from a folder.

    `precision` is the arithmetic of the network: `float32`, `bfloat16`, or `auto`, which takes
    bfloat16 where the processor has instructions for it. Raises `ModelError`.
    """
    folder = catalogue.find(name)
    if precision not in ("auto", "float32", "bfloat16"):
        raise ModelError(
            f"there is no precision {precision!r}", repair="use auto, float32 or bfloat16"
        )
    from tokenizers import Tokenizer
    from transformers.utils import logging

    from claims.encoding.network import has_bfloat16
    from claims.extraction.network import read_network

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model, missing = read_network(folder, threads=threads)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokens = model.config.special_tokens
    except Exception as error:  # tokenizers raises a bare Exception, transformers whatever it meets
        raise _unloadable(folder, str(error)) from error
    if missing:  # transformers would take random ones
        raise _unloadable(folder, f"no weights for {missing[0]}")
    if model.encoder.config.vocab_size < tokenizer.get_vocab_size() or not tokens:
        raise _unloadable(folder, "the tokenizer is not this network's")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    bfloat16 = has_bfloat16() if precision == "auto" else precision == "bfloat16"
    return Extractor(model, WordReader(tokenizer), catalogue.info(folder), bfloat16=bfloat16)


def _unloadable(folder: Path, why: str) -> ModelError:
    return ModelError(
        f"the model in {folder} can't be loaded: {why}",
        repair="copy the folder again, or install the program again",
    )
