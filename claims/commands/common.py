"""What all commands share: the program's options, its exit codes, and how failures are told."""

from __future__ import annotations

import errno
import getpass
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from claims import terminal
from claims.commands.days import FORMS, read_day
from claims.errors import ClaimsError, StoreError
from claims.records import Stance

if TYPE_CHECKING:
    from claims.exports.claim_review import Publisher
    from claims.settings import Settings
    from claims.store import Filter, Store

FAILED = 1
"""Something failed; the rest is done."""
INTERRUPTED = 130
"""Ctrl-C, as a shell tells it (128 + SIGINT)."""
READER_GONE = 141
"""The reader of our output closed it (128 + SIGPIPE), as `head` does."""

DbOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="Database: a file, sqlite:///FILE or postgresql://USER@HOST/NAME.",
        show_default=False,
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="Model: a name that `claims model list` has, or a folder.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
SpeakerOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Only speakers with this in their name.")
]
StanceOption = Annotated[Stance | None, typer.Option(help="Only this stance.")]
SinceOption = Annotated[
    datetime | None,
    typer.Option(
        parser=read_day,
        metavar="DAY",
        help=f"Only articles published on this day or later: {FORMS}. Undated ones are left out.",
    ),
]
OutletOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Only outlets with this in their name.")
]
ConfirmedOption = Annotated[
    bool,
    typer.Option("--confirmed-only", help="Only what an editor confirmed, corrected or added."),
]
FilterOption = Annotated[
    str | None,
    typer.Option(
        "--filter",
        metavar="NAME",
        help="Options kept under this name (claims filter list); those given here go before.",
        show_default=False,
    ),
]
PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files (.txt .html .pdf .jsonl), folders, - for standard input, or pages by URL.",
        show_default=False,
    ),
]


@dataclass(slots=True)
class Choices:
    """What was chosen before the command's name; None leaves it to settings."""

    db: str | None = None
    model: str | None = None


class Program(TyperGroup):
    """The command group that turns failures into messages and exit codes."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; an expected failure is told in two lines and exits with 1."""
        terminal.make_streams_safe()
        try:
            result = super().invoke(ctx)
            # Here, and not when the interpreter ends: a closed pipe must be noticed in time.
            sys.stdout.flush()
        except ClaimsError as error:
            terminal.complain(error)
            raise typer.Exit(FAILED) from error
        except BrokenPipeError as error:
            terminal.silence_output()
            raise typer.Exit(READER_GONE) from error
        except OSError as error:
            if not tell_if_full(error):
                raise
            raise typer.Exit(FAILED) from error
        except KeyboardInterrupt as error:
            terminal.say("interrupted")
            raise typer.Exit(INTERRUPTED) from error
        return result


def tell_if_full(error: OSError) -> bool:
    """Whether a failure is that of a full disk; if so, it is told."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return False
    terminal.silence_output()
    full = ClaimsError(
        f"the disk is full: {error.filename or 'standard output'} can't be written",
        repair="make room and run the command again",
    )
    terminal.complain(full)
    return True


def database(ctx: typer.Context, db: str | None) -> str:
    """URL of the store: the command's option, the program's, CLAIMS_DB, or claims.db here."""
    default = knobs().db  # read in any case, so that a wrong setting is told at once
    return db or choices(ctx).db or default


def model_name(ctx: typer.Context, model: str | None) -> str:
    """Name or folder of the model: the command's option, the program's, CLAIMS_MODEL, or the
    one that `claims model use` chose."""
    from claims.extraction.choosing import default_model

    return model or choices(ctx).model or knobs().model or default_model()


def knobs() -> Settings:
    """The settings; `ClaimsError` names an environment variable that can't be read."""
    from pydantic import ValidationError

    from claims.settings import settings

    try:
        return settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"CLAIMS_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}"
            for one in error.errors()
        )
        raise ClaimsError(
            f"the environment has a setting that can't be read: {wrong}",
            repair="correct or unset the variable",
        ) from error


def publisher() -> Publisher:
    """Who gives verdicts, as the settings name it; `ExportError` where an address is none."""
    from claims.exports.claim_review import Publisher

    known = knobs()
    return Publisher(known.publisher, known.publisher_url, known.review_url).checked()


def choices(ctx: typer.Context) -> Choices:
    """What stood before the command's name."""
    return ctx.ensure_object(Choices)


def existing_store(ctx: typer.Context, db: str | None) -> Store:
    """The store to read from; `StoreError` if there is none yet."""
    from claims.store import open_store

    return open_store(database(ctx, db), create=False)


def filter_of(
    *,
    speaker: str | None = None,
    stance: Stance | None = None,
    since: datetime | None = None,
    outlet: str | None = None,
    article: int | None = None,
    min_confidence: float | None = None,
    confirmed_only: bool = False,
) -> Filter:
    """What the options of a command ask of the rows."""
    from claims.store import Filter

    return Filter(
        speaker=speaker,
        stance=stance,
        since=since.date() if since else None,
        outlet=outlet,
        article=article,
        min_confidence=min_confidence,
        confirmed_only=confirmed_only,
    )


def login() -> str:
    """The user's login name, for logs; `StoreError` where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise StoreError(
            "the log needs a name, and this user has none", repair="give one: --as NAME"
        ) from error


def place(url: str) -> str:
    """A database as a message may name it: its file, or its URL without the password."""
    from claims.store.engine import locate

    return str(locate(url))


def count(number: int, noun: str) -> str:
    """`1 article`, `2 articles`; thousands with commas."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
