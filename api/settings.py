"""Settings, all from the environment. The manual lists them, with these descriptions and defaults."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.limits import REQUEST_SECONDS
from graph.engines.cypher import Address
from graph.errors import WrongSetting
from graph.load.writes import KEPT_LOADS

_ADDRESS = r"^(https?://[^\s<>\"{}|\\^`]+)?$"


class Settings(BaseSettings):
    """All settings. Without NEO4J_URI the embedded engine is used."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    neo4j_uri: str | None = Field(
        None, description="Address of a Neo4j 5.26 or later, such as neo4j://host:7687. Unset: the embedded engine."
    )
    neo4j_user: str = Field("neo4j", description="User of that Neo4j. Empty if it asks for none.")
    neo4j_password: str = Field("", description="Password of that user.", repr=False)
    neo4j_database: str | None = Field(
        None, description="Database in that Neo4j, which Regiograaf has to itself. Unset: the default database."
    )
    neo4j_load_user: str = Field("", description="User with whom `load` writes. Empty: NEO4J_USER.")
    neo4j_load_password: str = Field("", description="Password of the user with whom `load` writes.", repr=False)
    regiograaf_host: str = Field("127.0.0.1", description="Address on which `serve` listens.")
    regiograaf_port: int = Field(8000, ge=0, le=65535, description="Port on which `serve` listens. 0: any free one.")
    regiograaf_data_dir: Path = Field(
        default_factory=lambda: user_cache_path("regiograaf"),
        description="Folder of the embedded engine. It can be removed at any time. Unset: a folder in the user's cache.",
    )
    regiograaf_claims: str = Field(
        "", description="Folders of claims of your own beside the shipped ones, with `:` between them (Windows: `;`). Empty: none."
    )
    regiograaf_query_seconds: float = Field(10, gt=0, description="Longest time for one query. After that it is stopped.")
    regiograaf_request_seconds: float = Field(
        REQUEST_SECONDS,
        gt=0,
        le=600,
        description="Longest time for one request, from 0 to 600 s. Root fields that are not answered by then are REQUEST_TIMEOUT.",
    )
    regiograaf_at_once: int = Field(16, ge=1, description="Number of queries that run at once.")
    regiograaf_waiting: int = Field(256, ge=0, description="Queue length. Further queries are answered BUSY.")
    regiograaf_header_seconds: float = Field(
        10, gt=0, le=60, description="Longest time for the headers of a request to arrive, up to 60 s. After that the connection is closed."
    )
    regiograaf_body_seconds: float = Field(
        30, gt=0, le=600, description="Longest time for the body of a request to arrive, up to 600 s. After that: 408 TOO_SLOW."
    )
    regiograaf_header_kib: int = Field(
        32, ge=1, le=1024, description="Size in KiB of the headers of a request with its address, up to 1024. More: 431 HEADERS_TOO_LARGE."
    )
    regiograaf_connections: int | None = Field(
        None,
        ge=1,
        le=100_000,
        description="Number of connections, up to 100,000. More: 503 BUSY. Unset: 96 less than the limit on open files, at most 4096.",
    )
    regiograaf_notice_seconds: float = Field(
        1, ge=0, le=60, description="Time, up to 60 s, in which /readyz is 503 and everything is still answered before the server stops."
    )
    regiograaf_requests_at_once: int = Field(
        1000, ge=1, le=100_000, description="Number of requests that each process has in hand, up to 100,000. More: 503 BUSY."
    )
    regiograaf_requests_per_minute: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Requests of one client in a minute, up to 1,000,000. More: 429 TOO_OFTEN. 0: no limit.",
    )
    regiograaf_client_header: str = Field(
        "",
        pattern=r"^[A-Za-z0-9-]{0,64}$",
        description="Header in which a trusted proxy puts its client, such as X-Forwarded-For. Empty: the connection tells.",
    )
    regiograaf_trace: bool = Field(
        False, description="For development: answers report in `extensions.trace` where their time went. Nothing is cached then."
    )
    regiograaf_workers: int = Field(1, ge=1, le=64, description="Number of processes that share one address. More than 1 needs NEO4J_URI.")
    regiograaf_kept_mib: int = Field(16, ge=0, description="Size in MiB of the cache of answers and pages in each process. 0: no cache.")
    regiograaf_saved_only: bool = Field(False, description="Answer saved questions only, asked by their documentId or their exact text.")
    regiograaf_operations: str = Field(
        "", description="Folder of saved questions of your own, `*.graphql`, which are offered beside the shipped ones. Empty: none."
    )
    regiograaf_warm_seconds: float = Field(
        30, ge=0, description="Longest time for warming up with the saved questions before /readyz reports ready. 0: no warming up."
    )
    regiograaf_cors_origins: str = Field(
        "",
        pattern=r"^(\*|(https?://[^/,\s]+(,\s*https?://[^/,\s]+)*)?)$",
        description="Origins whose pages may ask, such as https://example.nl,https://intranet.example.nl. *: all. Empty: none.",
    )
    regiograaf_base_url: str = Field(
        "",
        pattern=r"^(https?://[^/?#\s]+(/[^?#\s]*)?)?$",
        description="Address under which others reach this service, such as https://example.nl. Our URIs in exports begin with it.",
    )
    regiograaf_theme: str = Field(
        "", description="File of CSS custom properties with the look of your own, in the names of the NL Design System. Empty: ours."
    )
    regiograaf_frame_origins: str = Field(
        "",
        pattern=r"^(\*|(https?://[^/,;\s']+(,\s*https?://[^/,;\s']+)*)?)$",
        description="Origins that may show the pages under /embed in a frame, such as https://example.nl. *: all. Empty: none.",
    )
    regiograaf_ocid_prefix: str = Field(
        "",
        pattern=r"^(ocds-[a-z0-9]{6})?$",
        description="Prefix of OCIDs that was registered for you, such as ocds-a1b2c3. Empty: regiograaf-local, which is not registered.",
    )
    regiograaf_export_mib: int = Field(
        500,
        ge=1,
        description="Size in MiB of the files to take along that the data folder keeps; the newest one stays in any case.",
    )
    regiograaf_start_seconds: float = Field(
        60, ge=0, le=3600, description="How long `serve` and `load` wait for a Neo4j that does not answer yet. 0: not at all."
    )
    regiograaf_access_log: Literal["all", "problems", "none"] = Field(
        "problems", description="Requests that get a log line. problems: those with an error and those that take more than a second."
    )
    regiograaf_metrics: bool = Field(False, description="Answer /metrics, for Prometheus. false: it is 404.")
    regiograaf_telemetry: bool = Field(
        False, description="Send a span of each request by OTLP, as OTEL_EXPORTER_OTLP_ENDPOINT and its kin say. Needs `regiograaf[otel]`."
    )
    regiograaf_log_format: Literal["text", "json"] = Field("text", description="Form of the log: lines of text, or a JSON object a line.")
    regiograaf_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Lowest level that is logged.")

    regiograaf_oin: str = Field(
        "",
        pattern=r"^([0-9]{20})?$",
        description="OIN (20 digits) of who publishes the data, for the source of CloudEvents. Empty: the address of the service.",
    )
    regiograaf_kept_loads: int = Field(
        KEPT_LOADS, ge=1, le=10_000, description="Number of loads of which the store keeps what they changed, for `changes(since:)`."
    )
    regiograaf_publisher_name: str = Field("", description="Name of who publishes the data, for the catalogue (`dcat`), which needs it.")
    regiograaf_publisher_uri: str = Field(
        "",
        pattern=_ADDRESS,
        description="Address that names the publisher, such as https://identifier.overheid.nl/tooi/id/gemeente/gm0479. `dcat` needs it.",
    )
    regiograaf_contact: str = Field(
        "",
        pattern=rf"{_ADDRESS}|^mailto:[^@\s<>]+@[^@\s<>]+$",
        description="Where the publisher can be reached, of an office and not of a person: mailto:… or https://…. `dcat` needs it.",
    )
    regiograaf_service_licence: str = Field(
        "",
        description="Licence under which others may use the service and its catalogue, such as CC0-1.0, or its address. `dcat` needs it.",
    )

    @property
    def origins(self) -> tuple[str, ...]:
        """Returns the other origins whose pages may ask."""
        return tuple(origin.strip() for origin in self.regiograaf_cors_origins.split(",") if origin.strip())

    @property
    def frames(self) -> str:
        """Returns who may frame what stands under /embed, as the directive frame-ancestors has it."""
        return " ".join(origin.strip() for origin in self.regiograaf_frame_origins.split(",") if origin.strip()) or "'none'"

    @property
    def theme(self) -> Path | None:
        """Returns the file with the look of one's own. Raises WrongSetting if there is no such file."""
        theme = Path(self.regiograaf_theme) if self.regiograaf_theme else None
        if theme and not theme.is_file():
            raise WrongSetting(f'REGIOGRAAF_THEME cannot be used: there is no file "{theme}".', "Correct the path, or leave it out.")
        return theme

    @property
    def operations_folder(self) -> Path | None:
        """Returns the folder of one's own saved questions."""
        return Path(self.regiograaf_operations) if self.regiograaf_operations else None

    @property
    def claims_folders(self) -> tuple[Path, ...]:
        """Returns the folders of one's own claims. Raises WrongSetting if there is no such folder."""
        folders = tuple(Path(folder) for folder in self.regiograaf_claims.split(os.pathsep) if folder)
        for folder in folders:
            if not folder.is_dir():
                what = f'REGIOGRAAF_CLAIMS cannot be used: there is no folder "{folder}".'
                raise WrongSetting(what, "Correct the path, or make the folder: regiograaf new FOLDER.")
        return folders

    @property
    def neo4j(self) -> Address | None:
        """Returns the address of Neo4j, or None if the embedded engine is to be used."""
        if not self.neo4j_uri:
            return None
        return Address(self.neo4j_uri, self.neo4j_user, self.neo4j_password, self.neo4j_database, "neo4j")

    @property
    def neo4j_to_load(self) -> Address | None:
        """Returns the address of Neo4j with the user who may write, or None if the embedded engine is to be used."""
        if not self.neo4j or not self.neo4j_load_user:
            return self.neo4j
        return replace(self.neo4j, user=self.neo4j_load_user, password=self.neo4j_load_password)


def settings_now(**options: object) -> Settings:
    """Returns the settings of the environment, each replaced by the option of its name that is not None. Raises WrongSetting."""
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = "; ".join(f"{str(e['loc'][0]).upper()} is {e['input']!r}: {e['msg'].lower()}" for e in error.errors())
        raise WrongSetting(
            f"A setting cannot be used: {wrong}.", "Correct the option or the environment variable; the manual lists them all."
        ) from None
