"""Settings, all from the environment; README lists them from here."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.engines.cypher import Address
from graph.errors import RegiograafError


class WrongSetting(RegiograafError):
    """A setting is not what it should be."""

    code = "WRONG_SETTING"


class Settings(BaseSettings):
    """What can be set. Without NEO4J_URI the embedded engine is used."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    neo4j_uri: str | None = Field(
        None, description="Address of a Neo4j 5.26 or later, such as neo4j://host:7687; unset: the embedded engine."
    )
    neo4j_user: str = Field(default="neo4j", description="User of that Neo4j; empty where it asks for none.")
    neo4j_password: str = Field(default="", description="Password of that user.", repr=False)
    neo4j_database: str | None = Field(
        default=None, description="Database in that Neo4j; unset: its default one. Regiograaf wants one of its own."
    )
    regiograaf_host: str = Field(default="127.0.0.1", description="Address on which `serve` listens.")
    regiograaf_port: int = Field(default=8000, ge=0, le=65535, description="Port on which `serve` listens; 0: any free one.")
    regiograaf_data_dir: Path = Field(
        default_factory=lambda: user_cache_path("regiograaf"), description="Folder of the embedded engine; it can be removed at any time."
    )
    regiograaf_query_seconds: float = Field(default=10, gt=0, description="How long a question may take before it is stopped.")
    regiograaf_at_once: int = Field(default=16, ge=1, description="How many questions the store is given at once.")
    regiograaf_waiting: int = Field(default=256, ge=0, description="How many more may wait; the rest are told BUSY.")
    regiograaf_trace: bool = Field(
        default=False, description="For development: answers say in `extensions.trace` where their time went. Nothing is cached then."
    )
    regiograaf_workers: int = Field(
        default=1, ge=1, le=64, description="How many processes `serve` starts, all at one address; more than one needs NEO4J_URI."
    )
    regiograaf_kept_mib: int = Field(default=16, ge=0, description="How many MiB of answers each process keeps; 0: none.")
    regiograaf_saved_only: bool = Field(
        default=False, description="Whether only saved questions are answered, by their documentId or their exact text."
    )
    regiograaf_warm_seconds: float = Field(
        default=30, ge=0, description="How long, at most, the saved questions are asked before /readyz says ready; 0: not at all."
    )
    regiograaf_cors_origins: str = Field(
        default="",
        pattern=r"^(\*|(https?://[^/,\s]+(,\s*https?://[^/,\s]+)*)?)$",
        description="Origins whose pages may ask, such as https://example.nl,https://intranet.example.nl; * for all; none unless told.",
    )
    regiograaf_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="How much is logged.")

    @property
    def origins(self) -> tuple[str, ...]:
        """The other origins whose pages may ask."""
        return tuple(origin.strip() for origin in self.regiograaf_cors_origins.split(",") if origin.strip())

    @property
    def neo4j(self) -> Address | None:
        """Where the Neo4j is, or None where the embedded engine is to be used."""
        if not self.neo4j_uri:
            return None
        return Address(self.neo4j_uri, self.neo4j_user, self.neo4j_password, self.neo4j_database, "neo4j")


def settings_now(**options: object) -> Settings:
    """Returns the settings of the environment, each replaced by the option of its name that is not None. Raises WrongSetting."""
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = "; ".join(f"{str(e['loc'][0]).upper()} is {e['input']!r}: {e['msg'].lower()}" for e in error.errors())
        raise WrongSetting(
            f"A setting cannot be used: {wrong}.", "Correct the option or the environment variable; the manual lists them all."
        ) from None
