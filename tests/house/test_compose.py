"""The compose file and the Dockerfile, as far as they can be judged without a Docker engine."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest
import yaml
from jsonschema.validators import validator_for

from api.settings import Settings
from tests.house.readme import ROOT
from tests.neo4j import server

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")


def mistakes(document: dict[str, Any]) -> list[str]:
    """What is wrong by the compose specification, whose schema check-jsonschema carries, unchanged and with its licence."""
    schema = json.loads((files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text("utf-8"))
    return [f"{'/'.join(map(str, e.path))}: {e.message}" for e in validator_for(schema)(schema).iter_errors(document)]


def test_the_compose_file_is_one_by_the_specification() -> None:
    assert mistakes(COMPOSE) == []


def test_the_specification_notices_a_mistake() -> None:
    (found,) = mistakes({"services": {"api": {"prots": ["8000:8000"]}}})
    assert "'prots' was unexpected" in found


def test_every_image_has_a_version() -> None:
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert images
    assert [image for image in images if not re.search(r":\d+\.\d+", image)] == []


def test_the_version_of_our_image_is_that_of_the_package() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert {SERVICES[name]["image"] for name in ("load", "api")} == {f"regiograaf:{version}"}


def test_neo4j_is_the_one_that_the_tests_run_on() -> None:
    assert SERVICES["neo4j"]["image"] == f"neo4j:{server.release(server.PINNED)}-community"


def test_ports_are_open_on_this_machine_only() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_as_little_as_it_can(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")
    assert service.get("read_only") or name == "neo4j"  # its image writes its configuration at every start


def test_the_image_runs_as_nobody_in_particular_and_says_when_it_is_ready() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", final, re.MULTILINE)
    probe = re.search(r"^HEALTHCHECK .*?CMD (\[.*\])$", final, re.MULTILINE)
    assert probe
    program, flag, code = json.loads(probe[1])
    assert (program, flag) == ("python", "-c")
    assert "/readyz" in code
    compile(code, "HEALTHCHECK", "exec")


def test_the_api_starts_when_the_claims_are_loaded_and_the_data_stay() -> None:
    assert SERVICES["load"]["command"] == ["regiograaf", "load", "--commit"]
    assert SERVICES["load"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert SERVICES["api"]["depends_on"] == {"load": {"condition": "service_completed_successfully"}}
    assert [volume.partition(":")[0] for volume in SERVICES["neo4j"]["volumes"]] == list(COMPOSE["volumes"])


def unset(value: str) -> str:
    """What stands for a value if no variable is set outside: each variable is replaced by its default, the inner ones first."""
    replaced = re.sub(r"\$\{\w+:-([^${}]*)\}", r"\1", value)
    return replaced if replaced == value else unset(replaced)


def settings_of(service: str) -> dict[str, str]:
    """What a service is told, where nothing is set outside, together with what the image sets."""
    told = {name: unset(value) for name, value in SERVICES[service]["environment"].items()}
    return dict(re.findall(r"\b(REGIOGRAAF_[A-Z_]+)=(\S+)", DOCKERFILE)) | told


@pytest.mark.parametrize("service", ["load", "api"])
def test_the_program_understands_what_it_is_told(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = settings_of(service)
    assert {name.lower() for name in told} <= Settings.model_fields.keys()
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert Settings().neo4j_uri == "bolt://neo4j:7687"
    assert Settings().regiograaf_host == "0.0.0.0"


def test_the_reader_and_the_loader_have_users_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, loader = settings_of("api"), settings_of("load")
    assert {"NEO4J_USER", "NEO4J_PASSWORD"} <= reader.keys()
    assert {"NEO4J_LOAD_USER", "NEO4J_LOAD_PASSWORD"} <= loader.keys()
    assert not reader.keys() & {"NEO4J_LOAD_USER", "NEO4J_LOAD_PASSWORD"}
    for name, value in loader.items():
        monkeypatch.setenv(name, value)
    address = Settings().neo4j_to_load
    assert address
    assert (address.user, address.password) == (loader["NEO4J_LOAD_USER"], loader["NEO4J_LOAD_PASSWORD"])


def test_no_password_stands_on_a_command_line() -> None:
    commands = [service.get("command", []) for service in SERVICES.values()]
    commands += [service["healthcheck"]["test"] for service in SERVICES.values() if "test" in service.get("healthcheck", {})]
    words = [word for command in commands for text in command for word in text.split()]
    assert "cypher-shell" in words
    assert not {"-p", "--password"} & set(words)
    assert all(word.startswith("NEO4J_PASSWORD=") for word in words if "AUTH" in word), "it stands before the program, as its environment"


def test_every_setting_is_in_the_manual() -> None:
    names = {name.upper() for name in Settings.model_fields} | set(
        re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text("utf-8"))
    )
    manual = (ROOT / "api/OPERATING.md").read_text("utf-8")
    assert sorted(name for name in names if name not in manual) == []


def test_what_the_dockerfile_copies_is_what_docker_sees() -> None:
    seen = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]}
    assert copied == seen
    assert [name for name in copied if not (ROOT / name).exists()] == []
