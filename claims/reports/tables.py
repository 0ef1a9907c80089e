"""Reports on a terminal, readable at 80 columns, with colour or without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claims.reports.said import (
    UNNAMED,
    ArticleReport,
    Said,
    SpeakerReport,
    chain_line,
    commitment,
    spoken_name,
)
from claims.reports.standing import known_name
from claims.review.items import Status
from claims.store.rows import ArticleRow, AttributionRow
from claims.terminal import one_line, plain

MAX_WORDS = 240
CHECKED = "✓"
"""Longer contents are cut, in characters; `claims show` has them whole."""
_STANCE, _CONFIDENCE, _ARTICLE, _SPEAKER = 13, 4, 19, 18
_ENDINGS = {".txt", ".text", ".html", ".htm", ".pdf"}
_COLOURS = {"denies": "red", "doubts": "red", "hedges": "yellow", "uncommitted": "cyan"}


def print_speakers(
    console: Console,
    speakers: Sequence[SpeakerReport],
    min_confidence: float,
    *,
    top: int | None = None,
) -> None:
    """Who asserts what, a block of lines for each speaker; `top` says how many speakers."""
    said = {one.row.id: one for speaker in speakers for one in speaker.said}
    articles = {one.row.article_id for one in said.values()}
    console.print(
        Text("Who asserts what", style="bold")
        + Text(
            f": {_count(len(said), 'attribution')} by {_count(len(speakers), 'speaker')} "
            f"in {_count(len(articles), 'article')}"
        )
    )
    if not said:
        console.print("Nothing in the database matches.")
        return
    console.print(_row_table([("Stance", "Conf", "Words", "Article")], header=True))
    shown = speakers[:top]
    for speaker in shown:
        doubtful = len(speaker.said) - speaker.firm
        counts = f"{len(speaker.said):,} in {_count(speaker.articles, 'article')}"
        console.print()
        console.print(
            Text.assemble(
                plain(one_line(spoken_name(speaker.speaker)), "bold"),
                (f"  {counts}" + (f", {doubtful:,} doubtful" if doubtful else ""), "dim"),
            )
        )
        console.print(
            _row_table(
                (_stance(one), _confidence(one), _words(one), _article(one.row))
                for one in speaker.said
            )
        )
    _legend(console, {one.row.id: one for s in shown for one in s.said}.values(), min_confidence)
    if len(shown) < len(speakers):
        console.print()
        console.print(f"{_count(len(speakers) - len(shown), 'more speaker')} without --top")


def print_articles(
    console: Console, articles: Sequence[ArticleReport], min_confidence: float
) -> None:
    """What is said in each article, in the order of its text."""
    if not articles:
        console.print("Nothing in the database matches.")
        return
    for i, article in enumerate(articles):
        if i:
            console.print()
        console.print(article_heading(article.row))
        if article.row.purged:
            console.print(Text("taken down: its text and what was found in it are gone", "dim"))
        elif not article.said:
            console.print(Text("nothing found", "dim"))
        else:
            console.print(said_table(article.said))
            console.print(Text(_origins(article), "dim"))
    _legend(console, (one for article in articles for one in article.said), min_confidence)


def said_table(said: Iterable[Said], *, numbered: bool = False) -> Table:
    """Lines of one article: who, stance, confidence, words; nested ones are indented."""
    table = Table.grid(padding=(0, 1), expand=True)
    if numbered:
        table.add_column(overflow="fold", width=4, justify="right")
    table.add_column(overflow="fold", width=_SPEAKER)
    table.add_column(overflow="fold", width=_STANCE)
    table.add_column(overflow="fold", width=_CONFIDENCE)
    table.add_column(overflow="fold", ratio=1)
    for one in said:
        name = plain(one_line(spoken_name(known_name(one.row))), "bold")
        indented = Padding(name, (0, 0, 0, 2 * min(one.depth, 3)))  # with all its lines
        number = (Text(f"[{one.row.ordinal + 1}]", "dim"),) if numbered else ()
        words = _words(one, limit=None if numbered else MAX_WORDS)
        table.add_row(*number, indented, _stance(one), _confidence(one), words)
    return table


def _origins(article: ArticleReport) -> str:
    """ "5 origins, 4 of them independent"; the same number is not said twice."""
    counted = _count(article.origins, "origin")
    if article.independent == article.origins:
        return counted
    return f"{counted}, {article.independent:,} independent"


def article_heading(row: ArticleRow) -> Text:
    """Number, title or name, outlet, agency and day of an article, in one paragraph."""
    about = [row.outlet, row.wire and f"from {row.wire}", row.published]
    known = ", ".join(one_line(part) for part in about if part)
    return Text.assemble(
        (f"#{row.id} ", "bold cyan"),
        plain(one_line(row.title or _short(row.name)), "bold"),
        (f"  {known}" if known else "", "dim"),
        (f"  {one_line(_short(row.name))}" if row.title else "", "dim"),
    )


def _row_table(rows: Iterable[Sequence[Text | str]], *, header: bool = False) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    style = "underline" if header else ""
    table.add_column(overflow="fold", width=_STANCE, style=style)
    table.add_column(overflow="fold", width=_CONFIDENCE, style=style)
    table.add_column(overflow="fold", ratio=1, style=style)
    table.add_column(overflow="fold", width=_ARTICLE, style=style)
    for row in rows:
        table.add_row(*row)
    return table


def _stance(one: Said) -> Text:
    if one.is_doubtful:
        return Text(commitment(one), "dim")
    return Text(commitment(one), _COLOURS.get(one.row.stance.value, "green"))


def _confidence(one: Said) -> Text:
    if one.row.status.is_checked:
        return Text(CHECKED, "bold green")
    return Text(f"{one.row.confidence:.2f}", "dim" if one.is_doubtful else "")


def _words(one: Said, *, limit: int | None = MAX_WORDS) -> Text:
    """Cue and content as the article has them, and under them the chain they came through."""
    style = "dim" if one.is_doubtful else ""
    head = _head(one.row)
    words = Text.assemble((f"{head}: " if head else "", f"italic {style}"))
    words.append_text(plain(one_line(one.row.content_words, limit), style))
    chain = chain_line(one)
    if chain is not None:
        words.append_text(plain(f"\n{one_line(chain)}", "dim"))
    if one.row.status is not Status.MACHINE:
        words.append_text(plain(f"\n{standing_of(one.row)}", "dim"))
    for why in (speaker.why for speaker in one.row.speakers if speaker.why):
        words.append_text(plain(f"\nunresolved: {one_line(why)}", "dim"))
    return words


def _head(row: AttributionRow) -> str:
    """The cue, after the source's own words where they don't hold the speaker's name.

    So a reader sees what was resolved: "she", "the ministry", a surname, a capital for its state.
    """
    source, cue = one_line(row.source_words, 40), one_line(row.cue_words, 60)
    name = one_line(known_name(row))
    is_plain = name.startswith(UNNAMED) or name.casefold() in source.casefold()
    return cue if is_plain or not source else f"{source} {cue}".rstrip()


def _article(row: AttributionRow) -> Text:
    name = row.outlet or _stem(row.article_name)
    return Text.assemble((f"#{row.article_id} ", "cyan"), plain(one_line(name, 40)))


def _short(name: str) -> str:
    """The last part of a path; ids and names without a folder as they are."""
    return PurePath(name).name or name


def _stem(name: str) -> str:
    """The same without the ending of a file that can be read."""
    path = PurePath(name)
    return path.stem if path.suffix.lower() in _ENDINGS else _short(name)


def _legend(console: Console, said: Iterable[Said], min_confidence: float) -> None:
    lines = list(said)
    doubtful = sum(one.is_doubtful for one in lines)
    checked = sum(one.row.status.is_checked for one in lines)
    notes = []
    if doubtful:
        notes.append(
            f"? doubtful ({doubtful:,}): the program's confidence is under "
            f"{min_confidence:g}. Read the article before you use the line."
        )
    if checked:
        notes.append(f"{CHECKED} checked by an editor ({checked:,}).")
    if len(lines) > checked:
        rest = "All other lines are" if checked else "All lines are"
        notes.append(f"{rest} the program's reading, unchecked by any editor.")
    for note in notes:
        console.print()
        console.print(Text(note, "dim"))


def standing_of(row: AttributionRow) -> str:
    """Who stands for a row that an editor decided about: "corrected by ann"."""
    return one_line(
        f"{row.status.value}: {row.reviewer}"
        if row.status is Status.UNSURE
        else f"{row.status.value} by {row.reviewer}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
