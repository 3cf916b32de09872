"""`regiograaf ask`: a question in a few words becomes the operation `coverage`, and its answer a text with sources."""

from __future__ import annotations

import re

from api.answer import Answers, Question
from graph.ask.ask import Reader
from graph.domain.reference import normal
from graph.engines.cypher import Cypher
from graph.errors import BadInput
from queries import cypher, operation

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


async def asked(store: Reader, question: str, language: str) -> Question:
    """A question such as `dyslexie Aalsmeer 2023-06-01` as GraphQL. Raises BadInput where it is not understood."""
    words = question.split()
    days = [w for w in words if _DAY.fullmatch(w)]
    function, municipality = await _understood(store, [w for w in words if w not in days])
    variables = {"municipality": municipality, "function": function, "asOf": days[0] if days else None, "lang": language}
    return Question(operation("coverage"), None, variables)


async def told(store: Reader, answers: Answers, question: str, language: str) -> str:
    """The answer to a question in a few words. Raises BadInput where it is not understood or cannot be answered."""
    answer = await answers(await asked(store, question, language))
    if answer.get("errors"):
        error = answer["errors"][0]
        raise BadInput(error["message"], error["extensions"]["remedy"], "question", error["extensions"]["code"])
    found = answer["data"]["coverage"]
    lines = [f"{found['status']} ({', '.join(found['reasons'])}) · {found['context']['asOf']}", "", found["explanation"]]
    lines += [
        f"\nTegenspraak {c['id']}: {c['explanation']}" if language == "NL" else f"\nConflict {c['id']}: {c['explanation']}"
        for c in found["conflicts"]
    ]
    return "\n".join(lines)


async def _understood(store: Reader, words: list[str]) -> tuple[str, str]:
    """The care function and the municipality that the words name, in either order."""
    spans = {" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    rows = await store.rows(Cypher(cypher("functions-and-municipalities"), {"texts": sorted({normal(s) for s in spans})}, "words"))
    means = {(text, type_) for text, type_ in rows}
    for at in range(1, len(words)):
        one, other = " ".join(words[:at]), " ".join(words[at:])
        for function, municipality in ((one, other), (other, one)):
            if (normal(function), "CareFunction") in means and (normal(municipality), "Municipality") in means:
                return function, municipality
    known = sorted({text for text, _ in means}, key=len, reverse=True)
    raise BadInput(
        f'"{" ".join(words)}" does not name one care function and one municipality'
        + (f"; known is: {', '.join(known[:3])}." if known else "."),
        "Ask for example: regiograaf ask 'dyslexie Aalsmeer 2023-06-01'. `regiograaf serve` lists all names.",
        "question",
    )
