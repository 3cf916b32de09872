"""Named GraphQL operations and hand-written Cypher texts. Imports nothing of ours."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def cypher(name: str) -> str:
    """The hand-written Cypher text of a name (`cypher/<name>.cypher`)."""
    return (files(__name__) / "cypher" / f"{name}.cypher").read_text("utf-8")


@cache
def operation(name: str) -> str:
    """The GraphQL document of a named operation (`operations/<name>.graphql`)."""
    return (files(__name__) / "operations" / f"{name}.graphql").read_text("utf-8")


@cache
def example(name: str) -> str:
    """The variables of the example of a named operation, as JSON text (`operations/<name>.variables.json`)."""
    return (files(__name__) / "operations" / f"{name}.variables.json").read_text("utf-8")


def operations() -> list[str]:
    """The names of all operations."""
    folder = files(__name__) / "operations"
    return sorted(file.name.removesuffix(".graphql") for file in folder.iterdir() if file.name.endswith(".graphql"))
