"""Invented stories for tests of copies: an agency's dispatch, and an independent one."""

from __future__ import annotations

from claims.matching.body import Body, read
from claims.records import Span

DISPATCH = (
    "The harbour of Port Ansel was closed to all ships on Tuesday after a crane fell across the"
    " northern channel, the port authority said.",
    "Divers found that two of the four piers which carry the crane rails had been washed hollow by"
    " the autumn storms, and engineers were measuring the others.",
    "“We will not open the channel before every pier has been looked at,” harbour master Ilse"
    " Tarrow told reporters. “That will take as long as it takes.”",
    "Some 30 freighters lay at anchor in the bay by nightfall, most of them with grain for the"
    " mills of the lowlands, which have stocks for nine days.",
    "The union of the crane drivers said that it had warned of cracks in the piers in March and"
    " again in June, and had been told that there was no money for repairs.",
    "A spokesman for the transport ministry rejected that, saying that the repairs had been paid"
    " for and that the work was to begin in the spring.",
    "Fishermen from the island of Sund, who land their catch in the harbour, were told to use the"
    " small basin at Kell Bridge, half a day to the south.",
    "The crane, built in 1961, was the largest on the coast and stood under protection as a"
    " monument of engineering.",
    "It fell at low water, when nobody was on the quay, and sank a barge loaded with timber.",
    "Insurers put the damage at 40 million crowns, not counting what the waiting ships lose.",
)
"""Paragraphs, the weightiest first."""

OTHER = (
    "Bakers in the lowlands may run short of flour within two weeks, since the fallen crane keeps"
    " grain ships out of Port Ansel.",
    "Mill owners met in the guildhall on Wednesday and agreed to share what they have, one of them"
    " said on leaving.",
    "“We will not open the channel before every pier has been looked at,” the harbour master, Ilse"
    " Tarrow, had said. “That will take as long as it takes.”",
    "In Kell Bridge, the queue in front of the Whitlock bakery reached the church by eight in the"
    " morning, though the shelves were full.",
    "The government has asked Kordania to let trains with wheat cross the Grey Ford, which has had"
    " no freight since the spring.",
    "A loaf costs two crowns more than a week ago. Price controls are not planned, the cabinet let"
    " it be known.",
)
"""An independent story on the same event, with the same quotation."""

MENU = ("Home", "Politics and world", "Sport on Sunday", "Sign up for our morning letter") * 6


def text_of(*paragraphs: str) -> str:
    """The paragraphs as a text."""
    return "\n\n".join(paragraphs)


def body(*paragraphs: str) -> Body:
    """The body of a text that has these paragraphs and nothing else."""
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return read(text_of(*paragraphs), spans)
