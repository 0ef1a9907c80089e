"""Every knob in one place: environment variables `CLAIMS_*`.

Command-line options override what stands here.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Values with their units; a field named `db` is read from `CLAIMS_DB`."""

    model_config = SettingsConfigDict(env_prefix="CLAIMS_", extra="ignore")

    db: str = "sqlite:///claims.db"
    """SQLAlchemy URL of the store."""
    model: str = ""
    """Name of a model that ships or that was made here, or the path of a folder that holds one.
    Empty: the one that `claims model use` chose, else `minilm`."""
    models: str = ""
    """Folder of the models that are made here; empty: `claims/models` where the system keeps the
    user's data."""
    threads: int = 0
    """CPU threads of the model; 0 leaves the choice to torch."""
    precision: str = "auto"
    """Arithmetic of the encoder: `float32`, `bfloat16`, or `auto`: bfloat16 where the processor
    has instructions for it."""
    rating_scale: str = "five"
    """Scale of verdicts: `five`, `three`, or a .toml or .json file."""
    publisher: str = ""
    """Who publishes verdicts; without a name it is the editor who gave one."""
    publisher_url: str = ""
    """Home page of the publisher."""
    review_url: str = ""
    """Address of the page that carries a verdict; `{claim}` and `{verdict}` are its numbers."""
    max_file_bytes: int = 50_000_000
    """Larger files are refused, with a message."""
    max_text_chars: int = 2_000_000
    """Longer articles are refused, with a message."""
    fetch_allow: str = ""
    """Hosts, as `HOST` or `HOST:PORT` with commas between, that may be asked whatever address they
    have: an intranet. All others must be public."""
    fetch_connect_seconds: float = Field(default=10.0, gt=0)
    """Longest wait for a name's address, and for a connection."""
    fetch_read_seconds: float = Field(default=20.0, gt=0)
    """Longest wait for the next bytes of an answer."""
    fetch_total_seconds: float = Field(default=60.0, gt=0)
    """Longest time for one page or feed, redirects included."""
    fetch_bytes: int = Field(default=10_000_000, gt=0)
    """Largest page, after unpacking."""
    fetch_feed_bytes: int = Field(default=2_000_000, gt=0)
    """Largest feed, after unpacking: reading one takes far longer than reading a page."""
    fetch_redirects: int = Field(default=5, ge=0)
    """Most redirects that are followed."""
    fetch_delay_seconds: float = Field(default=1.0, ge=0)
    """Shortest time between two requests to one host."""
    fetch_entries: int = Field(default=100, gt=0)
    """Entries of a feed, from its top, that are looked at."""
    fetch_tries: int = Field(default=5, gt=0)
    """How often a page that fails is asked for before it is given up."""
    fetch_feed_seconds: float = Field(default=300.0, ge=0)
    """Shortest time after which `claims watch` asks for a feed again."""
    fetch_proxy: str = ""
    """URL of a proxy (`http://HOST:PORT`) that fetches; those of the environment are ignored. The
    proxy resolves names, so it must refuse private addresses itself."""


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Read the environment once."""
    return Settings()
