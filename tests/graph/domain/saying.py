"""A small dataset that is said line by line: things, sources and what these say of those."""

from __future__ import annotations

from datetime import date

from graph.build.edges import Edge, edges, lives, spans
from graph.dates.edtf import FuzzyDate, parse
from graph.dates.period import Period
from graph.domain.claim import Claim, ClaimDataset, Conflict, Dataset, Entity, EntityRef, Source, Text, Value
from graph.domain.conflict import set_aside
from graph.domain.model import PREDICATES, TYPE_OF_PREFIX, ValueKind

Date = str | FuzzyDate | None
WORLD = ClaimDataset("world", Text("Wereld", "World"), Text("alles", "everything"), "1", date(2021, 1, 28), "Iemand", "CC0-1.0")


def fuzzy(date: Date) -> FuzzyDate | None:
    return parse(date) if isinstance(date, str) else date


class World:
    """What is said so far. A thing comes into being when it is first named, by a key such as `region/north`."""

    def __init__(self, written: Date = "2021-01-28") -> None:
        self.entities: dict[str, Entity] = {}
        self.claims: dict[str, Claim] = {}
        self.conflicts: dict[str, Conflict] = {}
        self.sources = {"vision": Source("vision", "DOCUMENT", "Regiovisie", published=fuzzy(written))}

    def source(self, slug: str, published: Date = None, *, written: Date = None, authority: dict[str, int] | None = None) -> str:
        self.sources[slug] = Source(
            slug, "DOCUMENT", slug.title(), published=fuzzy(published), written=fuzzy(written), authority=authority or {}
        )
        return slug

    def register(self, slug: str = "register") -> str:
        """A registry, which knows what there is and nothing of care."""
        self.sources[slug] = Source(slug, "REGISTRY", slug.title(), read=date(2021, 1, 28))
        return slug

    def named(self, key: str, *, code: str = "", name: str = "") -> str:
        """A thing with a name, so that it can be asked for."""
        self._thing(key)
        self.says(key, "name", Text(name or key.partition("/")[2].title()))
        if code:
            self.says(key, "identifier", f"CBS_GM:{code}")
        return key

    def says(
        self, subject: str, predicate: str, value: Value, start: Date = None, end: Date = None, *, source: str = "vision",
        open_ended: bool = False, rank: str = "NORMAL", key: str = "", **qualifiers: Text | str | bool,
    ) -> str:  # fmt: skip
        """A claim, by the key that comes back. The value of a predicate that leads to a thing is its key."""
        self._thing(subject)
        if PREDICATES[predicate].value is ValueKind.THING and isinstance(value, str):
            self._thing(value)
            value = EntityRef(value)
        key = key or f"c{len(self.claims):03}"
        period = Period.of(fuzzy(start), fuzzy(end), open_ended=open_ended, attested=self.sources[source].attested)
        self.claims[key] = Claim(key, subject, predicate, value, period, source, rank=rank, qualifiers=qualifiers, dataset=WORLD.slug)
        return key

    def quarrel(self, *keys: str, status: str = "OPEN", kind: str = "MEMBERS") -> str:
        key = f"C-{len(self.conflicts):02}"
        first = self.claims[keys[0]]
        self.conflicts[key] = Conflict(key, first.subject, first.predicate, kind, status, keys, Text("omdat", "because"))
        return key

    def _thing(self, key: str) -> None:
        self.entities.setdefault(key, Entity(key, TYPE_OF_PREFIX[key.partition("/")[0]].label))

    @property
    def dataset(self) -> Dataset:
        return Dataset(dict(self.entities), dict(self.claims), dict(self.sources), dict(self.conflicts), {WORLD.slug: WORLD})

    @property
    def accepted(self) -> list[Claim]:
        aside = set_aside(self.conflicts.values(), self.claims, self.sources)
        return [c for c in self.claims.values() if c.key not in aside]

    @property
    def lives(self) -> dict[str, Period]:
        return lives(self.dataset, self.accepted)

    @property
    def edges(self) -> list[Edge]:
        return edges(self.dataset, self.accepted, spans(self.lives, self.accepted))
