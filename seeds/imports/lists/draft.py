"""The claims that come of a list, gathered by thing, and the files in which they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from graph.domain.model import ENTITY_TYPES, PREDICATES, TYPE_OF_PREFIX
from seeds.imports.lists import value
from seeds.imports.lists.table import ABOUT, Faults, Table
from seeds.imports.problem import ImportProblem
from seeds.values import slug_of

Entry = dict[str, object]
_DUMPER: type[yaml.SafeDumper] | type[yaml.CSafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NEVER_BROKEN = 10_000  # signs in a line, so that both writers of YAML give the same bytes


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list as a source: it is certain from the day on which it was right."""

    slug: str
    title: str
    day: str
    publisher: str | None


def source_of(table: Table, kind: str, faults: Faults) -> ListSource:
    """Reads the lines above the headings. What is missing there is a problem; the rows are read all the same."""
    title, publisher = (value.text(table.about.get(key), faults) for key in ("title", "publisher"))
    day = value.day(table.about.get("day"), faults)
    for column in ABOUT:
        if column.required and column.key not in table.about:
            what = f"The list does not say its {column.english.lower()}: above the headings there is no line {column.dutch}."
            remedy = f"Add a row above the headings, with {column.dutch} in one cell and {column.example} in the next."
            faults.problems.append(ImportProblem(table.file, "", 1, "", what, remedy, "MISSING_VALUE"))
    slug = slug_of(title or "")
    if title and not slug:
        faults.at(table.about["title"], "WRONG_VALUE", "The title has no letter or digit.", "Give the list a name.")
    return ListSource(f"{kind}-{slug}", title or "", day or "", publisher)


@dataclass(slots=True)
class Draft:
    """The entries of each thing, and the sources. Entries stand in the order in which they are said; things in that of their keys."""

    mark: str
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    sources: dict[str, ListSource] = field(default_factory=dict)

    def say(self, source: ListSource, key: str, id: str, predicate: str, stated: object, section: str, more: Mapping[str, object]) -> None:
        """Adds an entry: what the list says of a thing, with its dates and qualifiers; those that are None are left out."""
        said = {name: each for name, each in more.items() if each is not None}
        entry = {"id": f"{source.slug}.{key.replace('/', '-')}.{id}", predicate: stated, **said, "source": source.slug, "section": section}
        self.sources[source.slug] = source
        self.entries.setdefault(key, []).append(entry)

    def things(self, source: ListSource, key: str, predicate: str, keys: Sequence[str], section: str, more: Mapping[str, object]) -> None:
        """Adds an entry for each type of thing, because keys of two types may end alike."""
        dates = "-".join(str(more[bound]) for bound in ("from", "until") if more.get(bound))
        for prefix in sorted({each.partition("/")[0] for each in keys}):
            of_type = sorted({each for each in keys if each.startswith(f"{prefix}/")})
            id = "-".join(filter(None, (predicate, prefix * (len(PREDICATES[predicate].to) > 1), dates.replace("/", "-"))))
            self.say(source, key, id, predicate, of_type, section, more)

    def files(self) -> dict[str, bytes]:
        """Returns the files by their paths in the folder of the claims."""
        out = {f"sources/{slug}.yaml": self._written(_source(source)) for slug, source in self.sources.items()}
        for key, entries in self.entries.items():
            prefix, _, slug = key.partition("/")
            type = TYPE_OF_PREFIX[prefix]
            out[f"{ENTITY_TYPES[type.label].folder}/{slug}.yaml"] = self._written({"type": type.label, "slug": slug, "claims": entries})
        return dict(sorted(out.items()))

    def _written(self, content: Mapping[str, object]) -> bytes:
        return (self.mark + yaml.dump(content, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=_NEVER_BROKEN)).encode()


def _source(source: ListSource) -> dict[str, object]:
    about = {"slug": source.slug, "kind": "DOCUMENT", "title": source.title, "publisher": source.publisher}
    dates = {"published": source.day, "read": source.day}
    return {name: each for name, each in {**about, **dates}.items() if each}
