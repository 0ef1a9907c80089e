"""A tiny network with a tokenizer of its own, and documents of labelled blocks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from claims.extraction.words import WordReader
from claims.records import Block, BlockKind, Document

if TYPE_CHECKING:
    from claims.extraction.network import ClaimsModel

BODY, CAPTION, CREDIT = BlockKind.BODY, BlockKind.CAPTION, BlockKind.CREDIT
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
COMMON = """
    the a of to in on and that said says told according ministry officials minister bridge would
    will not is was has reporters report denied talks monday city budget closed
"""


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """Word pieces: a few whole words; other words fall into their letters."""
    letters = [chr(c) for c in range(33, 127) if not chr(c).isupper()] + list("“”’—")
    pieces = [*SPECIAL, *letters, *(f"##{c}" for c in letters if c.isalnum()), *COMMON.split()]
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys(pieces))}
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    made.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    made.enable_truncation(16)  # as base models have it; the program must switch it off
    return made


def reader() -> WordReader:
    made = Tokenizer.from_str(tokenizer().to_str())
    made.no_truncation()
    return WordReader(made)


def encoder_settings(kind: str = "bert") -> dict[str, object]:
    from claims.extraction.network import ENCODERS

    settings, _ = ENCODERS[kind]
    return settings(
        vocab_size=tokenizer().get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=260,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    ).to_dict()


def network(seed: int = 0, kind: str = "bert") -> ClaimsModel:
    """An untrained network whose heads are spread out, so that it finds all sorts of things."""
    import torch

    from claims.extraction.config import ClaimsConfig
    from claims.extraction.network import ClaimsModel

    torch.manual_seed(seed)
    config = ClaimsConfig(
        encoder=encoder_settings(kind),
        role_width=32,
        special_tokens={"start": 2, "end": 3, "pad": 0},
        mask_token=4,
        decoding={"threshold": 0.0},
    )
    model = ClaimsModel(config)
    with torch.no_grad():
        model.encoder.embeddings.word_embeddings.weight.mul_(40)
        for head in (model.cue_tagger[-1], model.role_tagger.out, model.role_tagger.keep):
            head.weight.mul_(6)
    return model.eval()


def save(folder: Path, seed: int = 0) -> Path:
    """Write a model folder as `claims train` does."""
    network(seed).save_pretrained(folder)
    tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def document(parts: Iterable[tuple[BlockKind, str]], name: str = "a") -> Document:
    """A document of one block a part, each a paragraph of its own."""
    return joined([(kind, words, True) for kind, words in parts], name)


def joined(parts: Iterable[tuple[BlockKind, str, bool]], name: str = "a") -> Document:
    """A document of (kind, words, whether a new paragraph begins)."""
    text, blocks, paragraph = "", [], 0
    for kind, words, fresh in parts:
        if blocks:
            text += "\n\n" if fresh else " "
            paragraph += fresh
        blocks.append(Block(len(text), len(text) + len(words), kind, paragraph))
        text += words
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, text, digest, digest, "txt", tuple(blocks))
