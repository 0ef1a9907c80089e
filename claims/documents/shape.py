"""What a line is, from its own shape: caption, credit, or the furniture of a web page.

Every test adds up marks that such lines share on any site. None of them is certain, so each
returns a score, and the labeller asks for more of it where a paragraph of the story is likelier.
"""

from __future__ import annotations

import re

from claims.documents.agencies import AGENCY
from claims.documents.dates import find_dates
from claims.documents.lines import ends_sentence

_QUOTED = re.compile(r"[\"“”«»]|(?<!\w)[‘']\w.*[’'](?!\w)")
_SAID = re.compile(r"\b(?:said|says|told|according to|added|reported)\b")

# --- captions -------------------------------------------------------------------------------
_PICTURE = r"(?:photo(?:s|graph|graphs)?|pictures?|images?|video|frame ?grab|screen ?(?:grab|shot)|illustration|graphic)"
_CAPTION_START = re.compile(rf"(?:file\s+)?(?:{_PICTURE}|caption|file)\s*[:—–|]\s*\S", re.I)
_THIS_PHOTO = re.compile(
    rf"\b(?:this|these) (?:[\w.-]+ ){{0,3}}{_PICTURE}\b|\b(?:file|undated|handout|combination) {_PICTURE}\b"
    r"|\bis (?:seen|pictured|shown) (?:in|at|on|here|during|with)\b"
    r"|\b(?:pictured|seen) (?:here|above|below|left|right)\b",
    re.I,
)
_PLACE_IN_PHOTO = re.compile(
    r"\(\s*(?:(?:second|third|fourth|fifth|\d(?:st|nd|rd|th)) from (?:the )?(?:left|right)|left|right"
    r"|center|centre|[LRC]|front|back|top|bottom)\s*\)"
    r"|\b(?:second|third|fourth|fifth|\d(?:st|nd|rd|th)) from (?:the )?(?:left|right)\b"
    r"|\bfrom left to right\b|\bfrom left[,:]",
    re.I,
)
_SIDE = re.compile(
    r",(?:<[^<>]*>)*\s*(?:at |far |first one )?(?:left|right|center|centre|foreground|walking \w+)\s*[,.]",
    re.I,
)
_CREDIT_WORDS = (
    rf"(?:\b{_PICTURE}\s*(?::|/|\||\b(?:by|via|courtesy|credit)\b)|\bcredit\s*:|(?<!\w)©|\bcourtesy (?:of|photo)\b"
    rf"|\bhandout\s*(?:/|via)|\bgetty images\b|\bvia (?:{AGENCY})\b)"
)
# The credit is a closing phrase of its own, in brackets or after the caption's full stop.
_PHOTO_CREDIT = re.compile(
    rf"(?:[(\[*_]+|(?<=[.!?”\"’)])\s+|\s[—–|-]\s|^)(?:[\w/&'’-]+ ){{0,6}}?{_CREDIT_WORDS}[^.()\[\]]{{0,60}}\.?[)\]*_]*$"
    rf"|[(\[](?:[\w/&'’.-]+ ){{0,6}}{_PICTURE}\.?[)\]]$",
    re.I,
)
_SLASHED = re.compile(r"(?<=[.!?”\"’)])[\s(*_]+[A-Z][\w.' ]{1,30}\s?/\s?[A-Z][\w.' ]{1,30}[)*_]*$")
_TRAILING_AGENCY = re.compile(rf"(?<=[.!?”\"’)])[\s(\[*_]+{AGENCY}[)\]*_]*\.?$")
_TAG = re.compile(r"<\s*/?\s*[a-z]+[^<>]*>|\*\*\S|!\[", re.I)


