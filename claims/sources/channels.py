"""Media and platforms that a sentence says its words were spoken to, printed by or posted on.

"told TASS", "in an interview with CNN", "was quoted as saying by TASS", "in a post on Telegram",
"…, Yonhap reported, citing KCNA". A medium counts only where the words beside it say that it passed
something on, and only for the attribution whose cue stands nearest: what lies in a content is said
by its speaker, not of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from claims.records import Span
from claims.sources.media import UNNAMED, Media, Medium

_DAY = r"(?:\s+(?:on\s+|late\s+|early\s+|last\s+|earlier\s+)*(?:\w+day|this\s+week|last\s+\w+))?"
_SPEECH = r"(?:interviews?|appearances?|address|speech|broadcast|remarks|comments)"
_PIECE = (
    rf"(?:{_SPEECH}|statements?|articles?|essays?|op-eds?|columns?|letters?|commentary|posts?"
    r"|messages?|videos?|footage|piece|documents?|dispatch|report)"
)
_PASSED = (
    r"(?:reported|carried|published|printed|broadcast|aired|relayed|released|distributed|quoted"
    r"|cited|posted|shown|run)"
)
_IN = r"\b(?i:in|during|via|through|from)\s+(?:[\w’'-]+\s+){0,5}?"
_TOLD = re.compile(r"\b(?:told|tells|telling)\s+$")
# How a medium or what it did stands before it; the number is its place from the speaker outward.
_BEFORE = (
    (1, re.compile(r"\b(?i:speaking|spoke|talking|talked)\s+(?:to|with|on)\s+$")),
    (1, re.compile(rf"{_IN}{_PIECE}{_DAY}\s+(?:with|to|for)\s+$")),
    (1, re.compile(rf"{_IN}{_SPEECH}{_DAY}\s+(?:on|in)\s+$")),
    (1, re.compile(r"\b(?:wrote|writes|writing)\s+in\s+$")),
    (2, re.compile(rf"\b{_PIECE}{_DAY}\s+{_PASSED}{_DAY}\s+(?:by|on|in|to)\s+$")),
    (2, re.compile(rf"\b(?:quoted|cited)(?:\s+as\s+saying)?{_DAY}\s+(?:by|in|on)\s+$")),
    (
        2,
        re.compile(
            rf"(?:,|\bas|\bwas|\bwere)\s+(?:reported|relayed|carried)\s+(?:{_DAY}\s+)?by\s+$"
        ),
    ),
)
_SEEN = re.compile(
    r"\b(?:seen|obtained|reviewed|viewed|released|published|issued|carried|aired|broadcast)"
    r"\s+by\s+$|\b(?:shown|leaked)\s+to\s+$|\bshared\s+with\s+$"
)
_ON_AIR = re.compile(
    r"\b(?:said|says|saying|speaking|spoke|appearing|appeared|aired|day|morning|night|evening|live)"
    r"\s+on\s+$"
)
_AIRED = re.compile(r"(?i)\b(?:tv|television|radio)\b")
_ACCORDING = re.compile(r"\b(?i:according\s+to)\s+$")
_CITING = re.compile(r"\b(?:citing|quoting)\s+$")
_AND = re.compile(r"\s*(?:,\s*|\s+)(?:and\s+)?$")
_QUOTED = re.compile(r"\s+(?:has\s+|had\s+|also\s+)*(?:quoted|quotes|cited|cites)\s")
_REPORTED = re.compile(
    r"(?:\s+(?:also|later|has|had))*\s+(?:reported|reports|said|says|wrote)\b"
    rf"{_DAY}\s*(?:[.;]|,|citing\b|quoting\b|$)"
)
PLATFORMS = [
    "Telegram",
    "Facebook",
    "Instagram",
    "Twitter",
    "YouTube",
    "TikTok",
    "Weibo",
    "WeChat",
    "WhatsApp",
    "VKontakte",
    "VK",
    "LinkedIn",
    "Bluesky",
    "Threads",
    "Mastodon",
    "Reddit",
    "Substack",
    "Viber",
    "Signal",
    "X",
] + ["Truth Social"]
"""Where people publish their own words; a platform knows nothing of what is said on it."""
_PLATFORM = re.compile(rf"\b(?:{'|'.join(PLATFORMS)})\b(?![’'-])")
_ON = re.compile(
    r"\b(?:on|via|through|(?:posted|post|took|wrote)\s+to)\s+(?:[\w’'-]+\s+){0,3}?$|\bon\s+$"
)
_POSTED_ON = re.compile(
    r"\b(?:post(?:s|ed|ing)?|wrote|writing|writes|statement|message|account|video|thread|said)\b"
    r"[^.;“”\"]{0,40}\s(?:on|to|platform|network|site)\s+$"
)
_IN_A = re.compile(r"\b(?i:in|via|through)\s+(?:[\w’'-]+\s+){1,3}?$")
_POST = re.compile(r"\s+(?:post|message|video|statement|story|live|channel|thread|account)\b")
_OTHERS = re.compile(r"\s+(?:channels|users|accounts|posts|groups)\b")
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Lt)\.)(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Col)\.)"
    r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘'(]?[A-ZÀ-Þ\d])|\n\s*\n"
)
_ADDS = re.compile(r"\b(?:add(?:ed|s)|continued|went on)\b")
_REACH = 250
"""Characters between a cue and a medium that belongs to it, without the content between them."""
_FAR = 600
"""Characters within which "he added" goes on with what was said through the same channel."""


class Spoken(Protocol):
    """What is needed of an attribution; spans are in the article's text."""

    @property
    def source(self) -> tuple[Span, ...]: ...
    @property
    def cue(self) -> tuple[Span, ...]: ...
    @property
    def content(self) -> tuple[Span, ...]: ...
    @property
    def speaker(self) -> str | None: ...
    @property
    def parent(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Channel:
    """A medium or platform, where the text names it, and its place from the speaker outward.

    `lead` is where the words begin that say what it did; `is_told` if it was spoken to directly,
    `is_of_document` if it passed on a thing ("a report seen by …").
    """

    name: str
    evidence: Span
    place: int
    lead: int
    is_told: bool = False
    is_of_document: bool = False
    is_quoting: bool = False


class Channels:
    """Finds the channels of the attributions of one article."""

    def __init__(self, text: str, media: Media) -> None:
        self._text = text
        self._media = media
        ends = [m.end() for m in _SENTENCE_END.finditer(text)]
        self._edges = [0, *ends, len(text)]
        self._read: dict[Span, list[Channel]] = {}

    def of(self, attributions: Sequence[Spoken]) -> list[tuple[Channel, ...]]:
        """The channels of each attribution, in its own words; innermost first."""
        found: list[list[Channel]] = [[] for _ in attributions]
        sentences = [self._sentence(a) for a in attributions]
        for sentence in dict.fromkeys(s for s in sentences if s is not None):
            inside = [i for i, s in enumerate(sentences) if s == sentence]
            for channel in self._in(sentence):
                gaps = {i: self._gap(channel, i, attributions) for i in inside}
                near = min((gap for gap in gaps.values() if gap is not None), default=_REACH)
                for i, gap in gaps.items():
                    if gap is not None and gap == near < _REACH:
                        found[i].append(channel)
        ordered = [tuple(sorted(some, key=lambda c: c.place)) for some in found]
        return self._continued(attributions, ordered)

    def _sentence(self, attribution: Spoken) -> Span | None:
        """The sentence in which the cue stands."""
        if not attribution.cue:
            return None
        at = attribution.cue[0].start
        return next((Span(a, b) for a, b in pairwise(self._edges) if a <= at < b), None)

    def _in(self, sentence: Span) -> list[Channel]:
        if sentence not in self._read:
            media = list(self._passing_on(sentence))
            self._read[sentence] = [*media, *self._platforms(sentence)]
        return self._read[sentence]

    def _passing_on(self, sentence: Span) -> Iterator[Channel]:
        """The media of a sentence beside which it says that they passed something on."""
        last: Channel | None = None
        has_reporter = False
        for medium in self._media.mentions(*sentence):
            lead = self._text[sentence.start : medium.span.start]
            after = self._text[medium.span.end : sentence.end].rstrip()
            between = self._text[last.evidence.end : medium.span.start] if last else None
            if last is not None and between and _AND.fullmatch(between) and medium.is_sure:
                channel: Channel | None = Channel(
                    medium.name, medium.span, last.place, last.lead, last.is_told
                )
            elif has_reporter and _CITING.search(lead):
                channel = Channel(medium.name, medium.span, 2, medium.span.start)
            else:
                channel = _passed_on(medium, lead, after, sentence.start)
            has_reporter |= channel is not None and channel.place == 3
            if channel is not None:
                last = channel
                yield channel

    def _platforms(self, sentence: Span) -> Iterator[Channel]:
        for match in _PLATFORM.finditer(self._text, *sentence):
            lead = self._text[sentence.start : match.start()]
            after = self._text[match.end() : sentence.end]
            is_plain = match.group() not in ("X", "Signal", "Threads", "VK")
            where = _ON if is_plain else _POSTED_ON
            posted = where.search(lead) if not _OTHERS.match(after) else None
            posted = posted or (_IN_A.search(lead) if _POST.match(after) else None)
            if posted is not None:
                begin = sentence.start + posted.start()
                yield Channel(match.group(), Span(*match.span()), 1, begin)

    def _gap(self, channel: Channel, index: int, attributions: Sequence[Spoken]) -> int | None:
        """Characters between a channel and the attribution's cue; None if it can't be its own."""
        a = attributions[index]
        at = channel.evidence
        if any(_overlap(at, span) for span in a.content):
            return None
        if a.parent is not None and not any(
            span.start <= at.start and at.end <= span.end for span in attributions[a.parent].content
        ):
            return None
        own = [span for span in a.source if _overlap(at, span)]
        if any(channel.lead < span.start or channel.lead == at.start for span in own):
            return None  # it is the source itself
        if channel.is_of_document and not own:
            return None
        verb = Span(channel.lead, at.start)
        if channel.is_told and not any(_overlap(verb, span) for span in a.cue):
            return None  # "Vale, who told TASS …, said": not said to TASS
        if channel.is_quoting and not self._is_quoted(channel, a):
            return None
        if channel.place == 3 and self._is_of_another(channel, index, attributions):
            return None
        return _between(at, a.cue, a.content)

    def _is_quoted(self, channel: Channel, a: Spoken) -> bool:
        """Whether a medium that quotes somebody quotes this source: "TASS quoted him as saying"."""
        cue = self._text[a.cue[0].start : a.cue[-1].end]
        follows = any(0 <= s.start - channel.evidence.end < 40 for s in (*a.source, *a.cue))
        return follows and ("saying" in cue or "quot" in cue or "cit" in cue)

    def _is_of_another(self, channel: Channel, index: int, attributions: Sequence[Spoken]) -> bool:
        """Whether ", Yonhap said" reports another thing: it is the source of other words."""
        own = attributions[index].content
        for other in attributions:
            if any(_overlap(channel.evidence, span) for span in other.source):
                return not any(_overlap(a, b) for a in own for b in other.content)
        return False

    def _continued(
        self, attributions: Sequence[Spoken], channels: list[tuple[Channel, ...]]
    ) -> list[tuple[Channel, ...]]:
        """The same for what the speaker goes on to say: "told AFP …, adding …", "he added"."""
        out = list(channels)
        starts = [a.cue[0].start if a.cue else -1 for a in attributions]
        order = sorted((i for i in range(len(out)) if attributions[i].cue), key=lambda i: starts[i])
        for k, after in enumerate(order):
            b = attributions[after]
            before = next((i for i in order[:k][::-1] if attributions[i].parent == b.parent), None)
            if before is None or out[after] or starts[after] - starts[before] > _FAR:
                continue
            a = attributions[before]
            adds = _ADDS.search(self._text[b.cue[0].start : b.cue[-1].end]) is not None
            shares = bool(a.source) and a.source == b.source
            if a.speaker == b.speaker and (adds or shares):
                out[after] = out[before]
        return out


def _passed_on(medium: Medium, lead: str, after: str, start: int) -> Channel | None:
    """The channel that a medium is by the words before or after it; None if they don't say so."""
    name, span = medium.name, medium.span
    if told := _TOLD.search(lead):
        return Channel(name, span, 1, start + told.start(), is_told=True)
    for place, pattern in _BEFORE:
        if found := pattern.search(lead):
            return Channel(name, span, place, start + found.start())
    if seen := _SEEN.search(lead):
        return Channel(name, span, 0, start + seen.start(), is_of_document=True)
    is_aired = medium.is_sure and (not name.startswith(UNNAMED) or _AIRED.search(name))
    if is_aired and (aired := _ON_AIR.search(lead)):
        return Channel(name, span, 1, start + aired.start())
    if not medium.is_sure or name.startswith(UNNAMED):
        return None
    if according := _ACCORDING.search(lead):
        return Channel(name, span, 3, start + according.start())
    if _QUOTED.match(after):
        return Channel(name, span, 2, span.start, is_quoting=True)
    if lead.rstrip().endswith((",", ",”", ',"')) and _REPORTED.match(after):
        return Channel(name, span, 3, span.start)
    return None


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _between(at: Span, cue: Sequence[Span], content: Sequence[Span]) -> int:
    """Characters between a span and the nearest part of a cue, the content's not counted."""
    gaps = []
    for span in cue:
        low, high = (span.end, at.start) if span.end <= at.start else (at.end, span.start)
        skipped = sum(max(0, min(high, c.end) - max(low, c.start)) for c in content)
        gaps.append(max(0, high - low - skipped))
    return min(gaps)
