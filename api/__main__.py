"""The command line, `regiograaf`: the one place that joins claims, graph and API, and that reads the clock.

A command imports what it needs when it runs: the schema and the driver take over a second, of which `check` needs nothing.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shlex
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from api.cli import options as o
from api.cli.commands import commands
from api.cli.interrupted import interruptible
from api.cli.root import Root
from api.settings import Settings, settings_now
from graph.build.records import records
from graph.errors import RegiograafError, WrongSetting
from seeds import shipped_folders
from seeds.check import check, dataset, report
from seeds.read import Place
from seeds.scaffold import new_folder

if TYPE_CHECKING:
    from api.documents.saved import SavedQuestions
    from graph.engines.bolt import Store
    from seeds.imports.proposal import Proposal

CLAIMS = "claims"  # beside the names of importers: what was exported
EXIT_CODES = (
    "Ends with 0 if all went well, 1 after an error (with its code and what to do) or if something is wrong with what was examined, "
    "2 if the command itself is not understood, 3 if the server cannot start."
)
command = typer.Typer(
    no_args_is_help=True,
    help="Who covers what in Dutch regional youth care, on any day, according to whom.",
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
say = typer.echo


def today() -> date:
    """Returns the day in Amsterdam."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def now() -> str:
    """Returns the moment in milliseconds, which is fine enough to put two loads in order."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def main() -> None:
    """Runs the command. An error of ours is printed as its code, a sentence and a remedy, and ends with 1."""
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # what it warns about comes back as our error
    try:
        command()
    except RegiograafError as error:
        say(f"{error.code}: {error.message}\n{error.remedy}", err=True)
        sys.exit(1)


def _version(asked: bool) -> None:
    if asked:
        say(f"regiograaf {version('regiograaf')}")
        raise typer.Exit


@command.callback()
def regiograaf(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version and exit.")] = False,
) -> None:
    """Takes the options that come before a command, and gives the commands what they need."""
    context.obj = Root(today, lambda claims: settings_now(**_own(claims)), lambda settings: opened(settings, quiet=True), _run)


@command.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on. Default: REGIOGRAAF_HOST, else 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0: any free one. Default: REGIOGRAAF_PORT, else 8000.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes at that address. Default: REGIOGRAAF_WORKERS, else 1.")] = None,
    descriptor: Annotated[int | None, typer.Option(hidden=True, help="The listening socket of several workers.")] = None,
    heartbeat: Annotated[int | None, typer.Option(hidden=True, help="The pipe on which a worker says that it is alive.")] = None,
    claims: o.CLAIMS = None,
) -> None:
    """Answers GraphQL until it is stopped, from NEO4J_URI or from the embedded engine, which it fills with the claims."""
    from api.documents.own_questions import with_own
    from api.serve import workers as workers_
    from api.serve.listening import address, greeting, listener
    from api.serve.logs import configure_logs

    settings = settings_now(regiograaf_host=host, regiograaf_port=port, regiograaf_workers=workers, **_own(claims))
    configure_logs(settings.regiograaf_log_level, settings.regiograaf_log_format)
    saved = with_own(settings.operations_folder)
    place = (settings.regiograaf_host, settings.regiograaf_port)
    if settings.regiograaf_workers > 1 and descriptor is None:
        if not settings.neo4j:
            raise workers_.NoWorkers("The embedded engine serves one process.", "Set NEO4J_URI, or leave --workers out.")
        from graph.engines.reach import reach

        _run(reach(settings.neo4j, settings.regiograaf_start_seconds, _say_beside))
        shared = workers_.listening(*place)
        say(greeting(address(shared), f" with {settings.regiograaf_workers} workers"))
        workers_.supervise(shared, settings.regiograaf_workers, say)
        return
    listening = listener(*place) if descriptor is None else socket.socket(fileno=descriptor)
    with listening:
        _serve(settings, saved, listening, heartbeat, worker=descriptor is not None)


def _serve(settings: Settings, saved: SavedQuestions, listening: socket.socket, heartbeat: int | None, *, worker: bool) -> None:
    """Answers on a socket until the process is stopped. `heartbeat` is the pipe on which a worker says that it is alive."""
    import uvicorn

    from api.serve.workers import beat

    async def work() -> None:
        beating = asyncio.ensure_future(beat(heartbeat)) if heartbeat is not None else None  # kept, or it would be collected
        async with opened(settings) as store:
            from api.answer import Answers  # now, because the embedded engine is filled meanwhile
            from api.serve.server import run_server
            from api.trace import Traced

            answers = Traced if settings.regiograaf_trace else Answers
            answering = answers(store, today, store.address.engine, request_seconds=settings.regiograaf_request_seconds, saved=saved)
            await run_server(answering, store, settings, listening, say, time.time, worker=worker)
        if beating:
            beating.cancel()

    _run(work(), uvicorn.Config(None, log_config=None).get_loop_factory())  # type: ignore[arg-type]


@command.command(name="check")
def check_(claims: o.CLAIMS = None) -> None:
    """Lists all problems in the claims: file:line, entity, what is wrong, what to do."""
    if report(*_folders(settings_now(**_own(claims)))):
        raise typer.Exit(1)


@command.command()
def new(folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet, or is empty.")]) -> None:
    """Makes a folder for claims of your own, with a commented example of each kind of file."""
    written = new_folder(folder, today())
    then = f"regiograaf check --claims {shlex.quote(str(folder))}"
    say(f"{folder}: {len(written)} files, an example of each kind. Read LEESMIJ.md; then: {then}")


@command.command(name="load")
def load_(
    commit: Annotated[bool, typer.Option("--commit", help="Write the difference. Without it the difference is only shown.")] = False,
    claims: o.CLAIMS = None,
) -> None:
    """Shows how the graph in NEO4J_URI differs from the claims; --commit makes it equal. Without it nothing is written."""
    from api.cli.load_report import print_difference, progress
    from graph.load.load import difference, load

    settings = settings_now(**_own(claims))
    new = records(dataset(*_folders(settings)))
    if not settings.neo4j:
        say("NEO4J_URI is not set: the embedded engine loads itself when `regiograaf serve` starts. Nothing to do.")
        return

    async def work() -> None:
        async with opened(settings, to_load=True) as store:
            changes = await difference(store, new)
            print_difference(changes)
            if changes.nothing:
                return
            if commit:
                await load(store, new, now(), progress(), computed=changes, kept=settings.regiograaf_kept_loads)
                say(f"Loaded: version {new.version}.")
            else:
                say("Nothing was written. Add --commit to write.")

    _run(interruptible(work()))


@command.command(name="import")
def import_(
    name: o.IMPORTER,
    files: o.FILES = None,
    into: o.INTO = None,
    commit: o.COMMIT = False,
    template: o.TEMPLATE = False,
    output: o.OUTPUT = None,
) -> None:
    """Reads files of a registry or a region as claims, and shows what changes in a folder; --commit writes it, all or nothing."""
    from api.cli.import_report import print_problems, print_proposal, write_template
    from seeds.imports import proposal as proposals
    from seeds.imports.importers import importer
    from seeds.imports.problem import ImportRefused

    chosen = None if name == CLAIMS else importer(name)
    if template and chosen:
        write_template(chosen, output)
        return
    if not files or into is None:
        raise WrongSetting("There is no file to read, or no folder to write.", f"Write: regiograaf import {name} FILE… --into FOLDER")
    inside = [into.resolve(), *(place.resolve() for place in (into.iterdir() if into.is_dir() else ()))]
    others = [folder for folder in _folders(settings_now()) if not (isinstance(folder, Path) and folder.resolve() in inside)]
    try:
        if chosen:
            proposal = proposals.propose(chosen, proposals.read_files(files), into, others, _say_beside)
        else:
            proposal = _exported_claims(files, into, others)
    except ImportRefused as refused:
        print_problems(refused.problems)
        raise
    print_proposal(proposal, write=(lambda: proposals.commit(proposal)) if commit else None)


def _exported_claims(files: list[Path], into: Path, others: list[Place]) -> Proposal:
    """Returns what claims that were exported, in one file, would change in a folder."""
    from api.export.claims import read_claims
    from seeds.imports.claims import propose_claims

    if len(files) > 1:
        raise WrongSetting("Exported claims are read from one file.", f"Write: regiograaf import {CLAIMS} FILE --into FOLDER")
    return propose_claims(read_claims(files[0].name, files[0].read_bytes()), into, others)


command.add_typer(commands)


@command.command()
def schema() -> None:
    """Prints the GraphQL schema."""
    from api.schema import sdl

    say(sdl(), nl=False)


@command.command()
def doctor(claims: o.CLAIMS = None) -> None:
    """Tries everything that Regiograaf needs, and says what is wrong and what to do."""
    from api.cli import doctor as doctors

    settings = settings_now(**_own(claims))
    if not asyncio.run(doctors.examine(settings, lambda: check(*_folders(settings)))):
        raise typer.Exit(1)


@asynccontextmanager
async def opened(settings: Settings, *, quiet: bool = False, to_load: bool = False) -> AsyncIterator[Store]:
    """Opens the store of the settings: NEO4J_URI as it is, or the embedded engine, loaded with the claims if they differ.

    Waits for a Neo4j that does not answer yet, unless it has to be `quiet`. `to_load` says that the user is the one who writes.
    Raises ForeignData if that Neo4j holds something else than a graph of ours.
    """
    from api.serve.opened import embedded_store, neo4j_store
    from seeds.filling import Filling

    if neo4j := settings.neo4j_to_load if to_load else settings.neo4j:
        async with neo4j_store(settings, neo4j, _say_beside, quiet=quiet) as store:
            yield store
        return
    filling = Filling(_folders(settings), settings.regiograaf_data_dir / "version.json", now, settings.regiograaf_kept_loads)
    async with embedded_store(settings, filling, quiet=quiet) as store:
        yield store


def _own(claims: list[str] | None) -> dict[str, str | None]:
    """Returns the setting for the folders of claims of one's own that were given as options, if any."""
    return {"regiograaf_claims": os.pathsep.join(claims) if claims else None}


def _folders(settings: Settings) -> list[Place]:
    return [*shipped_folders(), *settings.claims_folders]


def _say_beside(line: str) -> None:
    say(line, err=True)


def _run(work: Coroutine[Any, Any, None], loop: Callable[[], asyncio.AbstractEventLoop] | None = None) -> None:
    try:
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(work)
    except KeyboardInterrupt:
        say("Stopped.")


if __name__ == "__main__":
    main()
