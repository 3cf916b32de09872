"""Starting on settings that cannot work ends at once, with the setting that is wrong; a store that is not there yet is waited for."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph.engines.cypher import Address
from graph.engines.reach import reach, without_user
from graph.errors import EngineUnavailable, RegiograafError, WrongSetting
from tests.house.readme import ROOT
from tests.neo4j.server import NoNeo4j, started

PASSWORD = "right-password"
COMMANDS = [
    (["serve", "--port", "0"], "NEO4J_PASSWORD"),
    (["serve", "--port", "0"], "NEO4J_DATABASE"),
    (["serve", "--port", "0", "--workers", "2"], "NEO4J_DATABASE"),
    (["load"], "NEO4J_PASSWORD"),
    (["load"], "NEO4J_LOAD_USER"),
    (["ask", "dyslexie Aalsmeer"], "NEO4J_PASSWORD"),
    (["explain", "{ meta { engine } }"], "NEO4J_URI"),
]
BOUND_SECONDS = 300


@pytest.fixture(scope="module")
def with_users(tmp_path_factory: pytest.TempPathFactory, neo4j_address: Address) -> Iterator[Address]:
    """A Neo4j that asks for a user. It is not that of the other tests, which is only asked for so that this one is marked as they are."""
    try:
        with started(tmp_path_factory.mktemp("neo4j"), password=PASSWORD) as running:
            yield Address(running.uri, "neo4j", PASSWORD)
    except NoNeo4j as reason:
        pytest.skip(str(reason))


def lines_of(runner: asyncio.Runner, address: Address, seconds: float = 0) -> list[str]:
    """The lines that are said while an address is tried."""
    lines: list[str] = []
    runner.run(reach(address, seconds, lines.append))
    return lines


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("foo", "begin with neo4j://"),
        ("http://127.0.0.1:7474", "begin with neo4j://"),
        ("NEO4J", "begin with neo4j://"),
        ("bolt://", "lacks a host"),
        ("bolt://:7687", "lacks a host"),
        ("bolt://127.0.0.1:0", "port 0"),
        ("bolt://127.0.0.1:port", "[Pp]ort"),
        ("bolt://127.0.0.1:99999", "[Pp]ort"),
        ("bolt://127.0.0.1:-1", "[Pp]ort"),
        ("bolt://[::1", "IPv6"),
        ("neo4j://neo4j:secret@127.0.0.1", "user and password"),
    ],
)
def test_an_address_that_is_none_is_told_at_once(runner: asyncio.Runner, uri: str, said: str) -> None:
    with pytest.raises(WrongSetting, match=said) as found:
        lines_of(runner, Address(uri), BOUND_SECONDS)
    one_sentence(found.value)
    assert "NEO4J_URI" in found.value.message


def test_a_host_that_is_not_known_yet_is_waited_for(runner: asyncio.Runner) -> None:
    with pytest.raises(EngineUnavailable, match="no-such-host"):
        lines_of(runner, Address("bolt://no-such-host.invalid:7687"))


def test_a_web_server_in_its_place_is_told_at_once(runner: asyncio.Runner) -> None:
    async def ask() -> None:
        async def web(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(16)
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()
            writer.close()

        async with await asyncio.start_server(web, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            await reach(Address(f"bolt://127.0.0.1:{port}"), BOUND_SECONDS, print)

    with pytest.raises(WrongSetting, match="is a web server"):
        runner.run(ask())


def test_a_store_that_is_not_there_is_waited_for_with_a_line(runner: asyncio.Runner) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = Address(f"bolt://127.0.0.1:{closed.getsockname()[1]}")
        with pytest.raises(EngineUnavailable) as found:
            lines_of(runner, address, 0)
        one_sentence(found.value)
        lines: list[str] = []
        with pytest.raises(EngineUnavailable):
            runner.run(reach(address, 0.1, lines.append))
    assert len(lines) == 1
    assert lines[0].startswith("Waiting for at most 0 s more: The graph store at bolt://127.0.0.1:")


def one_sentence(error: RegiograafError) -> None:
    assert "\n" not in error.message
    assert error.message.endswith(".")
    assert error.remedy.endswith(".")
    assert "secret" not in error.message


def test_the_right_settings_are_reached_without_a_word(runner: asyncio.Runner, with_users: Address) -> None:
    assert lines_of(runner, with_users) == []
    assert lines_of(runner, replace(with_users, database="neo4j")) == []


@pytest.mark.parametrize(
    ("wrong", "setting"),
    [
        ({"password": "wrong"}, "NEO4J_PASSWORD"),
        ({"password": ""}, "NEO4J_PASSWORD"),
        ({"user": "nobody"}, "NEO4J_USER"),
        ({"user": ""}, "NEO4J_USER"),
        ({"database": "other"}, "NEO4J_DATABASE"),
        ({"database": "no such name!"}, "NEO4J_DATABASE"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_a_setting_that_a_store_refuses_is_named_at_once(
    runner: asyncio.Runner, with_users: Address, wrong: dict[str, str], setting: str
) -> None:
    address = replace(with_users, **wrong)  # type: ignore[arg-type]
    with pytest.raises(WrongSetting) as found:
        lines_of(runner, address, BOUND_SECONDS)
    one_sentence(found.value)
    assert setting in found.value.remedy
    assert PASSWORD not in found.value.message


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s", "neo4j+ssc"])
def test_a_store_without_tls_is_told_with_the_addresses_to_choose_from(runner: asyncio.Runner, with_users: Address, scheme: str) -> None:
    with pytest.raises((WrongSetting, EngineUnavailable), match="TLS") as found:
        lines_of(runner, replace(with_users, uri=with_users.uri.replace("bolt", scheme)))
    one_sentence(found.value)
    assert "neo4j+ssc://" in found.value.remedy


def run(address: Address, *arguments: str, **wrong: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line on an address, with some settings that are wrong."""
    environment = {**os.environ, "NEO4J_URI": address.uri, "NEO4J_USER": address.user, "NEO4J_PASSWORD": address.password, **wrong}
    command = [sys.executable, "-m", "api", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=BOUND_SECONDS, check=False)


@pytest.mark.parametrize(("arguments", "setting"), COMMANDS, ids=[f"{a[0]}-{len(a)}-{setting}" for a, setting in COMMANDS])
def test_no_command_starts_on_settings_that_cannot_work(with_users: Address, arguments: list[str], setting: str) -> None:
    ended = run(with_users, *arguments, **{setting: "wrong"})
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 2), ended.stderr
    assert ended.stderr.startswith("WRONG_SETTING: ")
    assert "answers at" not in ended.stdout


def test_the_doctor_says_which_setting_is_wrong(with_users: Address) -> None:
    ended = run(with_users, "doctor", NEO4J_PASSWORD="wrong")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "WRONG Neo4j: The graph store at " in ended.stdout
    assert "NEO4J_PASSWORD" in ended.stdout


def test_the_loader_has_a_user_of_its_own(with_users: Address) -> None:
    ended = run(with_users, "load", NEO4J_USER="reader", NEO4J_PASSWORD="wrong", NEO4J_LOAD_USER="neo4j", NEO4J_LOAD_PASSWORD=PASSWORD)
    assert (ended.returncode, ended.stderr.count("WRONG")) == (0, 0), ended.stderr


def test_an_address_is_told_without_the_password_in_it() -> None:
    assert without_user("neo4j://me:secret@host:7687") == "neo4j://host:7687"
    assert without_user("neo4j://host") == "neo4j://host"
