"""Whether a line is the furniture of a web page: navigation, links, offers, requests."""

from __future__ import annotations

import re

from claims.documents.lines import ends_sentence

_QUOTED = re.compile(r"[\"“”]|«\S|\S»|(?<!\w)[‘']\w.*[’'](?!\w)")
_SAID = re.compile(r"\b(?:said|says|told|according to|added|reported)\b")
_WORDS = re.compile(
    r"\b(?:subscri(?:be|ber|bers|ption|ptions)|newsletters?|sign(?:ing)? ?(?:up|in)|log ?(?:in|out)"
    r"|regist(?:er|ration)|comments?|commenting|cookies?|privacy|terms (?:of|and)"
    r"|all rights reserved|copyright|advert(?:isement|ising|isements)?|sponsored|promoted"
    r"|share (?:this|on|via)|shares?"
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
    r"(?:^|[.!?]\s+)(?:please\s+)?(?:subscribe|sign|click|follow|read|share|watch|download|join|log|register"
    r"|support|get|view|see|listen|enter|like|tap|donate|try|become|buy|unlock|continue|find"
    r"|discover|print|save|please)\b",
    re.I,
)
_URL = re.compile(r"<?(?:https?://|www\.)\S+>?", re.I)
_TRAIL = re.compile(r"\s[·•]\s.*\s[·•]\s|\s[>»›]\s|\w\s?>\s?\w|\S\s+\|\s+\S.*\s\|\s|\s[»›]$")
_INITIALS = re.compile(r"[a-z]{1,4}(?:/[a-z]{1,4})+$")
# The article speaking of itself: how it was written, translated, first published, updated.
_ABOUT_ITSELF = re.compile(
    r"(?:\W|editor['’]s note:\s*)*this (?:is an? )?(?:[\w-]+ ){0,3}"
    r"(?:article|story|column|page|post|translation|dispatch)\b.{0,60}?\b(?:written|published|produced"
    r"|translated|generated|updated|corrected|edited|syndicated|provided|republished|appeared"
    r"|reproduced)\b",
    re.I,
)
_LABEL = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)?:$")
_PREFIX = re.compile(
    r"(?:also |further |more )?(?:read|related|watch|see|more|listen|also|next|up next|video"
    r"|in pictures|opinion|live)"
    r"(?:\s+(?:also|more|next|this|on|now|topics?|stories|articles|reading|coverage|news|links))?\s*[:|>»]\s*\S",
    re.I,
)


def furniture_score(text: str) -> int:
    """How much `text` reads like the furniture of a web page; 4 and more leaves little doubt."""
    words = len(text.split())
    bare = _URL.sub(" ", text)
    if not any(c.isalpha() for c in bare):
        return 9
    if (bare != text and len(bare.split()) <= 4) or _INITIALS.match(text):
        return 6
    if words <= 60 and _ABOUT_ITSELF.match(text):
        return 6
    if words > 60 or _QUOTED.search(text) or _SAID.search(text):
        return 0
    ends = ends_sentence(text)
    asks = bool(_READER.search(text)) + bool(_IMPERATIVE.search(text))
    if ends and not asks and not _RIGHTS.search(text):
        return 0  # whole sentences that turn to nobody are prose, whatever they speak of
    score = 2 * min(len(_WORDS.findall(text)), 4)
    if not ends:
        score += 4 * bool(_TRAIL.search(text)) + 4 * bool(_PREFIX.match(text))
    if score:
        score += asks + (not ends) + (words <= 3)
    return score - 2 * (ends and words > 25)


def stray_label(text: str) -> str | None:
    """The word of a stray label such as "Embed:", or None."""
    return text[:-1] if _LABEL.match(text) and not text.isupper() else None
