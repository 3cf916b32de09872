"""The seven questions, in our words and in those of the rivals, each with a seeded set of variables."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from graph.answers.shape import cursor
from graph.domain.reference import sortable
from tests.bench.nation import Rows

QUESTIONS = Path(__file__).parent / "questions"
NAMES = ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7")
ALONE = ("Q8",)  # the rivals have no counterpart of it
WORDS = ("berg Jeugdhulp", "hof Jeugdhulp", "lind Jeugdhulp", "zorg Jeugdhulp", "a Jeugdhulp")
PAGE, LIST = 500, 5000
Variables = dict[str, Any]


@dataclass(frozen=True)
class Workload:
    """A question in both languages; the bodies are requests, those of equal position ask the same."""

    name: str
    ours: list[bytes]
    theirs: list[bytes]


def workloads(names: tuple[str, ...], peers: Path, nodes: Rows, amount: int = 60) -> list[Workload]:
    """The requests of each question; equal seeds, equal requests."""
    return [_workload(name, peers, nodes, amount) for name in names]


def _workload(name: str, peers: Path, nodes: Rows, amount: int) -> Workload:
    choice = random.Random(f"regiograaf/{name}")
    pairs = [_VARIABLES[name](choice, nodes) for _ in range(1 if name == "Q5" else amount)]
    own = QUESTIONS / "peers" / f"{name}.graphql"
    theirs = own if own.exists() else peers / "queries" / f"{name}.graphql"
    text = _pages(nodes) if name == "Q5" else (QUESTIONS / f"{name}.graphql").read_text("utf-8")
    return Workload(
        name,
        [_body(name, text, ours) for ours, _ in pairs],
        [] if name in ALONE else [_body(name, theirs.read_text("utf-8"), other) for _, other in pairs],
    )


def _body(name: str, text: str, variables: Variables) -> bytes:
    return orjson.dumps({"query": text, "operationName": name, "variables": variables})


def _pages(nodes: Rows) -> str:
    """The big list as ten pages in one request: a client that kept the cursors of its last visit asks like this."""
    declared = ", ".join(f"$c{i}: String" for i in range(1, LIST // PAGE))
    asked = [f"p{i}: providers(first: {PAGE}{f', after: $c{i}' if i else ''}) {{ ...Rows }}" for i in range(LIST // PAGE)]
    return f"query Q5({declared}) {{ {' '.join(asked)} }}\n{(QUESTIONS / 'Q5.graphql').read_text('utf-8')}"


# ── variables: ours and theirs ────────────────────────────────────────────────────────────────────


def _municipality(choice: random.Random, nodes: Rows) -> str:
    return str(choice.choice(nodes["Municipality"])["code"])


def _day(choice: random.Random) -> str:
    return f"{choice.randint(2021, 2024)}-{choice.randint(1, 12):02d}-01"


def _q1(choice: random.Random, nodes: Rows) -> tuple[Variables, Variables]:
    code = {"code": _municipality(choice, nodes)}
    return code, code


def _q2(choice: random.Random, nodes: Rows) -> tuple[Variables, Variables]:
    code, day, segment = _municipality(choice, nodes), _day(choice), choice.choice(nodes["CareService"])["segment"]
    functions = [f"function/{s['code'].lower()}" for s in nodes["CareService"] if s["segment"] == segment]
    return {"code": code, "asOf": day, "functions": functions}, {"code": code, "asOf": day, "segment": segment}


def _q3(choice: random.Random, nodes: Rows) -> tuple[Variables, Variables]:
    code, day = str(choice.choice(nodes["Region"])["code"]), _day(choice)
    return {"code": code.lower(), "asOf": day}, {"code": code, "asOf": day}


def _q4(choice: random.Random, nodes: Rows) -> tuple[Variables, Variables]:
    day = {"asOf": _day(choice)}
    return day, day


def _q5(choice: random.Random, nodes: Rows) -> tuple[Variables, Variables]:
    places = sorted(f"{sortable(p['name'])}\tprovider/{p['id'].lower()}" for p in nodes["Provider"])
    return {f"c{i}": cursor("Provider:NAME", [places[i * PAGE - 1]]) for i in range(1, LIST // PAGE)}, {}


def _q6(choice: random.Random, nodes: Rows) -> tuple[Variables, Variables]:
    variables = {"text": choice.choice(WORDS), "first": 25}
    return variables, variables


def _q7(choice: random.Random, nodes: Rows) -> tuple[Variables, Variables]:
    contract = choice.choice(nodes["Contract"])
    return {"id": contract["id"], "asOf": contract["validFrom"].isoformat()}, {"id": contract["id"]}


def _q8(choice: random.Random, nodes: Rows) -> tuple[Variables, Variables]:
    function = f"function/{choice.choice(nodes['CareService'])['code'].lower()}"
    return {"code": _municipality(choice, nodes), "function": function, "asOf": _day(choice)}, {}


_VARIABLES: dict[str, Callable[[random.Random, Rows], tuple[Variables, Variables]]] = {
    "Q1": _q1, "Q2": _q2, "Q3": _q3, "Q4": _q4, "Q5": _q5, "Q6": _q6, "Q7": _q7, "Q8": _q8,
}  # fmt: skip
