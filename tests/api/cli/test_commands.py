"""The command line itself: its version, its help, and errors that are a sentence with a code and a remedy."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from api.__main__ import EXIT_CODES, command
from api.cli.doctor import PLANS, PLANS_SETTING
from api.cli.load_report import progress
from api.serve.workers import NoWorkers, listening
from api.settings import Settings
from graph.engines.bolt import Store
from graph.engines.cypher import Address, Execute
from tests.api.cli.conftest import Run
from tests.bench.store import PLANS_IN_COMPOSE
from tests.house.readme import ROOT

COMMANDS = [[], *([name] for name in get_command(command).commands)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_that_of_the_package(run: Run, option: str) -> None:
    assert run(option) == (0, f"regiograaf {version('regiograaf')}\n", "")


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_has_help_under_both_names(run: Run, arguments: list[str]) -> None:
    assert run(*arguments, "-h") == run(*arguments, "--help")


def test_help_names_the_exit_codes_and_the_completion_of_the_shell(run: Run) -> None:
    code, text, _ = run("--help")
    assert code == 0
    assert EXIT_CODES in text
    assert "--install-completion" in text


def test_an_option_that_does_not_exist_ends_with_2(run: Run) -> None:
    assert run("serve", "--nothing")[0] == 2
    assert run("ask", "dyslexie Aalsmeer", "--lang", "fr")[0] == 2


@pytest.mark.parametrize(("option", "value"), [("port", "70000"), ("port", "-1"), ("workers", "0"), ("workers", "65")])
def test_an_option_out_of_bounds_is_refused_with_code_and_remedy(run: Run, option: str, value: str) -> None:
    code, _, error = run("serve", f"--{option}", value)
    assert (code, error.count("\n")) == (1, 2)
    assert error.startswith(f"WRONG_SETTING: A setting cannot be used: REGIOGRAAF_{option.upper()} is {value}: ")


def test_a_port_that_is_taken_is_one_sentence_with_code_and_remedy(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, output, error = run("serve", "--port", str(port))
    assert (code, output) == (1, "")
    assert error == (
        f"WRONG_SETTING: Cannot listen on 127.0.0.1:{port}: Address already in use.\n"
        "Choose another port with --port or REGIOGRAAF_PORT (0: any free one), or another --host.\n"
    )


NUMBERS = [name for name, field in Settings.model_fields.items() if field.annotation in (int, float)]


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["-1", "nan", "inf", "many", ""])
def test_a_number_that_is_none_is_refused_by_its_name(run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name.upper(), value)
    code, output, error = run("serve")
    assert (code, output, error.count("\n")) == (1, "", 2)
    assert error.startswith(f"WRONG_SETTING: A setting cannot be used: {name.upper()} is '{value}': ")


@pytest.mark.parametrize("name", ["REGIOGRAAF_QUERY_SECONDS", "REGIOGRAAF_AT_ONCE", "REGIOGRAAF_WORKERS"])
def test_zero_is_refused_where_nothing_would_be_answered(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "0")
    assert run("serve")[0] == 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_saved_question_of_ones_own_that_is_wrong_stops_the_start(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    (tmp_path / "ours.graphql").write_text("query Ours { meta { engine } }", "utf-8")
    monkeypatch.setenv("REGIOGRAAF_OPERATIONS", str(tmp_path))
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    code, output, error = run("serve", "--port", "0", "--workers", workers)
    assert (code, output, error.count("\n")) == (1, "", 2)
    assert error.startswith("WRONG_SETTING: REGIOGRAAF_OPERATIONS cannot be used: ours.graphql: there is no ours.variables.json ")


@pytest.mark.parametrize("host", ["nowhere.invalid", "x" * 300, "::g", "1.2.3.4"])
def test_a_host_that_cannot_be_listened_on_is_one_sentence(run: Run, host: str) -> None:
    with pytest.raises(NoWorkers) as found:
        listening(host, 0)
    assert "\n" not in found.value.message
    code, output, error = run("serve", "--port", "0", "--host", host)
    assert (code, output, error.count("\n")) == (1, "", 2)
    assert error.startswith("WRONG_SETTING: Cannot listen on ")


@pytest.mark.parametrize(
    "arguments", [["serve", "--port", "0"], ["ask", "dyslexie Aalsmeer"], ["explain", "dyslexie Aalsmeer"]], ids=" ".join
)
def test_a_data_folder_of_somebody_else_is_one_sentence_with_code_and_remedy(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "thesis.txt").write_text("not ours", "utf-8")
    monkeypatch.setenv("REGIOGRAAF_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    code, output, error = run(*arguments)
    assert (code, output, error.count("\n")) == (1, "", 2)
    assert error.startswith(f"DATA_FOLDER: {tmp_path / 'engine'} is not Regiograaf's")
    assert (tmp_path / "engine" / "thesis.txt").read_text("utf-8") == "not ours"


def test_the_doctor_tells_of_a_data_folder_of_somebody_else(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "engine").write_text("not ours", "utf-8")
    monkeypatch.setenv("REGIOGRAAF_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    code, output, _ = run("doctor")
    assert code == 1
    assert f"WRONG embedded engine: {tmp_path / 'engine'} is not Regiograaf's" in output


# ── with a Neo4j ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def neo4j_set(
    neo4j_address: Address, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], list[list[Any]]]]:
    """An empty Neo4j to which the settings lead; runs a Cypher there."""
    monkeypatch.setenv("NEO4J_URI", neo4j_address.uri)
    monkeypatch.setenv("NEO4J_USER", neo4j_address.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_address.password)

    async def ran(text: str) -> list[list[Any]]:
        found: list[list[Any]] = []

        async def work(execute: Execute) -> None:
            found[:] = await execute(text, {})

        async with Store(neo4j_address) as store:
            await store.write(work)
        return found

    runner.run(ran("MATCH (n) DETACH DELETE n"))
    yield lambda text: runner.run(ran(text))
    runner.run(ran("MATCH (n) DETACH DELETE n"))


def test_a_load_that_only_removes_is_told_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    """An example: it counts no entity and no claim."""
    progress()(0, 0)
    assert capsys.readouterr().err.endswith("Loading the graph: 100 %\n")


def test_a_load_without_commit_writes_nothing_into_an_empty_database(
    run: Run, neo4j_set: Callable[[str], list[list[Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    class NeverWritten(Store):
        async def write(self, work: object) -> None:
            raise AssertionError("a load without --commit writes")

    monkeypatch.setattr("graph.engines.bolt.Store", NeverWritten)
    code, output, _ = run("load")
    assert code == 0
    assert output.startswith("empty → ")
    assert output.endswith("Nothing was written. Add --commit to write.\n")
    assert neo4j_set("MATCH (n) RETURN count(n)") == [[0]]


COMMANDS_ON_NEO4J = [["load"], ["load", "--commit"], ["serve", "--port", "0"], ["ask", "dyslexie Aalsmeer"], ["doctor"]]


@pytest.mark.parametrize("arguments", COMMANDS_ON_NEO4J, ids=" ".join)
def test_every_command_says_of_a_database_of_others_that_it_is_one(
    run: Run, neo4j_set: Callable[[str], list[list[Any]]], arguments: list[str]
) -> None:
    neo4j_set("CREATE (:Loading {what: 'ship'}), (:Dataset {version: '1.0'}), (:Source {key: 'mine'}), (:Person)")
    code, output, error = run(*arguments)
    assert code == 1
    assert "already holds 4 nodes that are not Regiograaf's." in output + error
    assert "FOREIGN_DATA" in error or arguments == ["doctor"]
    assert neo4j_set("MATCH (n) RETURN count(n)") == [[4]]


def test_the_doctor_says_how_many_plans_a_neo4j_should_keep(run: Run, neo4j_set: Callable[[str], list[list[Any]]]) -> None:
    ((kept,),) = neo4j_set(f"SHOW SETTINGS '{PLANS_SETTING}' YIELD value RETURN value")
    _, output, _ = run("doctor")
    assert int(kept) < PLANS
    assert f"ok    plan cache of Neo4j: {kept} plans, so that questions of visitors push out" in output
    assert f"{PLANS_SETTING}={PLANS}" in output


def test_the_compose_file_keeps_as_many_plans_as_the_doctor_advises() -> None:
    assert f'{PLANS_IN_COMPOSE}: "{PLANS}"' in (ROOT / "docker-compose.yml").read_text("utf-8")
