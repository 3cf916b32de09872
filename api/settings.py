"""Settings, all from the environment. The manual lists them, with these descriptions and defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.engines.cypher import Address
from graph.errors import RegiograafError


class WrongSetting(RegiograafError):
    """A setting or an option has a value that cannot be used."""

    code = "WRONG_SETTING"


class Settings(BaseSettings):
    """All settings. Without NEO4J_URI the embedded engine is used."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    neo4j_uri: str | None = Field(
        None, description="Address of a Neo4j 5.26 or later, such as neo4j://host:7687. Unset: the embedded engine."
    )
    neo4j_user: str = Field("neo4j", description="User of that Neo4j. Empty if it asks for none.")
    neo4j_password: str = Field("", description="Password of that user.", repr=False)
    neo4j_database: str | None = Field(
        None, description="Database in that Neo4j, which Regiograaf has to itself. Unset: the default database."
    )
    regiograaf_host: str = Field("127.0.0.1", description="Address on which `serve` listens.")
    regiograaf_port: int = Field(8000, ge=0, le=65535, description="Port on which `serve` listens. 0: any free one.")
    regiograaf_data_dir: Path = Field(
        default_factory=lambda: user_cache_path("regiograaf"),
        description="Folder of the embedded engine. It can be removed at any time. Unset: a folder in the user's cache.",
    )
    regiograaf_query_seconds: float = Field(10, gt=0, description="Longest time for one query. After that it is stopped.")
    regiograaf_at_once: int = Field(16, ge=1, description="Number of queries that run at once.")
    regiograaf_waiting: int = Field(256, ge=0, description="Queue length. Further queries are answered BUSY.")
    regiograaf_trace: bool = Field(
        False, description="For development: answers report in `extensions.trace` where their time went. Nothing is cached then."
    )
    regiograaf_workers: int = Field(1, ge=1, le=64, description="Number of processes that share one address. More than 1 needs NEO4J_URI.")
    regiograaf_kept_mib: int = Field(16, ge=0, description="Size in MiB of the cache of answers in each process. 0: no cache.")
    regiograaf_saved_only: bool = Field(False, description="Answer saved questions only, asked by their documentId or their exact text.")
    regiograaf_warm_seconds: float = Field(
        30, ge=0, description="Longest time for warming up with the saved questions before /readyz reports ready. 0: no warming up."
    )
    regiograaf_cors_origins: str = Field(
        "",
        pattern=r"^(\*|(https?://[^/,\s]+(,\s*https?://[^/,\s]+)*)?)$",
        description="Origins whose pages may ask, such as https://example.nl,https://intranet.example.nl. *: all. Empty: none.",
    )
    regiograaf_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Lowest level that is logged.")

    @property
    def origins(self) -> tuple[str, ...]:
        """Returns the other origins whose pages may ask."""
        return tuple(origin.strip() for origin in self.regiograaf_cors_origins.split(",") if origin.strip())

    @property
    def neo4j(self) -> Address | None:
        """Returns the address of Neo4j, or None if the embedded engine is to be used."""
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
