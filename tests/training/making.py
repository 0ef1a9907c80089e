"""Constructed articles from markup, and a tiny base model to train from.

`<s1>…</s1>`, `<q1>…</q1>` and `<c1>…</c1>` mark source, cue and content of the first attribution;
tags may nest, and a role may have several spans.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from claims.evaluation.gold import GoldArticle, GoldSentence, MarkedAttribution
from claims.extraction.sentences import split
from claims.records import Span
from tests.extraction.making import encoder_settings, tokenizer

_TAG = re.compile(r"<(/?)([sqc]\d)>")
SPEAKERS = ("Ana Belo", "The city council", "Ministry officials", "Rui Mota", "A police report")
CLAIMS = (
    "the bridge would not open before the end of the summer because of the repairs",
    "there were more boats on the river than in any other year since the flood",
    "the budget has been cut by half and that some of the schools should close",
    "they had never seen the letter which the other side has put before the court",
)
STANCES = ("asserts", "denies", "hedges")
SHAPES = (
    "<s1>{a}</s1> <q1>said</q1> on Monday <c1>that {x}</c1>.",
    "<c1>“{x},”</c1> <q1>said</q1> <s1>{a}</s1>.",
    "<s1>{a}</s1> <q1>denied</q1> <c1>that {x}</c1>.",
    "<q1>According to</q1> <s1>{a}</s1>, <c1>{x}</c1>.",
)


def article(markup: str, name: str = "a", **labels: str) -> GoldArticle:
    """The article that `markup` shows; every attribution gets `labels`."""
    text, position = "", 0
    opened: dict[str, int] = {}
    roles: dict[str, list[Span]] = {}
    for tag in _TAG.finditer(markup):
        text += markup[position : tag.start()]
        position = tag.end()
        if tag[1]:
            roles.setdefault(tag[2], []).append(Span(opened.pop(tag[2]), len(text)))
        else:
            opened[tag[2]] = len(text)
    text += markup[position:]
    numbers = sorted({key[1] for key in roles})
    marked = tuple(
        MarkedAttribution(
            *(tuple(sorted(roles.get(role + n, []))) for role in "sqc"),
            **labels,  # type: ignore[arg-type]
        )
        for n in numbers
    )
    sentences = tuple(
        GoldSentence(*s, kind=("attributed", "asserted")[i % 2], worth=i % 3)
        for i, s in enumerate(split(text, 0, len(text)))
    )
    return GoldArticle(name, text, marked, sentences)


def news(number: int) -> GoldArticle:
    """One of a family of little articles, with four attributions and an outlet's own sentence."""
    lines = []
    for k, shape in enumerate(SHAPES):
        a = SPEAKERS[(number + k) % len(SPEAKERS)]
        x = CLAIMS[(number * 3 + k) % len(CLAIMS)]
        lines.append(re.sub(r"([sqc])1>", rf"\g<1>{k + 1}>", shape.format(a=a, x=x)))
    lines.insert(2, "The bridge was built by the city when there were no other roads to the coast.")
    return article(
        "\n".join(lines),
        f"news-{number}",
        stance=STANCES[number % 3],
        act="statement",
        framing="neutral",
    )


def write_corpus(folder: Path) -> Path:
    """`attributions`, `labels` and `sentences`, each with train and dev, for `claims train`."""
    for part, numbers in (("train", range(10)), ("dev", range(10, 16))):
        made = [news(n) for n in numbers]
        for name in ("attributions", "labels", "sentences"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "attributions" / f"{part}.jsonl").write_text(
            "".join(
                json.dumps(
                    {
                        "id": g.id,
                        "text": g.text,
                        "attributions": [
                            {r: [list(s) for s in a.role(r)] for r in ("source", "cue", "content")}
                            for a in g.attributions
                        ],
                    }
                )
                + "\n"
                for g in made
            )
        )
        (folder / "labels" / f"{part}.tsv").write_text(
            "".join(
                f"{g.id}\t{i}\t{a.stance}\t{a.act}\t{a.framing}\tNONE\n"
                for g in made
                for i, a in enumerate(g.attributions)
            )
        )
        (folder / "sentences" / f"{part}.tsv").write_text(
            "".join(
                f"{g.id}\t{s.start}\t{s.end}\t{s.kind}\t{s.worth}\n"
                for g in made
                for s in g.sentences
            )
        )
    return folder


def write_base(folder: Path) -> Path:
    """An encoder with its tokenizer, as a base model's folder holds them."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    BertModel(BertConfig(**encoder_settings()), add_pooling_layer=False).save_pretrained(folder)
    tokenizer().save(str(folder / "tokenizer.json"))
    return folder
