"""Through whom the words of an attribution came, from its speaker outward.

Whoever an attribution lies in carries it: in "KCNA said Russia wishes …" the wish reaches us on
KCNA's word. So does a medium or platform that the sentence itself says the speaker spoke to or was
quoted by ("told TASS", "in a post on Telegram", "…, Yonhap reported"). The agency whose dispatch
the article is and the outlet come last, from the article's metadata. A body stands in a chain once,
in its innermost place, and the speaker never.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.records import Carrier, CarrierRole, Document, Span
from claims.sources.answers import AUTHOR, NONE
from claims.sources.channels import Channels, Spoken
from claims.sources.citing import cited_by
from claims.sources.media import UNNAMED, Media, Resolving, body_key


@dataclass(frozen=True, slots=True)
class _Link:
    carrier: Carrier
    keys: frozenset[str]


def name_cited(
    document: Document, attributions: Sequence[Spoken], registry: Resolving | None = None
) -> list[tuple[Carrier, ...]]:
    """Whom the media that speak in an article cite, for each attribution in the order given."""
    media = _media_of(document, registry)
    return [cited_by(document.text, one, media) for one in attributions]


def _media_of(document: Document, registry: Resolving | None) -> Media:
    facts = (document.wire, document.outlet)
    return Media(document.text, tuple(f.value for f in facts if f.value), registry)


def name_carriers(
    document: Document, attributions: Sequence[Spoken], registry: Resolving | None = None
) -> list[tuple[Carrier, ...]]:
    """The carriers of each attribution of an article, innermost first, in the order given.

    Evidence is in characters of `document.text`. A registry, where there is one, says which names
    are media; without it only agencies and names that tell are known.
    """
    media = _media_of(document, registry)
    chains = _Chains(document, attributions, media)
    return [chains.of(i) for i in range(len(attributions))]


class _Chains:
    def __init__(self, document: Document, attributions: Sequence[Spoken], media: Media) -> None:
        self._document = document
        self._attributions = attributions
        self._media = media
        self._channels = Channels(document.text, media).of(attributions)

    def of(self, index: int) -> tuple[Carrier, ...]:
        """The chain of one attribution, each body once."""
        own = self._attributions[index]
        taken = self._keys(own.speaker or NONE)
        for cited in cited_by(self._document.text, own, self._media):
            taken |= self._keys(cited.name)  # it stands inward of the speaker
        chain: list[Carrier] = []
        for link in self._links(index):
            if not link.keys <= taken:
                chain.append(link.carrier)
                taken |= link.keys
        return tuple(chain)

    def _links(self, index: int) -> Iterator[_Link]:
        """All links from the speaker outward, a body as often as it is named."""
        for i in self._outward(index):
            if i != index:
                for cited in cited_by(self._document.text, self._attributions[i], self._media):
                    yield _Link(cited, self._keys(cited.name))
                yield from self._heard_from(self._attributions[i])
            for channel in self._channels[i]:
                yield self._link(channel.name, CarrierRole.CITED, channel.evidence)
        for fact, role in (
            (self._document.wire, CarrierRole.CARRIED),
            (self._document.outlet, CarrierRole.PUBLISHED),
        ):
            if fact.value:
                yield self._link(fact.value, role, fact.evidence)

    def _outward(self, index: int) -> list[int]:
        """The attribution, the one it lies in, and so on; a ring of parents is cut."""
        path = [index]
        while (above := self._attributions[path[-1]].parent) is not None and above not in path:
            path.append(above)
        return path

    def _heard_from(self, parent: Spoken) -> Iterator[_Link]:
        """The speaker of an outer attribution: nobody where it has none, or is the author's own.

        Where the program could not tell who it is, the chain says so rather than seem shorter.
        """
        speaker = parent.speaker or NONE
        if speaker in (NONE, AUTHOR) or not parent.source:
            return
        evidence = Span(*parent.source[0])
        yield self._link(self._media.record_name(speaker), CarrierRole.CITED, evidence)

    def _link(self, name: str, role: CarrierRole, evidence: Span | None) -> _Link:
        return _Link(Carrier(name, role.value, evidence), self._keys(name))

    def _keys(self, speaker: str) -> frozenset[str]:
        """The bodies that a speaker string names; none where it names nobody."""
        if speaker in (NONE, AUTHOR):
            return frozenset()
        if speaker.startswith(UNNAMED):
            return frozenset({speaker.casefold()})
        return frozenset(
            body_key(self._media.record_name(name.strip())) for name in speaker.split(";")
        )
