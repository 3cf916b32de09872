"""Saved questions that an export asks, all answered from the version of the data that the file says it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.documents.prepare import Refused
from api.export.export import Export
from graph.domain.languages import DEFAULT
from graph.errors import Changing, RegiograafError


async def asked(export: Export, name: str, **variables: Any) -> dict[str, Any]:
    """Returns the data of a saved question on the day of an export. Raises RegiograafError if any of it is missing."""
    _, question = export.answers.saved_question(name, {"asOf": export.day.isoformat(), "lang": DEFAULT, **variables})
    try:
        response = await export.answers.respond(export.answers.prepare(question), export.day)
    except Refused as refused:
        raise _problem(refused.errors[0]) from None
    if errors := response.body.get("errors"):
        raise _problem(errors[0])
    if response.version != export.data_version:
        raise Changing("The data changed while it was exported.", "Export it again.")
    data: dict[str, Any] = response.body["data"]
    return data


def _problem(error: Mapping[str, Any]) -> RegiograafError:
    """Returns the error of an answer as one of the program, with its code."""
    details = error.get("extensions", {})
    problem = RegiograafError(error["message"], str(details.get("remedy", "Export it again.")))
    problem.code = str(details.get("code", problem.code))
    return problem
