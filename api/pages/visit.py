"""A visit to a page: its address, its language, its day, and the saved questions that it asks, all from one version of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import orjson

from api.answer import Answers
from api.documents.prepare import Refused
from api.documents.saved import Saved
from api.pages.address import DAY, Address, link
from api.pages.words import Words
from api.table import Table
from graph.domain.reference import key_of

MOST_AT_ONCE = 100  # entries of a list
LONGEST_VALUE = 300  # signs of a parameter; a reference has at most 200


class PageProblem(Exception):
    """A page cannot be shown. `code` is that of the error, `values` what its sentence in `texts/*/problem.toml` needs."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class Moved(Exception):
    """The page that is asked for stands at another address of ours."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True, slots=True)
class Asked:
    """A saved question that a page asked, with its variables."""

    saved: Saved
    variables: Mapping[str, Any]
    title: str

    @property
    def explorer(self) -> str:
        """Returns the address at which a reader asks the question again."""
        values = {"documentId": self.saved.document_id, "variables": orjson.dumps(self.variables).decode()}
        return f"/graphql?{urlencode(values)}"


@dataclass(frozen=True, slots=True)
class View:
    """Holds what a page shows: its title, the values of its template, and the tables that it offers as files, the main one first.

    `strip` has the days on which something changes for what is shown. `more` is the address at which the main table goes on; the
    table is not `complete` if it leaves something out that stands on no other page either. `take` says what a reader can take along
    from here: all that is known of a thing, by its key, or everything if it is empty; None if the page does not offer it.
    """

    title: str
    values: Mapping[str, Any]
    tables: Sequence[tuple[str, Table]] = ()
    strip: Sequence[date] = ()
    more: Address | None = None
    complete: bool = True
    has_day: bool = True
    status: int = 200
    take: str | None = None


@dataclass
class Visit:
    """One visit. `today` is the day in Amsterdam; `versions` gathers the versions of the data that its answers came from."""

    answers: Answers
    address: Address
    today: date
    asked: list[Asked] = field(default_factory=list)
    versions: set[str] = field(default_factory=set)
    problems: list[Mapping[str, Any]] = field(default_factory=list)

    @cached_property
    def words(self) -> Words:
        return Words(self.address.language)

    @cached_property
    def day(self) -> date:
        """Returns the day that the page shows."""
        text = self.one(DAY)
        return date.fromisoformat(text) if text else self.today

    @property
    def first(self) -> int | None:
        """Returns how many entries of a list are asked at once for a file, which has the whole list; None for a page."""
        return None if self.address.form == "html" else MOST_AT_ONCE

    def one(self, name: str, default: str = "") -> str:
        """Returns the value of a parameter that may stand once."""
        values = self.address.parameters.get(name, ())
        return values[0] if values else default

    def many(self, name: str) -> Sequence[str]:
        return self.address.parameters.get(name, ())

    def link(self, page: str, path: Mapping[str, str] | None = None, **parameters: str | Sequence[str] | None) -> str:
        """Returns the address of a page in the language and on the day of this one."""
        return link(page, self.address.language, path, **{DAY: self.one(DAY), **parameters})

    def link_to(self, thing: Mapping[str, Any]) -> str:
        """Returns the address of the page of a thing, from its `uri`."""
        type_, slug = reference_to(thing["uri"]).split("/", 1)
        return self.link("thing", {"type": type_, "slug": slug})

    async def ask(self, name: str, **variables: Any) -> dict[str, Any]:
        """Returns the data of a saved question, asked in the language and for the day of this page if it knows them.

        Raises PageProblem with the first error if a root field is missing from the answer; others become `problems`.
        """
        usual = {"asOf": self.day.isoformat(), "lang": self.address.language.code}
        saved, question = self.answers.saved_question(name, {**usual, **variables})
        self.asked.append(Asked(saved, question.variables or {}, saved.titles[self.address.language.code]))
        try:
            response = await self.answers.respond(self.answers.prepare(question), self.today)
        except Refused as refused:
            raise problem_of(refused.errors[0]) from None
        if response.version is not None:
            self.versions.add(response.version)
        data: dict[str, Any] | None = response.body.get("data")
        errors = response.body.get("errors", [])
        if errors and (data is None or None in data.values()):
            raise problem_of(errors[0])
        self.problems += errors
        return data or {}


def reference_to(uri: str) -> str:
    """Returns the key for a URI of ours, `municipality/zaanstad`: it means one thing, where a slug alone may mean several."""
    return key_of(uri) or uri


async def all_pages(visit: Visit, name: str, field_: str, most: int | None = None, **variables: Any) -> list[dict[str, Any]]:
    """Returns the pages of a list, at most so many, one after the other; the last one says if there are more."""
    pages: list[dict[str, Any]] = []
    while most is None or len(pages) < most:
        after = pages[-1]["pageInfo"]["endCursor"] if pages else None
        pages.append((await visit.ask(name, **variables, after=after))[field_])
        if not pages[-1]["pageInfo"]["hasNextPage"]:
            break
    return pages


def problem_of(error: Mapping[str, Any]) -> PageProblem:
    """Returns the problem of a page for an error of the API."""
    extensions = error["extensions"]
    return PageProblem(
        extensions["code"], text=str(extensions.get("reference", "")),
        nearest=extensions.get("nearest") or extensions.get("candidates") or [], message=error["message"],
    )  # fmt: skip