def caption_score(text: str) -> int:
    """How much `text` reads like a picture's caption; 3 and more on its own leaves little doubt."""
    score = 2 * bool(_CAPTION_START.match(text)) + 2 * bool(_THIS_PHOTO.search(text))
    score += 2 * bool(_PLACE_IN_PHOTO.search(text)) + bool(_SIDE.search(text))
    if _PHOTO_CREDIT.search(text) or _SLASHED.search(text):
        score += 3 if len(text.split()) > 3 else 2
    elif _TRAILING_AGENCY.search(text):
        score += 2
    score += bool(_TAG.search(text))
    return score if len(text.split()) <= 90 else score - 2


# --- credits --------------------------------------------------------------------------------
_NAME = r"[A-ZÀ-Þ][\w.'’\-]*"
_BYLINE = re.compile(
    rf"(?:by|written by|reported by|story by|words by|text by|author:)\s+\[?(?:{_NAME}|{AGENCY})"
    r"(?P<rest>.*)$",
    re.I,
)
_REPORTING = re.compile(
    r"[(\[—–-]*\s*(?:additional |compiled |with )*(?:reporting|writing|editing|edited|translated|compiled|reporter)\b\s*(?:by|:)",
    re.I,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:reporting|research|to this \w+|from [A-ZÀ-Þ])"
    rf"|^{_NAME}(?:\s+{_NAME}){{1,3}}(?:,? and {_NAME}(?:\s+{_NAME})+)? reported from [A-ZÀ-Þ]"
)
_SLASHED_LINE = re.compile(
    rf"[(\[]?{_NAME}(?:\s+{_NAME}){{0,3}}\s?/\s?{_NAME}(?:[\s/]+{_NAME}){{0,3}}[)\]]?$"
)
_AGENCY_LINE = re.compile(
    rf"[(\[—–\-/©*_\s]*(?:\d{{4}}\s+)?(?:source\s*:\s*|with (?:inputs from )?)?\[?{AGENCY}(?:\]\([^()]*\))?"
    rf"(?:\s*(?:[/,|&]|and)\s*{AGENCY})*[)\]*_\s.]*$"
)
_NAMES_ONLY = re.compile(
    rf"{_NAME}(?:\s+(?:{_NAME}|de|van|von|bin|al|la)){{1,3}}(?:\s*[,&|/]\s*{_NAME}(?:\s+{_NAME}){{1,3}})*$"
)


def agency_line(text: str) -> bool:
    """Whether `text` is nothing but the name of one or more agencies."""
    return _AGENCY_LINE.match(text) is not None


def is_byline(text: str) -> bool:
    """Whether `text` names the author: "By Ana Quill", "By [AFP](#)"."""
    found = _BYLINE.match(text)
    if not found or len(text.split()) > 14:
        return False
    small = [w for w in found["rest"].split() if w[0].islower()]
    return len(small) <= 4 and not (ends_sentence(text) and len(text.split()) > 5)


def credit_score(text: str) -> int:
    """How much `text` reads like a credit: 2 certain, 1 where the story's body is not."""
    words = text.split()
    if agency_line(text) or is_byline(text) or _SLASHED_LINE.match(text):
        return 2
    if len(words) <= 60 and (_REPORTING.match(text) or _CONTRIBUTED.search(text)):
        return 2
    if is_stamp(text):
        return 2
    return int(_NAMES_ONLY.match(text) is not None)


_STAMP_WORDS = frozenset(
    "date on at by in published updated posted last modified first min mins minute minutes read "
    "am pm a.m p.m et gmt utc edt est local time views comments share".split()
)


def is_stamp(text: str) -> bool:
    """Whether `text` is a date with at most a few words about it, and no sentence."""
    dates = find_dates(text)
    if not dates or (ends_sentence(text) and not text.endswith("m.")):
        return False
    rest = (text[: dates[0].span.start] + " " + text[dates[-1].span.end :]).split()
    small = [w for w in rest if w[0].islower() and w.strip(",.:;").lower() not in _STAMP_WORDS]
    return not small and not text.endswith(":") and len(rest) <= 8


