"""The commands that ask a store and write no claims: ask, explain, resolve, export and verify."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import options as o
from api.cli.root import Root
from graph.domain.languages import DEFAULT

if TYPE_CHECKING:
    from graph.engines.bolt import Store

commands = typer.Typer()
say = typer.echo


@commands.command()
def ask(
    context: typer.Context,
    question: Annotated[
        list[str],
        typer.Argument(
            help="Which care, which municipality and, if not today, which day: Wie levert dyslexiezorg in Aalsmeer op 1-6-2023?"
        ),
    ],
    lang: o.LANGUAGE = DEFAULT,
    claims: o.CLAIMS = None,
) -> None:
    """Answers who delivers which care in a municipality, in a sentence with its sources."""
    root = _root(context)

    async def work(store: Store) -> None:
        from api.answer import Answers
        from api.cli.short_question import answer_text

        say(await answer_text(store, Answers(store, root.today, store.address.engine), " ".join(question), lang))

    root.with_store(root.settings(claims), work)


@commands.command(name="explain")
def explain_(
    context: typer.Context,
    question: o.QUESTION,
    variables: o.VARIABLES = "{}",
    as_of: o.AS_OF = None,
    as_json: o.AS_JSON = False,
    claims: o.CLAIMS = None,
) -> None:
    """Prints the Cypher of a question, its operators and db hits, and where the time goes."""
    from api.cli.explain import explain

    root = _root(context)

    async def work(store: Store) -> None:
        await explain(store, (question, variables, as_of), root.today(), as_json=as_json)

    root.with_store(root.settings(claims), work)


@commands.command(name="resolve")
def resolve_(
    context: typer.Context,
    file: o.TABLE,
    column: o.COLUMN,
    out: o.OUT,
    scheme: o.SCHEME = None,
    types: o.TYPES_OF_COLUMN = None,
    as_of: o.AS_OF = None,
    sheet: o.SHEET = None,
    claims: o.CLAIMS = None,
) -> None:
    """Links a column of a table: writes the same table with key, name, uri, confidence, problem and successor beside it."""
    from api.answer import Answers
    from api.cli.linked_table import hints_of, link_table
    from api.cli.load_report import progress

    root, hints = _root(context), hints_of(scheme, types, as_of)

    async def work(store: Store) -> None:
        answers = Answers(store, root.today, store.address.engine)
        say(await link_table(answers, (file, sheet, out), column, hints, progress("Linking")), err=True)

    root.with_store(root.settings(claims), work)


@commands.command(name="export")
def export_(context: typer.Context, name: o.FORMAT, output: o.EXPORTED, as_of: o.AS_OF_FILE = None, claims: o.CLAIMS = None) -> None:
    """Writes all data, or what holds on a day, as a file to take along. Twice the same data gives the same bytes."""
    from api.cli.taking import export

    root = _root(context)
    settings = root.settings(claims)

    async def work(store: Store) -> None:
        await export(store, (name, as_of, output), root.today(), settings)

    root.with_store(settings, work)


@commands.command(name="verify")
def verify_(context: typer.Context, file: o.ARCHIVE, claims: o.CLAIMS = None) -> None:
    """Checks each file of a zip that `export all` wrote, and says what differs from what runs now."""
    from api.cli.taking import verified

    root, right = _root(context), True

    async def work(store: Store) -> None:
        nonlocal right
        right = await verified(store, file, root.today())

    root.with_store(root.settings(claims), work)
    if not right:
        raise typer.Exit(1)


def _root(context: typer.Context) -> Root:
    """Returns the composition root. What goes wrong below it is told as an error; the log has no more than warnings."""
    logging.basicConfig(level="WARNING")
    root: Root = context.obj
    return root
