"""The command line, `regiograaf`: the one place that joins claims, graph and API, and that reads the clock."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
import uvicorn

from api.answer import Answers
from api.cli import doctor as doctors
from api.cli.explain import AS_JSON, AS_OF, QUESTION, VARIABLES, explain
from api.cli.load_report import print_difference, print_start, progress
from api.cli.short_question import answer_text
from api.schema import sdl
from api.schema.time import DEFAULT_LANGUAGE, Language
from api.serve import workers as workers_
from api.serve.server import address, listener, run_server
from api.serve.workers import NoWorkers
from api.settings import Settings, settings_now
from api.trace import Traced
from graph.build.records import records
from graph.engines.bolt import Store
from graph.engines.embedded import embedded
from graph.errors import RegiograafError
from graph.load.load import difference, load
from seeds import claims_folder
from seeds.check import check, dataset, report

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
    logging.getLogger("neo4j").setLevel(logging.ERROR)  # what it warns about comes back as our error
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
    version: Annotated[bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version and exit.")] = False,
) -> None:
    """Takes the options that come before a command."""


@command.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on. Default: REGIOGRAAF_HOST, else 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0: any free one. Default: REGIOGRAAF_PORT, else 8000.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes at that address. Default: REGIOGRAAF_WORKERS, else 1.")] = None,
    descriptor: Annotated[int | None, typer.Option(hidden=True, help="The listening socket of several workers.")] = None,
) -> None:
    """Answers GraphQL until it is stopped, from NEO4J_URI or from the embedded engine, which it fills with the claims."""
    settings = settings_now(regiograaf_host=host, regiograaf_port=port, regiograaf_workers=workers)
    logging.basicConfig(level=settings.regiograaf_log_level, format="%(levelname)s %(message)s")
    place = (settings.regiograaf_host, settings.regiograaf_port)
    if settings.regiograaf_workers > 1 and descriptor is None:
        if not settings.neo4j:
            raise NoWorkers("The embedded engine serves one process.", "Set NEO4J_URI, or leave --workers out.")
        shared = workers_.listening(*place)
        say(f"Regiograaf answers at {address(shared)} with {settings.regiograaf_workers} workers — stop with Ctrl-C")
        workers_.supervise(shared, settings.regiograaf_workers, say)
        return
    listening = listener(*place) if descriptor is None else socket.socket(fileno=descriptor)

    async def work() -> None:
        async with opened(settings) as store:
            answers = Traced if settings.regiograaf_trace else Answers
            await run_server(
                answers(store, today, store.address.engine), store.address.warm_up, settings, listening, say, worker=descriptor is not None
            )

    _run(work(), uvicorn.Config(None, log_config=None).get_loop_factory())  # type: ignore[arg-type]


@command.command(name="check")
def check_() -> None:
    """Lists all problems in the claims: file:line, entity, what is wrong, what to do."""
    if report():
        raise typer.Exit(1)


@command.command(name="load")
def load_(
    commit: Annotated[
        bool, typer.Option("--commit", help="Write the difference. Without it the difference is only shown, unless the database is empty.")
    ] = False,
) -> None:
    """Shows how the graph in NEO4J_URI differs from the claims; --commit makes it equal. An empty database is filled at once."""
    settings, new = settings_now(), records(dataset())
    if not settings.neo4j:
        say("NEO4J_URI is not set: the embedded engine loads itself when `regiograaf serve` starts. Nothing to do.")
        return

    async def work() -> None:
        async with opened(settings, filled=False) as store:
            changes = await difference(store, new)
            print_difference(changes)
            if changes.nothing:
                return
            if commit or changes.current is None:
                await load(store, new, now(), progress(), computed=changes)
                say(f"Loaded: version {new.version}.")
            else:
                say("Nothing was written. Add --commit to write.")

    _run(work())


@command.command()
def ask(
    question: Annotated[
        list[str],
        typer.Argument(
            help="Which care, which municipality and, if not today, which day: Wie levert dyslexiezorg in Aalsmeer op 1-6-2023?"
        ),
    ],
    lang: Annotated[Language, typer.Option(case_sensitive=False, help="Language of the answer.")] = DEFAULT_LANGUAGE,
) -> None:
    """Answers who delivers which care in a municipality, in a sentence with its sources."""
    settings = settings_now()
    logging.basicConfig(level="WARNING")

    async def work() -> None:
        async with opened(settings, quiet=True) as store:
            say(await answer_text(store, Answers(store, today, store.address.engine), " ".join(question), lang.name))

    _run(work())


@command.command(name="explain")
def explain_(question: QUESTION, variables: VARIABLES = "{}", as_of: AS_OF = None, as_json: AS_JSON = False) -> None:
    """Prints the Cypher of a question, its operators and db hits, and where the time goes."""
    settings = settings_now()
    logging.basicConfig(level="WARNING")

    async def work() -> None:
        async with opened(settings, quiet=True) as store:
            await explain(store, (question, variables, as_of), today(), as_json=as_json)

    _run(work())


@command.command()
def schema() -> None:
    """Prints the GraphQL schema."""
    say(sdl(), nl=False)


@command.command()
def doctor() -> None:
    """Tries everything that Regiograaf needs, and says what is wrong and what to do."""
    if not asyncio.run(doctors.examine(settings_now(), lambda: check(claims_folder()))):
        raise typer.Exit(1)


@asynccontextmanager
async def opened(settings: Settings, *, filled: bool = True, quiet: bool = False) -> AsyncIterator[Store]:
    """Opens the store of the settings: NEO4J_URI as it is, or the embedded engine, loaded with the claims if they differ."""
    limits: dict[str, Any] = {
        "query_seconds": settings.regiograaf_query_seconds,
        "at_once": settings.regiograaf_at_once,
        "waiting": settings.regiograaf_waiting,
    }
    if settings.neo4j:
        async with Store(settings.neo4j, **limits) as store:
            await store.reach()
            yield store
        return
    started = time.monotonic()
    new = records(dataset())
    async with embedded(settings.regiograaf_data_dir) as address, Store(address, **limits) as store:
        if filled:
            changes = await load(store, new, now(), (lambda done, total: None) if quiet else progress(), alone=True)
            if not quiet:
                print_start(new, changes, time.monotonic() - started)
        yield store


def _run(work: Coroutine[Any, Any, None], loop: Callable[[], asyncio.AbstractEventLoop] | None = None) -> None:
    try:
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(work)
    except KeyboardInterrupt:
        say("Stopped.")


if __name__ == "__main__":
    main()
