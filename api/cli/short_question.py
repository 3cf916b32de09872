"""`regiograaf ask`: a question in everyday words becomes the operation `coverage`, and its answer a text with sources."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain, combinations, product
from typing import Any

from api.answer import Answers, Question
from api.day import DAY, NoSuchDay, day_of
from graph.ask.ask import Reader
from graph.domain.languages import by_language
from graph.domain.notation import read
from graph.engines.cypher import Cypher
from graph.errors import BadInput
from queries import cypher, operation

MAX_WORDS = 30
EXAMPLE = "Ask for example: regiograaf ask 'Wie levert dyslexiezorg in Aalsmeer op 1 juni 2023?'"
ALL_NAMES = "{ careFunctions { name } municipalities(first: 100) { nodes { name } } }"
# Words that say nothing about which care, which municipality or which day; today is the day of a question that names none.
FILLERS = frozenset(re.findall(
    r"\w+",
    "wie wat welke waar wordt worden is zijn er levert leveren dekt regelt geregeld geeft biedt doet aan in te de het een deze die "
    "voor van op per bij door om en gemeente zorg hulp dag datum vandaag nu "
    "who what which where are covers cover delivers deliver provides provide arranges arranged offers does at the a an this "
    "of on for by to and municipality care day date today now",
))  # fmt: skip
_CONFLICT = by_language(("Tegenspraak", "Conflict"))
Span = tuple[int, int]


async def short_question(store: Reader, text: str, language: str) -> Question:
    """Returns a question such as `Wie levert dyslexiezorg in Aalsmeer op 1-6-2023?` as GraphQL. Raises BadInput."""
    day, rest = _day(text)
    words = [word for part in rest.split() if (word := part.strip(',;:?!."“”'))]
    if len(words) > MAX_WORDS:
        raise BadInput(f"The question has more than {MAX_WORDS} words.", EXAMPLE, "question")
    function, municipality = await _names(store, words)
    variables = {"municipality": municipality, "function": function, "asOf": day and day.isoformat(), "lang": language}
    return Question(operation("coverage"), None, variables)


async def answer_text(store: Reader, answers: Answers, text: str, language: str) -> str:
    """Returns the answer to a question in everyday words. Raises BadInput if it is not understood or cannot be answered."""
    coverage = (await data(answers, await short_question(store, text, language), "question"))["coverage"]
    lines = [f"{coverage['status']} ({', '.join(coverage['reasons'])}) · {coverage['context']['asOf']}", "", coverage["explanation"]]
    lines += [f"\n{_CONFLICT[language]} {each['id']}: {each['explanation']}" for each in coverage["conflicts"]]
    return "\n".join(lines)


async def data(answers: Answers, question: Question, argument: str) -> dict[str, Any]:
    """Returns the data of an answer. Raises BadInput with its first error, if there is one."""
    answer = await answers(question)
    if answer.get("errors"):
        error = answer["errors"][0]
        raise BadInput(error["message"], error["extensions"]["remedy"], argument, error["extensions"]["code"])
    found: dict[str, Any] = answer["data"]
    return found


def _day(text: str) -> tuple[date | None, str]:
    """Returns the day that a question names, and the question without it. Raises BadInput if there are two, or no such day."""
    matches = list(DAY.finditer(text))
    if not matches:
        return None, text
    if len(matches) > 1:
        raise BadInput(f"The question names two days: {matches[0][0]} and {matches[1][0]}.", "Ask about one day.", "question")
    try:
        day = day_of(matches[0])
    except NoSuchDay:
        remedy = "Write the day as 1-6-2023, 1 juni 2023 or 2023-06-01."
        raise BadInput(f"{matches[0][0]} is not a day of the calendar.", remedy, "question") from None
    return day, DAY.sub(" ", text)


async def _names(store: Reader, words: list[str]) -> tuple[str, str]:
    """Returns the care function and the municipality that the words name, in any order, with any filler words between them.

    If only one of the two is known, the other words are taken for the other, so that the answer says what comes nearest.
    """
    texts = {span: " ".join(words[slice(*span)]) for span in combinations(range(len(words) + 1), 2)}
    keys = {span: _references(text) for span, text in texts.items()}
    rows = await store.rows(Cypher(cypher("functions-and-municipalities"), {"texts": sorted({*chain(*keys.values())})}, "words"))
    types = {(text, type_) for text, type_ in rows}
    functions = [span for span, of_span in keys.items() if any((key, "CareFunction") in types for key in of_span)]
    municipalities = [span for span, of_span in keys.items() if any((key, "Municipality") in types for key in of_span)]
    pairs = [(f, m) for f, m in product(functions, municipalities) if f[1] <= m[0] or m[1] <= f[0]]
    if pairs:
        function, municipality = max(pairs, key=lambda pair: _length(*pair))
        if unknown := _others(words, function, municipality):
            raise BadInput(f'"{" ".join(unknown)}" is not understood.', EXAMPLE, "question")
        return texts[function], texts[municipality]
    known = max((*functions, *municipalities), key=_length, default=None)
    others = _others(words, known) if known else _others(words)
    if known and others:
        return (texts[known], " ".join(others)) if known in functions else (" ".join(others), texts[known])
    if len(others) > 1:  # as most people say it: the care first, then the municipality
        return " ".join(others[:-1]), others[-1]
    remedy = f"{EXAMPLE}\nAll names: start `regiograaf serve` and ask {ALL_NAMES} at /graphql."
    raise BadInput("The question does not name both a care function and a municipality.", remedy, "question")


def _references(text: str) -> tuple[str, ...]:
    """Returns the references that a word or some words can be; a bare number is none, because it may count something."""
    notation = read(text)
    return notation.references if notation.certain else ()


def _length(*spans: Span) -> int:
    return sum(end - start for start, end in spans)


def _others(words: list[str], *spans: Span) -> list[str]:
    """Returns the words outside the spans that are no fillers."""
    inside = {index for start, end in spans for index in range(start, end)}
    return [word for index, word in enumerate(words) if index not in inside and word.casefold() not in FILLERS]
