"""Reads saved questions of one's own from a folder, and checks them before a server offers them beside the shipped ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from api.documents.saved import Saved, SavedQuestions, by_id, read, shipped
from graph.errors import WrongSetting

if TYPE_CHECKING:
    from api.errors import Formatted

SETTING = "REGIOGRAAF_OPERATIONS"


def with_own(folder: Path | None) -> SavedQuestions:
    """Returns the shipped questions and those of the `*.graphql` files of a folder. Raises WrongSetting with all that is wrong in it."""
    if folder is None:
        return shipped()
    owners = {question.name: "a shipped question" for question in shipped().values()}
    questions, problems = list[Saved](), list[str]()
    for file in _files(folder):
        try:
            question = _checked(file)
            if owner := owners.get(question.name):
                raise ValueError(f"its name {question.name} is that of {owner}")
        except ValueError as error:
            problems.append(f"{file.name}: {error}")
        else:
            owners[question.name] = file.name
            questions.append(question)
    if problems:
        raise _wrong("; ".join(problem.rstrip(".") for problem in problems), "Correct the files: each needs what a shipped question has.")
    return {**shipped(), **by_id(*questions)}


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ".graphql")
    except OSError as error:
        raise _wrong(f"{folder}: {error.strerror}", "Name a folder that can be read.") from None
    if not files:
        raise _wrong(f"{folder} has no file *.graphql", "Put saved questions in it, or leave the setting out.")
    return files


def _checked(file: Path) -> Saved:
    """Reads a question and prepares its example. Raises ValueError with what is wrong."""
    from api.documents.prepare import Refused, prepare  # takes a second, which a start without such questions has better use for

    try:
        beside = file.with_suffix(".variables.json")
        question = read(file.read_bytes().decode(), beside.read_text("utf-8"))  # the bytes as they are: their digest is the id
    except FileNotFoundError as error:
        raise ValueError(f"there is no {Path(error.filename).name} beside it, with an example such as {{}}") from None
    except OSError as error:
        raise ValueError(error.strerror) from None
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    try:
        prepare(question.document, None, orjson.loads(question.variables))
    except Refused as refused:
        raise ValueError(" ".join(map(_told, refused.errors))) from None
    return question


def _told(error: Formatted) -> str:
    lines = [str(place["line"]) for place in error.get("locations", ())]
    return f"line {lines[0]}: {error['message']}" if lines else str(error["message"])


def _wrong(what: str, remedy: str) -> WrongSetting:
    return WrongSetting(f"{SETTING} cannot be used: {what}.", remedy)
