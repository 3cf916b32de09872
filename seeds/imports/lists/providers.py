"""The importer of a list of providers. A provider is one that is known, or one that the list calls new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.domain import words
from graph.domain.reference import normal
from seeds.imports.importer import File, Importer, Known, Progress, Wanted
from seeds.imports.lists import value
from seeds.imports.lists.columns import PROVIDERS
from seeds.imports.lists.draft import Draft, ListSource
from seeds.imports.lists.naming import Things
from seeds.imports.lists.new_provider import PROVIDER, NewProviders
from seeds.imports.lists.rows import one, ordered, rows_of
from seeds.imports.lists.table import Faults, Row
from seeds.imports.lists.template import template
from seeds.problem import counted

MARK = "# Written by `regiograaf import providers` from a list. Change the list, not this file.\n"
CODES = {"kvk": "KVK", "rsin": "RSIN", "agb": "AGB", "oin": "OIN"}


def read(files: Sequence[File], known: Known, progress: Progress) -> Wanted:
    """Reads lists of providers as files of claims, or as problems."""
    faults, draft = Faults(), Draft(MARK)
    progress("looking at what is known")
    things = Things(known.dataset)
    new = NewProviders(things, draft, faults)
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    sources: dict[str, ListSource] = {}
    many = 0
    for row, slug in rows_of(files, "providers", PROVIDERS, sources, faults, progress):
        many += 1
        cell = row.cells.get("name")
        name = value.text(cell, faults)
        if cell is None:
            remedy = "Write it in each row of the provider; a merged cell fills only its first row."
            faults.at(row.start, "MISSING_VALUE", "The row has no name of a provider.", remedy)
        elif name:
            groups[slug, normal(name)].append(row)
    keys: dict[str, str] = {}
    for (slug, name), rows in sorted(groups.items()):
        key = _key(rows, sources[slug], things, new, faults)
        if key is not None:
            if keys.setdefault(key, name) != name:
                faults.at(rows[0].cells["name"], "TWO_VALUES", f"{key} is meant under two names.", "Give its rows one name.")
            _say(rows, key, sources[slug], things, draft, faults)
    told = f"{counted(many, 'row')} read: {counted(len(keys), 'provider')}, {len(new.keys)} of them new."
    notes = [*map(str, things.shown()), *faults.notes, told]
    return Wanted(draft.files() if not faults.problems else {}, faults.problems, notes)


PROVIDER_LISTS = Importer(
    "providers",
    "A list of providers, as a region keeps it in a spreadsheet.",
    ("providers/*.yaml", "sources/providers-*.yaml"),
    read,
    MARK,
    lambda ending: template(PROVIDERS, "Aanbieders", ending),
)


def _key(rows: Sequence[Row], source: ListSource, things: Things, new: NewProviders, faults: Faults) -> str | None:
    """Returns the key of the provider that the rows are about: named expressly, called new, or known by this name."""
    cell = rows[0].cells["name"]
    same = next((row.cells["known"] for row in rows if "known" in row.cells), None)
    is_new = one(rows, "new", faults, value.yes_or_no)
    if same is not None and is_new:
        faults.at(same, "TWO_VALUES", "A provider is new or known, not both.", "Empty one of the columns Nieuw and Bekend als.")
        return None
    if same is not None:
        return things.find(same.text, PROVIDER, same, faults)
    if is_new:
        return new.add(cell.text, cell, source, cell.text)
    return things.find(cell.text, PROVIDER, cell, faults, "If it is a new provider, write ja in the column Nieuw.")


def _say(rows: Sequence[Row], key: str, source: ListSource, things: Things, draft: Draft, faults: Faults) -> None:
    section = rows[0].cells["name"].text
    start = one(rows, "from", faults, value.moment)
    end = one(rows, "until", faults, lambda cell, faults: value.moment(cell, faults, last=True))
    ordered(start, end, next((row.cells["until"] for row in rows if "until" in row.cells), rows[0].start), faults)
    if key not in draft.entries or start or end:
        draft.say(source, key, "exists", "exists", True, section, {"from": start, "until": end})
    codes = [_code(rows, column, key, things, faults) for column in CODES]
    if any(codes):
        draft.say(source, key, "identifier", "identifier", sorted(filter(None, codes)), section, {})
    certified = one(rows, "certified", faults, value.yes_or_no)
    if certified is not None:
        draft.say(source, key, "certified", "isCertifiedInstitution", certified, section, {})
    _other_names(rows, key, source, draft, faults)


def _code(rows: Sequence[Row], column: str, key: str, things: Things, faults: Faults) -> str | None:
    scheme = CODES[column]
    return one(rows, column, faults, lambda cell, faults: value.code(cell, scheme, lambda code: (key, code) in things.codes, faults))


def _other_names(rows: Sequence[Row], key: str, source: ListSource, draft: Draft, faults: Faults) -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        kind = value.word(row.cells.get("name_kind"), words.NAME_KINDS, faults)
        name = value.text(row.cells.get("other_name"), faults)
        if name and kind is None and "name_kind" not in row.cells:
            remedy = f"Write in Soort naam one of: {', '.join(words.NAME_KINDS.name(word, 'NL') for word in words.NAME_KINDS)}."
            faults.at(row.cells["other_name"], "MISSING_VALUE", "It is not said what kind of name this is.", remedy)
        elif name and kind:
            kinds[kind].add(name)
    for kind, found in sorted(kinds.items()):
        draft.say(source, key, f"{kind.lower()}-name", "alternateName", sorted(found), rows[0].cells["name"].text, {"nameKind": kind})
