"""Time as clients see it: days inclusive, vague dates kept vague, and the day for which an answer holds."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

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
Lang = Annotated[Language | None, strawberry.argument(description="The language of the text; Dutch unless told otherwise.")]


@enum_of(words.TERNARY)
class Ternary(Enum):
    pass


@enum_of(words.CERTAINTIES)
class Certainty(Enum):
    pass


@enum_of(words.DATE_PRECISIONS)
class DatePrecision(Enum):
    pass


@strawberry.type(description="A date as vague as its source gives it. NL: (vage) datum.")
class FuzzyDate:
    edtf: EDTF = strawberry.field(description="The date in EDTF, for example 2022-12~.")
    earliest: Date | None = strawberry.field(description="The first day that it can be; null where nothing bounds it.")
    latest: Date | None = strawberry.field(description="The last day that it can be; null where nothing bounds it.")
    precision: DatePrecision = strawberry.field(description="How exactly the source dates it.")

    @strawberry.field(description="The date in words, for example 'omstreeks december 2022'.")
    def label(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...


@strawberry.type(description="When something holds (OCDS Period). The end date is the last day, inclusive. NL: periode.")
class Period:
    start_date: Date | None = strawberry.field(
        description="The first day on which it holds, for example 2022-01-01; null where the start is vague or no source states one."
    )
    end_date: Date | None = strawberry.field(
        description="The last day on which it holds, inclusive, for example 2023-12-31; null where it is open, vague or not stated "
        "(see endKnown)."
    )
    max_extent_date: Date | None = strawberry.field(
        description="The last possible day if every extension option is used (OCDS maxExtentDate), for example 2026-12-31. "
        "NL: uiterste einddatum."
    )
    start: FuzzyDate | None = strawberry.field(description="The start as its source gives it; null where no source states one.")
    end: FuzzyDate | None = strawberry.field(description="The end as its source gives it; null where it is open or not stated.")
    attested: FuzzyDate | None = strawberry.field(
        description="When the source that states no start was written: it held then, nobody says since when. Null where there is a start."
    )
    end_known: bool = strawberry.field(
        description="Whether a source says when it ends, or that it has no end. False: no source says, which is not the same as open-ended."
    )

    @strawberry.field(description="Whether it holds on a day; UNKNOWN where its dates are too vague or not stated.")
    def contains(
        self, date: Annotated[Date, strawberry.argument(description="The day asked about, for example 2023-06-01.")]
    ) -> Ternary: ...


@strawberry.input(description="A stretch of days, both ends inclusive; an end left out is open. NL: periode.")
class PeriodInput:
    start_date: Date | None = strawberry.field(default=UNSET, description="The first day, for example 2022-01-01; left out: no beginning.")
    end_date: Date | None = strawberry.field(
        default=UNSET, description="The last day, inclusive, for example 2023-12-31; left out: no end."
    )


@strawberry.type(description="What an answer was computed for, so that a screenshot or a CSV can be reproduced. NL: peilmoment.")
class TemporalContext:
    as_of: Date = strawberry.field(description="The day for which the answer holds, for example 2023-06-01. NL: peildatum.")
    is_default: bool = strawberry.field(description="Whether nobody asked for this day: it is then today in Europe/Amsterdam.")
    data_version: str = strawberry.field(description="The version of the claims that the answer was computed from. NL: gegevensversie.")
