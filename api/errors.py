"""Formats errors for clients: a stable code, a sentence and a remedy. Masks and logs all others.

Every error passes `formatted`, which shortens what it repeats of the request.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLError, TokenKind
from graphql.language import ArgumentNode, FieldNode, Token, ValueNode, VariableDefinitionNode

from graph.errors import EngineUnavailable, ReferenceProblem, RegiograafError

log = logging.getLogger("regiograaf")
Formatted = dict[str, Any]

SYNTAX = ("GRAPHQL_PARSE_FAILED", "Correct the document at the reported location; /graphql in a browser helps to write it.")
VALIDATION = ("GRAPHQL_VALIDATION_FAILED", "Compare the document with /schema.graphql.")
_MISSING = re.compile(r"^Argument '\S+\((\w+):\)' of type")  # graphql-core names this argument in its message only
VARIABLES = ("BAD_VARIABLES", "Send each variable with a value of its declared type; dates are written as 2023-06-01.")


LONGEST_ECHO = 200  # signs of a request that an error repeats
_HEAD, _TAIL = 130, 60  # what is kept of a longer text


def formatted(code: str, message: str, remedy: str, place: Mapping[str, Any] | None = None, **details: Any) -> Formatted:
    """Returns the one form of all errors. `place` is its path or locations, `details` are its further extensions.

    The message and the argument are shortened, because they repeat the request. References are short already.
    """
    if "argument" in details:
        details["argument"] = shortened(str(details["argument"]))
    return {"message": shortened(message), **(place or {}), "extensions": {"code": code, "remedy": remedy, **details}}


def shortened(text: str) -> str:
    """Returns a text of at most LONGEST_ECHO signs as it is, and the beginning and the end of a longer one."""
    return text if len(text) <= LONGEST_ECHO else f"{text[:_HEAD]} … {text[-_TAIL:]}"


def of_graphql(error: GraphQLError, kind: tuple[str, str]) -> Formatted:
    """Formats an error of graphql-core, with the `argument` or `$variable` that it is about."""
    code, remedy = kind
    argument = _argument(error)
    place = {name: value for name, value in error.formatted.items() if name in ("locations", "path")}
    return formatted(code, error.message, remedy, place, **({"argument": argument} if argument else {}))


def _argument(error: GraphQLError) -> str | None:
    """Returns the argument or the variable that an error is about, or None."""
    node = error.nodes[0] if error.nodes else None
    if isinstance(node, VariableDefinitionNode):
        return f"${node.variable.name.value}"
    if isinstance(node, ArgumentNode):
        return node.name.value
    if isinstance(node, FieldNode):
        missing = _MISSING.search(error.message)
        return missing[1] if missing else None
    if not isinstance(node, ValueNode) or not node.loc:
        return None
    for index, token in enumerate(tokens := list(_backwards(node.loc.start_token))):
        if token.kind is TokenKind.COLON and tokens[index + 1].kind is TokenKind.NAME:
            return tokens[index + 1].value
    return None


def _backwards(token: Token | None) -> Iterator[Token]:
    """Yields a token and those before it, the nearest first."""
    while token is not None:
        yield token
        token = token.prev


def of_exception(error: BaseException, path: list[str | int], request_id: str) -> Formatted:
    """Formats an exception. `path` is the root field, or empty for the whole request.

    Masks and logs an exception that is not a RegiograafError.
    """
    location = {"path": path} if path else {}
    if isinstance(error, EngineUnavailable):  # its message contains the address of the store
        if not error.logged:
            log.error("request %s: %s", request_id, error.message)
        error = EngineUnavailable("The graph store does not answer.", "Try again in a minute; the log of the server has the reason.")
    if isinstance(error, RegiograafError):
        return of_ours(error, location)
    log.error("request %s: %s failed", request_id, shortened(str(path)), exc_info=error)
    remedy = "Try again; if it stays, report the request id."
    return formatted("INTERNAL", "Something went wrong on our side.", remedy, location, requestId=request_id)


def of_ours(error: RegiograafError, place: Mapping[str, Any] | None = None) -> Formatted:
    """Formats an error of ours. That of a reference keeps its message: it names candidates, and a reference is short."""
    out = formatted(error.code, error.message, error.remedy, place, **error.details)
    return {**out, "message": error.message} if isinstance(error, ReferenceProblem) else out


def of_request(code: str, message: str, remedy: str) -> Formatted:
    """Formats an error in the request itself, found before the document is parsed."""
    return formatted(code, message, remedy)
