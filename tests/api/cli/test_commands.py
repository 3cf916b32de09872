"""The command line itself: its version, its help, and errors that are a sentence with a code and a remedy."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from importlib.metadata import version

import pytest
from typer.main import get_command

from api.__main__ import EXIT_CODES, command, main

Run = Callable[..., tuple[object, str, str]]
COMMANDS = [[], *([name] for name in get_command(command).commands)]  # type: ignore[attr-defined]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command with arguments and returns its exit code, its output and its errors."""

    def run(*arguments: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["regiograaf", *arguments])
        monkeypatch.setenv("COLUMNS", "400")
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, *capsys.readouterr()

    return run


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
