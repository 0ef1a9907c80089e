"""What is decided about in an attribution: its spans, labels and speaker, as one plain value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar

from claims.errors import ClaimsError
from claims.records import Act, Attribution, Framing, Span, Speaker, Stance

LabelT = TypeVar("LabelT", Stance, Act, Framing)
FIELDS = ("source", "cue", "content", "stance", "act", "framing", "speaker")


@dataclass(frozen=True, slots=True)
class Values:
    """The part of an attribution that an editor stands for.

    `speaker` is the record's one string ("A; B", "UNNAMED: words", "AUTHOR", "NONE",
    "UNRESOLVED"), `source_ids` the registry's ids of the speakers in its order, None where the
    registry doesn't know one.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance
    act: Act
    framing: Framing
    speaker: str
    source_ids: tuple[str | None, ...] = ()

    @classmethod
    def of(cls, one: Attribution) -> Values:
        """Those of an attribution."""
        ids = tuple(speaker.source_id for speaker in one.speakers)
        return cls(
            one.source, one.cue, one.content, one.stance, one.act, one.framing, one.speaker, ids
        )

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Values:
        """Read the JSON-able form; raises `ClaimsError` where a field is missing or no value."""
        lacking = [name for name in FIELDS if name not in data]
        if lacking:
            raise ClaimsError(f"an attribution needs its {', '.join(lacking)}")
        unknown = sorted(set(data) - {*FIELDS, "source_ids"})
        if unknown:
            raise ClaimsError(
                f"an attribution has no field {unknown[0]!r}", repair=f"its fields: {_known()}"
            )
        return cls(
            _spans(data["source"]),
            _spans(data["cue"]),
            _spans(data["content"]),
            _label(Stance, data["stance"]),
            _label(Act, data["act"]),
            _label(Framing, data["framing"]),
            _name(data["speaker"]),
            tuple(data.get("source_ids") or ()),
        )

    @classmethod
    def from_json(cls, words: str) -> Values:
        """Read the stored form."""
        return cls.from_data(json.loads(words))

    @property
    def data(self) -> dict[str, Any]:
        """The JSON-able form."""
        return {
            "source": [list(span) for span in self.source],
            "cue": [list(span) for span in self.cue],
            "content": [list(span) for span in self.content],
            "stance": self.stance.value,
            "act": self.act.value,
            "framing": self.framing.value,
            "speaker": self.speaker,
            "source_ids": list(self.source_ids),
        }

    @property
    def json(self) -> str:
        """The stored form: equal values give equal words."""
        return json.dumps(self.data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def patched(self, patch: Mapping[str, Any]) -> Values:
        """The same with some fields changed; raises `ClaimsError` where one is no value.

        Another speaker has no ids but those that the patch gives.
        """
        ids = [] if "speaker" in patch else self.data["source_ids"]
        return Values.from_data(self.data | {"source_ids": ids} | dict(patch))

    def difference(self, other: Values) -> dict[str, Any]:
        """The fields that are otherwise in `other`, with its values: the patch that makes it."""
        mine, its = self.data, other.data
        changed = {name: its[name] for name in FIELDS if mine[name] != its[name]}
        if ("speaker" in changed or mine["source_ids"] != its["source_ids"]) and its["source_ids"]:
            changed |= {"speaker": its["speaker"], "source_ids": its["source_ids"]}
        return changed

    @property
    def hull(self) -> Span:
        """From the first to the last character of the cue; of the content where there is none."""
        spans = self.cue or self.content or self.source or (Span(0, 1),)
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    def check(self, text: str) -> Values:
        """The same; raises `ClaimsError` where it can't be an attribution of `text`."""
        if not self.cue or not self.content:
            raise ClaimsError("an attribution needs a cue and a content")
        for role in ("source", "cue", "content"):
            spans: tuple[Span, ...] = getattr(self, role)
            for before, after in pairwise(spans):
                if after.start < before.end:
                    raise ClaimsError(f"the spans of the {role} overlap or aren't in order")
            for span in spans:
                if not 0 <= span.start < span.end <= len(text):
                    raise ClaimsError(
                        f"the {role} {span.start}-{span.end} isn't in the text",
                        repair=f"it has {len(text):,} characters; the end is excluded",
                    )
                if not text[span.start : span.end].strip():
                    raise ClaimsError(f"the {role} {span.start}-{span.end} is white space")
        return self

    def onto(self, one: Attribution) -> Attribution:
        """`one` with these values; its chain stays, speakers of other names are new ones."""
        known = {(s.name, s.source_id): s for s in one.speakers}
        return replace(
            one,
            source=self.source,
            cue=self.cue,
            content=self.content,
            stance=self.stance,
            act=self.act,
            framing=self.framing,
            speaker=self.speaker,
            speakers=tuple(
                known.get((name, source_id)) or Speaker(name, source_id)
                for name, source_id in self.named
            ),
        )

    @property
    def named(self) -> tuple[tuple[str, str | None], ...]:
        """The speakers, each with its id in the registry."""
        if self.speaker.startswith("UNNAMED: "):
            names: Sequence[str] = [self.speaker]
        else:
            names = [part.strip() for part in self.speaker.split(";") if part.strip()]
        ids = [*self.source_ids, *([None] * len(names))]
        return tuple(zip(names, ids, strict=False))


def _known() -> str:
    return ", ".join(FIELDS)


def _spans(value: Any) -> tuple[Span, ...]:
    try:
        spans = tuple(Span(int(start), int(end)) for start, end in value)
    except (TypeError, ValueError) as error:
        raise ClaimsError(f"{value!r} are no spans", repair="write [[START, END], …]") from error
    return spans


def _label(kind: type[LabelT], value: Any) -> LabelT:
    try:
        return kind(value)
    except ValueError as error:
        raise ClaimsError(
            f"{value!r} is no {kind.__name__.lower()}", repair=f"one of {', '.join(kind)}"
        ) from error


def _name(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ClaimsError("a speaker needs a name", repair='"UNRESOLVED" leaves it open')
    return " ".join(value.split())
