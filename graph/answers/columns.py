"""The rows that the store gives, by the names of their columns.

The compiler builds the lists of its queries from the same names (`graph.compile.rows.columns`), so each order stands once, here.
A row may have more columns behind the named ones; `columns` is all of it, for the shaping function of its plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Self, TypeVar

R = TypeVar("R", bound=NamedTuple)


def row_of(type_: type[R], row: Sequence[Any]) -> R:
    """Returns a row by the names of its columns; the last name, `columns`, is the row itself."""
    return type_._make((*row[: len(type_._fields) - 1], row))


class PeriodRow(NamedTuple):
    """A period as it stands on a node or relationship; dates are ISO texts. `max_extent` is there for contracts only."""

    valid_from: str | None
    valid_to: str | None
    certain_from: str | None
    certain_to: str | None
    start: str | None
    end: str | None
    attested: str | None
    end_known: bool | None
    written: str | None
    start_basis: str | None
    end_basis: str | None
    stale_from: str | None
    planned: bool | None
    max_extent: str | None = None

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        return cls(*row)


class LinkRow(NamedTuple):
    """A dated step of a chain of coverage, as `graph.build.chains` writes it: its period, and the keys of the claims behind it."""

    period: Sequence[Any]
    claims: Sequence[str]

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """Takes a row apart: the claims stand behind the columns of the period."""
        return cls(row[:-1], row[-1] or ())


class OptionRow(NamedTuple):
    """An option to extend a contract."""

    number: int
    status: str
    period: Sequence[Any]


class NoteRow(NamedTuple):
    """A claim behind a chain of coverage, with its place in its source, and when that source was written (EDTF)."""

    claim: str
    title: str
    section: str | None
    footnote: str | None
    page: int | None
    written: str | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        return cls(*row)

    @property
    def dated(self) -> bool:
        """True if at least the year in which the source was written is known."""
        first, _, last = (self.written or "../..").partition("/")
        return first[:4] == (last or first)[:4] != ".."


class PairNames(NamedTuple):
    """The name of a municipality, that of a care function in each language, and the names of what the municipality became part of.

    `silence` says in each language that no source speaks of youth care in the municipality; None if one does.
    """

    municipality: str
    care_function: Sequence[str]
    into: Sequence[str]
    silence: Sequence[str] | None = None


class ChainRow(NamedTuple):
    """A chain of coverage, from a municipality to an arrangement: its way and its offer as texts (`graph.answers.evidence`).

    Names and notes are there where the explanation is asked for.
    """

    kind: str
    municipality: str
    arrangement: str
    area: str
    way: str
    offer: str
    notes: Sequence[Sequence[Any]]
    arrangement_names: Sequence[str]
    area_names: Sequence[str]
    columns: Sequence[Any]


class DivisionRow(NamedTuple):
    """If anybody defines a care function and their name, the ways from the municipality to them, and if nobody is said to deliver it."""

    names: Sequence[str] | None
    defined: bool
    ways: Sequence[str]
    mentioned: bool


class ValueRow(NamedTuple):
    """The value of a fact: a number with its unit, or a text; `sort` is its measure, scheme or kind, the status of an option or of an
    event, or the kind of the region that a relation leads to; `approximate` says that a source rounds the number."""

    number: float | None
    unit: str | None
    text: str | None
    lang: str | None
    sort: str | None
    approximate: bool | None = None


class EventRow(NamedTuple):
    """An event that touches a thing; `how` is the relationship, `into` what came out of it, `names` its name in each language."""

    key: str
    kind: str
    date: str | None
    how: str
    touched: str
    into: Sequence[str]
    names: Sequence[str]

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """Takes a row apart: the names stand behind the other columns."""
        return cls._make((*row[:6], row[6:]))


class FactRow(NamedTuple):
    """A fact that turns between two days: a life, an event, an option, a relation or a value.

    `sources` has the key and the title of each source behind it.
    """

    sort: str
    subject: str
    other: str
    said: str
    about: str
    element: str
    span: Sequence[Any]
    options: Sequence[Sequence[Any]]
    told: Sequence[Any]
    names: Sequence[str]
    events: Sequence[Sequence[Any]]
    sources: Sequence[Sequence[str]]
    subject_life: Sequence[Any] | None
    other_life: Sequence[Any] | None
    sort_name: str
    columns: Sequence[Any]

    @property
    def value(self) -> ValueRow:
        return ValueRow(*self.told)


class MomentRow(NamedTuple):
    """A period, option or event of which a timeline makes moments; `sources` has the title of each source behind it."""

    sort: str
    element: str
    first: str
    second: str
    span: Sequence[Any]
    told: Sequence[Any]
    names: Sequence[str]
    links: Sequence[Sequence[str]]
    sources: Sequence[str]
    options: int
    columns: Sequence[Any]


class MomentValue(NamedTuple):
    """The role of a membership, the number and status of an option, or the kind, date and names of an event, with PLANNED as its status
    if it is one to come."""

    role_or_kind: str | None
    number_or_date: Any
    status: str | None
    names: Sequence[str]

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """Takes a value apart: the names of an event stand behind the rest."""
        return cls(row[0], row[1], row[2], row[3:])


class SourceRow(NamedTuple):
    """A source that speaks of a fact."""

    slug: str
    title: str


class EndRow(NamedTuple):
    """An end of a path, with the period of its life."""

    key: str
    name: str
    life: Sequence[Any] | None


class StepRow(NamedTuple):
    """A step of a path, in the layer in which it was found."""

    layer: int
    start: str
    end: str
    relation: str
    key: str
    columns: Sequence[Any]


class ResolvedRow(NamedTuple):
    """A thing that a text can mean: the place of the text, how it was found (exactly or not, and by which kind of text), and as what."""

    place: int
    found_by: str
    text: str
    columns: Sequence[Any]


class CompletenessRow(NamedTuple):
    """The lists of a thing that sources know to be incomplete or complete, each beside the days on which that counts."""

    incomplete: Sequence[str] | None
    incomplete_during: Sequence[str] | None
    complete: Sequence[str] | None
    complete_during: Sequence[str] | None