# --- page furniture -------------------------------------------------------------------------
_CHROME = re.compile(
    r"\b(?:subscri(?:be|ber|bers|ption|ptions)|newsletters?|sign(?:ing)? ?(?:up|in)|log ?(?:in|out)"
    r"|regist(?:er|ration)|comments?|commenting|cookies?|privacy|terms (?:of|and)|all rights reserved"
    r"|copyright|advert(?:isement|ising|isements)?|sponsored|promoted|share (?:this|on|via)|shares?"
    r"|follow (?:us|him|her|them|on|\w+ \w+ on)|click here|see (?:also|more)|also read"
    r"|read (?:more|also|next|the (?:full|rest))|more (?:from|on|stories|news)"
    r"|you (?:may|might) (?:also )?like|related(?: \w+)?$|most (?:read|popular|viewed)|trending"
    r"|recommend(?:ed|ation|ations)|editors?['’]s? picks?|our (?:app|apps|journalism|newsletter"
    r"|coverage|team|channel|website|site|reporting|work)|ad[- ]free|donat(?:e|ion)|support us"
    r"|members?hip|bookmark|unlimited access|free trial|inbox|notifications?|continue reading"
    r"|skip to|back to top|load(?:ing)? more|view (?:all|more|comments)|print this"
    r"|original (?:url|link|article|source)|permalink|e-?mail (?:this|address)|whatsapp|facebook"
    r"|twitter|instagram|linkedin|tags?\s*:|topics?\s*:|categor(?:y|ies)\s*:|filed under"
    r"|copy link|min(?:ute)?s? read|(?:next|previous) (?:article|story)"
    r"|(?:on )?this (?:article|story|page|site))(?!\w)|@\w{3,}|#\w+\b|(?<!\w)©",
    re.I,
)
_RIGHTS = re.compile(r"all rights reserved|\bcopyright\b|(?<!\w)©|\bfollow\b.{0,80}@\w", re.I)
_READER = re.compile(r"\b(?:you|your|yours|our)\b", re.I)
_IMPERATIVE = re.compile(
    r"(?:please\s+)?(?:subscribe|sign|click|follow|read|share|watch|download|join|log|register|support|get|view|see"
    r"|listen|enter|like|tap|donate|try|become|buy|unlock|continue|find|discover|print|save|please)\b",
    re.I,
)
_URL = re.compile(r"<?(?:https?://|www\.)\S+>?", re.I)
_TRAIL = re.compile(r"\s[>»›]\s|\w\s?>\s?\w|\S\s+\|\s+\S.*\s\|\s|\s[»›]$")
_LABEL = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)?:$")
_PREFIX = re.compile(
    r"(?:also |further |more )?(?:read|related|watch|see|more|listen|also|next|up next|video|in pictures|opinion|live)"
    r"(?:\s+(?:also|more|next|this|on|stories|now))?\s*[:|>»]\s*\S",
    re.I,
)


def chrome_score(text: str) -> int:
    """How much `text` reads like the furniture of a web page; 4 and more leaves little doubt."""
    words = len(text.split())
    bare = _URL.sub(" ", text)
    if not any(c.isalpha() for c in bare):
        return 9
    if bare != text and len(bare.split()) <= 4:
        return 6
    if words > 60 or _QUOTED.search(text) or _SAID.search(text):
        return 0
    ends = ends_sentence(text)
    asks = bool(_READER.search(text)) + bool(_IMPERATIVE.match(text))
    if ends and not asks and not _RIGHTS.search(text):
        return 0  # whole sentences that turn to nobody are prose, whatever they speak of
    score = 2 * min(len(_CHROME.findall(text)), 4)
    if not ends:
        score += 4 * bool(_TRAIL.search(text)) + 4 * bool(_PREFIX.match(text))
    if score:
        score += asks + (not ends) + (words <= 3)
    return score - 2 * (ends and words > 25)


def label_word(text: str) -> str | None:
    """The word of a stray label such as "Embed:", or None."""
    return text[:-1] if _LABEL.match(text) and not text.isupper() else None
