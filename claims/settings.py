"""Every knob in one place: environment variables `CLAIMS_*`.

Command-line options override what stands here.
"""

from __future__ import annotations

from functools import lru_cache

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
    max_file_bytes: int = 50_000_000
    """Larger files are refused, with a message."""
    max_text_chars: int = 2_000_000
    """Longer articles are refused, with a message."""


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Read the environment once."""
    return Settings()
