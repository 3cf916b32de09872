"""The command line, `regiograaf`: the one place that joins claims, graph and interface, and that asks what day it is."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
import uvicorn

from api import doctor as doctors
from api.answer import Answers
from api.app import application
from api.asking import told
from api.schema import sdl
from api.settings import Settings, settings_now
from graph.engines.bolt import Store
from graph.engines.embedded import embedded
from graph.errors import RegiograafError
from graph.load import Difference, difference, load
from graph.records import Records, records
from seeds import claims_folder
from seeds.check import check, dataset, report

command = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Who covers what in Dutch regional youth care, on any day, according to whom."
)
say = typer.echo


def today() -> date:
    """The day in Amsterdam."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def main() -> None:
    """Runs the command; an error that we know is told in a sentence with its remedy, and ends with status 1."""
    logging.getLogger("neo4j").setLevel(logging.ERROR)  # its warnings of another try come back as our error
    try:
        command()
    except RegiograafError as error:
        say(f"{error.code}: {error.message}\n{error.remedy}", err=True)
        sys.exit(1)


@command.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default REGIOGRAAF_HOST or 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; default REGIOGRAAF_PORT or 8000.")] = None,
) -> None:
    """Checks and loads the claims (embedded engine) or opens NEO4J_URI, and answers GraphQL until it is stopped."""
    settings = settings_now()
    logging.basicConfig(level=settings.regiograaf_log_level, format="%(levelname)s %(message)s")
    listening = (host or settings.regiograaf_host, settings.regiograaf_port if port is None else port)

    async def work() -> None:
        async with opened(settings) as store:
            app = application(Answers(store, today, store.address.engine), settings.origins)
            config = uvicorn.Config(app, *listening, log_level="warning", access_log=False, ws="none", lifespan="off")
            _settle()
            await _Announcing(config).serve()

    _run(work(), uvicorn.Config(None, log_config=None).get_loop_factory())  # type: ignore[arg-type]


def _settle() -> None:
    """What was made at the start never dies: it is kept out of every later collection, and an answer of thousands of parts causes few."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


class _Announcing(uvicorn.Server):
    """A server that says where it answers once it does."""

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            say(f"Regiograaf answers at http://{host}:{port}/graphql — stop with Ctrl-C")


@command.command(name="check")
def check_() -> None:
    """Says everything that is wrong with the claims: file:line, entity, what is wrong, what to do."""
    if report():
        raise typer.Exit(1)


@command.command(name="load")
def load_(
    commit: Annotated[
        bool, typer.Option("--commit", help="Write. Without it only the difference is shown, unless the database is still empty.")
    ] = False,
) -> None:
    """Makes the graph in NEO4J_URI equal to the claims. Shows the difference; --commit writes it. An empty database is filled at once."""
    settings, new = settings_now(), records(dataset())
    if not settings.neo4j:
        say("NEO4J_URI is not set: the embedded engine loads itself when `regiograaf serve` starts. Nothing to do.")
        return

    async def work() -> None:
        async with opened(settings, filled=False) as store:
            found = await difference(store, new)
            _tell(found)
            if found.nothing:
                return
            if commit or found.current is None:
                await load(store, new, now(), _progress())
                say(f"Loaded: version {new.version}.")
            else:
                say("Nothing was written. Add --commit to write.")

    _run(work())


def _tell(found: Difference) -> None:
    if found.nothing:
        say(f"Nothing changes: the graph already has version {found.version}.")
        return
    say(
        f"{found.current or 'empty'} → {found.version}: {len(found.added)} claims added, {len(found.removed)} removed, "
        f"{len(found.changed)} changed."
    )
    if found.current:
        for sign, keys in (("+", found.added), ("-", found.removed), ("~", found.changed)):
            for key in keys[:50]:
                say(f"  {sign} {key}")
            if len(keys) > 50:
                say(f"  {sign} … and {len(keys) - 50} more")


@command.command()
def ask(
    question: Annotated[
        str, typer.Argument(help="A care function, a municipality and, if not today, a day: 'dyslexie Aalsmeer 2023-06-01'.")
    ],
    lang: Annotated[str, typer.Option(help="NL or EN.")] = "NL",
) -> None:
    """Answers who covers what, in a sentence with its sources."""
    settings = settings_now()
    logging.basicConfig(level="WARNING")

    async def work() -> None:
        async with opened(settings, quiet=True) as store:
            say(await told(store, Answers(store, today, store.address.engine), question, lang.upper()))

    _run(work())


@command.command()
def schema() -> None:
    """Prints the GraphQL schema."""
    say(sdl(), nl=False)


@command.command()
def doctor() -> None:
    """Tries each thing that Regiograaf needs and says what is wrong and what to do."""
    if not asyncio.run(doctors.examine(settings_now(), lambda: check(claims_folder()))):
        raise typer.Exit(1)


@asynccontextmanager
async def opened(settings: Settings, *, filled: bool = True, quiet: bool = False) -> AsyncIterator[Store]:
    """The store that the settings name: NEO4J_URI as it is, or the embedded engine, which is filled from the claims where it differs."""
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
            found = await load(store, new, now(), (lambda done, total: None) if quiet else _progress())
            if not quiet:
                _told_of_start(new, found, time.monotonic() - started)
        yield store


def _told_of_start(new: Records, found: Difference, seconds: float) -> None:
    claims = sum(n.labels == ("Claim",) for n in new.nodes)
    state = "already loaded" if found.nothing else "checked and loaded"
    say(f"{claims} claims {state}, version {new.version}, embedded engine, {seconds:.1f} s.")


def _progress() -> Callable[[int, int], None]:
    """Shows how far a load is: one line that is rewritten on a terminal, a few lines elsewhere."""
    live = sys.stderr.isatty()

    def show(done: int, total: int) -> None:
        if live or done == total:
            say(f"\rLoading the graph: {100 * done // total} %", nl=done == total, err=True)

    return show


def _run(work: Coroutine[Any, Any, None], loop: Callable[[], asyncio.AbstractEventLoop] | None = None) -> None:
    try:
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(work)
    except KeyboardInterrupt:
        say("Stopped.")


if __name__ == "__main__":
    main()
