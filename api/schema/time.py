"""Time as clients see it: inclusive days, vague dates, and the day for which an answer holds."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.schema.enums import enum_of
from api.schema.scalars import EDTF, Date
from graph.domain import words
from graph.domain.languages import DEFAULT


@enum_of(words.LANGUAGE_CODES)
class Language(Enum):
    pass


DEFAULT_LANGUAGE = Language(DEFAULT)
Lang = Annotated[Language | None, strawberry.argument(description="The language of the text; Dutch by default. NL: taal.")]


@enum_of(words.TERNARY)
class Ternary(Enum):
    pass


@enum_of(words.BASES)
class Basis(Enum):
    pass


@enum_of(words.CERTAINTIES)
class Certainty(Enum):
    pass


@enum_of(words.DATE_PRECISIONS)
class DatePrecision(Enum):
    pass


def in_words(what: str, *, many: bool = False) -> Any:
    """A field that names what an enum value says, in the language that is asked for."""

    def one(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...  # type: ignore[no-untyped-def]

    def several(self, lang: Lang = DEFAULT_LANGUAGE) -> list[str]: ...  # type: ignore[no-untyped-def]

    return strawberry.field(several if many else one, description=f"{what} in words. NL: omschrijving.")


@strawberry.type(description="A date, as vague as in its source. NL: (vage) datum.")
class FuzzyDate:
    edtf: EDTF = strawberry.field(description="The date in EDTF, for example 2022-12~.")
    earliest: Date | None = strawberry.field(description="The earliest possible day; null if there is no bound. NL: vroegst.")
    latest: Date | None = strawberry.field(description="The latest possible day; null if there is no bound. NL: laatst.")
    precision: DatePrecision = strawberry.field(description="How precisely the source dates it. NL: nauwkeurigheid.")

    @strawberry.field(description="The date in words, for example 'omstreeks december 2022'. NL: omschrijving.")
    def label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...


@strawberry.type(description="A period in which something holds (OCDS Period). The end date is the last day, inclusive. NL: periode.")
class Period:
    start_date: Date | None = strawberry.field(
        description="The first day on which it holds, for example 2022-01-01; null if the start is vague or no source states one. "
        "NL: begindatum."
    )
    end_date: Date | None = strawberry.field(
        description="The last day on which it holds, inclusive, for example 2023-12-31; null if the end is open, vague or not stated "
        "(see endKnown). NL: einddatum."
    )
    max_extent_date: Date | None = strawberry.field(
        description="The last possible day if every extension option is used (OCDS maxExtentDate), for example 2026-12-31. "
        "NL: uiterste einddatum."
    )
    start: FuzzyDate | None = strawberry.field(description="The start as its source gives it; null if no source states one. NL: begin.")
    end: FuzzyDate | None = strawberry.field(description="The end as its source gives it; null if it is open or not stated. NL: einde.")
    attested: FuzzyDate | None = strawberry.field(
        description="If the source states no start, the time in which it was written: it held then, but nobody says since when. Null "
        "if there is a start."
    )
    end_known: bool = strawberry.field(
        description="Whether a source says when it ends, or that it has no end. False means that no source says, which is not the "
        "same as open-ended. NL: einde bekend."
    )

    start_basis: Basis | None = strawberry.field(
        description="Where the start comes from: the source gives it (STATED), the source only speaks of it (ATTESTED), or it is that "
        "of something else (INHERITED), such as the contract; null if nothing bounds it. NL: grondslag van het begin."
    )
    end_basis: Basis | None = strawberry.field(
        description="Where the end comes from: STATED or INHERITED; null if no end is known. NL: grondslag van het einde."
    )
    is_planned: bool = strawberry.field(description="Whether sources only announce it. NL: voorgenomen.")

    @strawberry.field(
        description="Whether it holds on a day; UNKNOWN if its dates are too vague, if it was only planned, if a source speaks of it only "
        "later, or if its last source is more than three years old. NL: geldt op."
    )
    def contains(self, date: Annotated[Date, strawberry.argument(description="The day, for example 2023-06-01.")]) -> Ternary: ...


@strawberry.input(description="A period of days, both ends inclusive. A missing end is open. NL: periode.")
class PeriodInput:
    start_date: Date | None = strawberry.field(
        default=UNSET, description="The first day, for example 2022-01-01; no bound by default. NL: begindatum."
    )
    end_date: Date | None = strawberry.field(
        default=UNSET, description="The last day, inclusive, for example 2023-12-31; no bound by default. NL: einddatum."
    )


@strawberry.type(description="The day and the data version of an answer, so that a screenshot or a CSV can be reproduced. NL: peilmoment.")
class TemporalContext:
    as_of: Date = strawberry.field(description="The day for which the answer holds, for example 2023-06-01. NL: peildatum.")
    is_default: bool = strawberry.field(description="Whether this day is the default: today in Europe/Amsterdam.")
    data_version: str = strawberry.field(description="The version of the data that the answer comes from. NL: gegevensversie.")
