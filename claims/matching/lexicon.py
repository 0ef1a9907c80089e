"""Words that say what a wording is: negations, reversals, verbs of saying, mere form words."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEGATIONS = _words(
    """not never no none nobody nothing neither nor without cannot isn't aren't wasn't weren't
    don't doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't ain't"""
)
REVERSALS = _words(
    """deny denied denies denying reject rejected rejects rejecting false falsely lie lies lied
    lying untrue wrong dismiss dismissed dismisses dispute disputed disputes refute refuted
    refutes contradict contradicted myth debunked fail failed fails refuse refused refuses
    lack lacks lacked unlikely impossible oppose opposed opposes opposing against stop stopped
    end ended avoid avoided absence hardly barely fake hoax fabricated baseless unfounded"""
)
"""Words that turn the meaning of what stands with them, without being negations."""

STOP_WORDS = NEGATIONS | _words(
    """a an the of to in on at by for with from as and or but if that which who whom whose this
    these those it its he his him she her hers they them their we our us you your i my me be
    is are was were been being has have had having do does did will would can could may might
    shall should must there here what when where why how so than then too very just also only
    more most much many such said says say saying told about into over under after before up
    down out off all any some both each other another own same"""
)
GENERAL = _words(
    """agains becaus campai candid countr going like new one party people politi presid state
    states suppor"""
)
"""Stems that news has of everything: sharing one tells nothing about a claim."""
SAYING = _words(
    """said say says saying told tell tells telling added add adds adding according reported
    report reports stated state states noted note notes wrote write writes announced announce
    announces confirmed confirm confirms explained explain explains continued recalled
    remarked argued argue argues claimed claim claims insisted insist insists asserted assert
    asserts declared concluded observed replied responded testified tweeted acknowledged
    acknowledge acknowledges admitted admit admits showed show shows found find finds revealed
    reveal reveals suggested suggest suggests indicated indicate indicates maintained
    contended alleged accused accuses accusing pointed made quoted believes believe believed
    thinks think thought denied deny denies denying disputed rejected warned warn warns"""
)
"""Cues whose content is a proposition by itself; with others ("urged", "refused") the claim is
that the source has this attitude to it."""

NO_NOUN = _words(
    """about after and are as at away back because before but by during for from had has in into
    is off on or out over than that the there to up was when where which while who will with"""
)
"""After "her" these words show that it is no possessive: "whisked her away"."""

NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
}  # fmt: skip
