"""Claims, sources, conflicts and the datasets that they come in as plain values, and the Dataset that holds them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from graph.dates.edtf import FuzzyDate
from graph.dates.period import Period
from graph.domain.languages import LANGUAGES, Language, chain, place
from graph.domain.outline import Outline


@dataclass(frozen=True, slots=True, init=False)
class Text:
    """Words in Dutch and, if a source gives them, in other languages. They are given in the order of LANGUAGES."""

    words: tuple[str | None, ...]

    def __init__(self, *words: str | None) -> None:
        object.__setattr__(self, "words", words + (None,) * (len(LANGUAGES) - len(words)))

    def __getitem__(self, code: str) -> str:
        """The words in one language, or else in its fallback."""
        return next(words for language in chain(code) if (words := self.words[place(language.code)]))

    @property
    def items(self) -> list[tuple[Language, str | None]]:
        return list(zip(LANGUAGES, self.words, strict=True))


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in a source."""

    section: str | None = None
    page: int | None = None
    paragraph: int | None = None
    footnote: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class EntityRef:
    """The value of a claim that refers to an entity, by its key (`region/zaanstreek-waterland`)."""

    key: str


Value = Text | str | float | bool | FuzzyDate | EntityRef
Qualifier = Text | str | bool
UNQUALIFIED: Mapping[str, Qualifier] = MappingProxyType({})  # shared: an empty dict for each claim about a whole country takes 36 MiB


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that one source says about one entity.

    `value` is a Text (TEXT), str (WORD, PLAIN), float (NUMBER), FuzzyDate (DATE), bool (FLAG) or
    EntityRef (THING), as the predicate requires. `place` is `file:line` of the entry, for messages.
    `dataset` is the slug of the ClaimDataset that it comes in.
    """

    key: str
    subject: str
    predicate: str
    value: Value
    period: Period
    source: str
    locator: Locator = Locator()
    rank: str = "NORMAL"
    rank_reason: Text | None = None
    method: str = "STATED"
    summary: Text | None = None
    qualifiers: Mapping[str, Qualifier] = field(default_factory=lambda: UNQUALIFIED)
    place: str = ""
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a source says and that was deliberately not made a claim, in our own words."""

    section: str
    text: Text
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document or registry. If it bears no date, `written` bounds the time in which it was written, both days inclusive."""

    slug: str
    kind: str
    title: str
    publisher: str | None = None
    url: str | None = None
    published: FuzzyDate | None = None
    written: FuzzyDate | None = None
    written_reason: Text | None = None
    licence: str | None = None
    read: date | None = None
    authority: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()

    @property
    def attested(self) -> FuzzyDate | None:
        """The time for which the source speaks if a claim of it has no date."""
        return self.published or self.written


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all hold, or seem so. The choice is computed by `graph.domain.conflict` and never written down."""

    key: str
    subject: str
    predicate: str
    kind: str
    status: str
    claims: tuple[str, ...]
    explanation: Text


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that claims are about; all that is known of it stands in claims."""

    key: str
    type: str

    @property
    def slug(self) -> str:
        return self.key.partition("/")[2]


@dataclass(frozen=True, slots=True)
class ClaimDataset:
    """The dataset that a folder of claims is (dcat:Dataset): what it speaks of, and the day on which it was last looked at.

    `version` is the digest of its files, if it gives none of its own.
    """

    slug: str
    title: Text
    scope: Text
    version: str
    checked: date
    publisher: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """All claims with their entities, sources and conflicts: checked, and in the order of the files. `datasets` are its parts.

    `outlines` are the boundaries of municipalities and regions by their keys, in the order of the folders.
    """

    entities: Mapping[str, Entity]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    conflicts: Mapping[str, Conflict]
    datasets: Mapping[str, ClaimDataset] = field(default_factory=dict)
    outlines: Mapping[str, Sequence[Outline]] = field(default_factory=dict)
