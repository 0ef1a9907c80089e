"""What the program writes to a terminal, and how article text is kept from steering it.

Text of articles, file names and whatever else comes from outside is shown as `rich.text.Text`
made by `harmless`: no markup, no escape sequence, no change of writing direction is obeyed. JSON
goes through `json_line`, which writes the same characters as `\\uXXXX`, so that nothing is lost.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from claims.errors import ClaimsError

# Control characters but tab and line feed; marks, embeddings, overrides and isolates of the
# bidirectional algorithm (UAX #9); line and paragraph separators; deprecated formatting
# characters, interlinear marks and tags, which are invisible; lone surrogates (file names that
# are not UTF-8).
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def harmless(text: str) -> str:
    """`text` with every character a terminal would obey replaced by a visible sign for it.

    C0 controls become their control pictures (ESC is `␛`), others their code point (`<U+202E>`).
    Tabs and line feeds stay.
    """
    return _OBEYED.sub(lambda found: _picture(found.group()), text)


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def one_line(text: str, limit: int | None = None) -> str:
    """`text` made harmless, white space folded, cut after whole words to `limit` characters."""
    folded = harmless(" ".join(text.split()))
    if limit is None or len(folded) <= limit:
        return folded
    head = folded[: limit - 1]
    words = head.rpartition(" ")[0] if " " in head[limit // 2 :] else head
    return words + "…"


def plain(text: str, style: str = "") -> Text:
    """Text from outside as a terminal may show it."""
    from rich.text import Text

    return Text(harmless(text), style=style)


def output() -> Console:
    """Standard output for tables; 80 columns where it is no terminal and COLUMNS is not set."""
    return _console(sys.stdout)


def messages() -> Console:
    """Standard error, for progress, notes and errors."""
    return _console(sys.stderr)


def _console(stream: IO[str]) -> Console:
    from rich.console import Console

    class _Console(Console):
        """Leaves a closed pipe to the caller, who knows what is done and what is not."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return _Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)


def make_streams_safe() -> None:
    """Let no character fail on a terminal that can't write it, nor a stream that is closed."""
    # Python has None for a stream that the shell closed (`>&-`).
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(message: str) -> None:
    """A note to the user on standard error: plain, one paragraph, not wrapped."""
    messages().print(plain(message), soft_wrap=True)


def complain(error: ClaimsError) -> None:
    """An expected failure on standard error, its repair on a line of its own."""
    from rich.text import Text

    # Indented, so that a line feed in a file's name can't begin a line that looks like ours.
    message = error.message.replace("\n", "\n  ")
    lines = Text.assemble(("error: ", "bold red"), plain(message))
    if error.repair:
        lines.append("\n  ").append("repair: ", "bold").append_text(plain(error.repair))
    messages().print(lines, soft_wrap=True)


def json_line(value: Any, *, indent: int | None = None) -> None:
    """Write `value` as JSON and a line end to standard output.

    Characters that a terminal obeys are escaped; others are written as they are where the
    encoding is UTF-8.
    """
    is_utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json_text(value, indent=indent, ascii_only=not is_utf8) + "\n")


def json_text(value: Any, *, indent: int | None = None, ascii_only: bool = False) -> str:
    """`value` as JSON in which every character that a terminal obeys is escaped."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    return _OBEYED.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


@contextmanager
def progress(
    task: str, unit: str, total: int | None, *, while_printing: bool = False
) -> Iterator[Callable[[int], None]]:
    """A function that counts finished `unit`s: as a bar on a terminal, else as a few plain lines.

    Both go to standard error. `total` is None where it isn't known before the end. A command that
    prints its results as it goes says so by `while_printing`: if they go to a terminal, they are
    the progress, and nothing else is shown.
    """
    if while_printing and sys.stdout.isatty():
        yield lambda _count: None
        return
    console = messages()
    if not console.is_terminal:
        with _plain_progress(console, task, unit, total) as advance:
            yield advance
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    # Rich would send standard output to the bar's console, which is standard error.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        running = bar.add_task(task, total=total)
        yield lambda count: bar.advance(running, count)


@contextmanager
def _plain_progress(
    console: Console, task: str, unit: str, total: int | None
) -> Iterator[Callable[[int], None]]:
    """A line at each tenth of the whole, or at each doubling where the whole isn't known."""
    done, due = 0, 0 if total is None else total / 10

    def advance(count: int) -> None:
        nonlocal done, due
        done += count
        if total is None and done >= max(due, 1):
            due = 2 * done
        elif total is not None and done >= due:
            due = done + total / 10
        else:
            return
        whole = "" if total is None else f" of {total}"
        console.print(f"{task}: {done}{whole} {unit}", soft_wrap=True)

    yield advance


def silence_output() -> None:
    """Point standard output at nothing, after its reader has gone away.

    Without it the interpreter fails again when it flushes at its end (Python's note on SIGPIPE).
    """
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
