"""What a sentence says of media and platforms: that they passed on what somebody said.

"told TASS", "in an interview with CNN", "was quoted as saying by TASS", "in a post on Telegram",
"…, Yonhap reported, citing KCNA". A medium that is only named ("sued CNN") is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
    r"\b(?:said|says|saying|speaking|spoke|appearing|appeared|aired|\w*day|morning|night|evening|live)"
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
PLATFORMS = (
    "Telegram", "Facebook", "Instagram", "Twitter", "YouTube", "TikTok", "Weibo", "WeChat",
    "WhatsApp", "VKontakte", "VK", "LinkedIn", "Bluesky", "Threads", "Mastodon", "Reddit",
    "Substack", "Viber", "Signal", "Truth Social", "X",
)  # fmt: skip
"""Where people publish their own words; a platform knows nothing of what is said on it."""
_COMMON_WORDS = frozenset({"X", "Signal", "Threads", "VK"})
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


def passing_on(text: str, sentence: Span, media: Media) -> Iterator[Channel]:
    """The media and platforms of a sentence beside which it says that they passed something on."""
    yield from _media(text, sentence, media)
    yield from _platforms(text, sentence)


def _media(text: str, sentence: Span, media: Media) -> Iterator[Channel]:
    last: Channel | None = None
    has_reporter = False
    for medium in media.mentions(*sentence):
        lead = text[sentence.start : medium.span.start]
        after = text[medium.span.end : sentence.end].rstrip()
        between = text[last.evidence.end : medium.span.start] if last else None
        if last is not None and between and _AND.fullmatch(between) and medium.is_sure:
            channel: Channel | None = replace(last, name=medium.name, evidence=medium.span)
        elif has_reporter and _CITING.search(lead):
            channel = Channel(medium.name, medium.span, 2, medium.span.start)
        else:
            channel = _by_what_stands_before(medium, lead, sentence.start)
            channel = channel or _by_what_follows(medium, lead, after)
        if channel is not None:
            has_reporter |= channel.place == 3
            last = channel
            yield channel


def _by_what_stands_before(medium: Medium, lead: str, start: int) -> Channel | None:
    """The channel that the words before a medium make it ("told …", "in an interview with …")."""
    is_named = not medium.name.startswith(UNNAMED)
    tried = [(1, _TOLD, True), *((place, pattern, True) for place, pattern in _BEFORE)]
    tried += [
        (0, _SEEN, True),
        (1, _ON_AIR, medium.is_sure and (is_named or bool(_AIRED.search(medium.name)))),
        (3, _ACCORDING, medium.is_sure and is_named),
    ]
    for place, pattern, is_allowed in tried:
        found = pattern.search(lead) if is_allowed else None
        if found:
            return Channel(
                medium.name,
                medium.span,
                place,
                start + found.start(),
                is_told=pattern is _TOLD,
                is_of_document=pattern is _SEEN,
            )
    return None


def _by_what_follows(medium: Medium, lead: str, after: str) -> Channel | None:
    """The channel that a medium is by its own verb: "TASS quoted him", "…, Yonhap reported"."""
    name, span = medium.name, medium.span
    if not medium.is_sure or name.startswith(UNNAMED):
        return None
    if _QUOTED.match(after):
        return Channel(name, span, 2, span.start, is_quoting=True)
    if lead.rstrip().endswith((",", ",”", ',"')) and _REPORTED.match(after):
        return Channel(name, span, 3, span.start)
    return None


def _platforms(text: str, sentence: Span) -> Iterator[Channel]:
    for match in _PLATFORM.finditer(text, *sentence):
        lead = text[sentence.start : match.start()]
        after = text[match.end() : sentence.end]
        where = _POSTED_ON if match.group() in _COMMON_WORDS else _ON
        posted = where.search(lead) if not _OTHERS.match(after) else None
        posted = posted or (_IN_A.search(lead) if _POST.match(after) else None)
        if posted is not None:
            begin = sentence.start + posted.start()
            yield Channel(match.group(), Span(*match.span()), 1, begin)
