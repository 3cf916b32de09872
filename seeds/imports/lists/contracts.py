"""The importer of a list of contracts. Rows with the same reference are about one contract: each adds what it names.

A date counts only for what the list gives it for: the term of a contract is not that of its suppliers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.domain import identifier, words
from graph.domain.model import ORGANIZATIONS, PREDICATES
from seeds.imports.importer import File, Importer, Known, Progress, Wanted
from seeds.imports.lists import value
from seeds.imports.lists.columns import CONTRACTS
from seeds.imports.lists.draft import Draft, ListSource
from seeds.imports.lists.naming import Divisions, Things
from seeds.imports.lists.new_provider import NewProviders
from seeds.imports.lists.rows import one, ordered, rows_of
from seeds.imports.lists.table import Cell, Faults, Row
from seeds.imports.lists.template import template
from seeds.problem import counted
from seeds.values import slug_of

MARK = "# Written by `regiograaf import contracts` from a list. Change the list, not this file.\n"
THINGS = {  # the predicate of each column with names, and the types of things that it takes
    "buyers": ("buyer", ORGANIZATIONS),
    "suppliers": ("supplier", frozenset({"Provider"})),
    "management": ("contractManager", ORGANIZATIONS),
    "functions": ("delivers", frozenset({"CareFunction"})),
    "area": ("covers", frozenset({"Region", "Municipality"})),
    "excepted": ("excepts", frozenset({"Municipality"})),
    "under": ("under", frozenset({"Collaboration"})),
    "procurement": ("procurement", frozenset({"Procurement"})),
    "successor": ("succeededBy", frozenset({"Contract"})),
}

_NOT_THERE = "If it is not in the data yet, describe it there first, or leave it out."


@dataclass(slots=True)
class _Reader:
    """The tools that the reading of all rows shares."""

    things: Things
    divisions: Divisions
    new: NewProviders
    draft: Draft
    faults: Faults
    keys: dict[str, str]  # of the contracts of the list, by their reference


@dataclass(frozen=True, slots=True)
class _Contract:
    """The rows of one contract."""

    source: ListSource
    reference: str
    key: str
    rows: Sequence[Row]


def read(files: Sequence[File], known: Known, progress: Progress) -> Wanted:
    """Reads lists of contracts as files of claims, or as problems."""
    faults, draft = Faults(), Draft(MARK)
    progress("looking at what is known")
    things = Things(known.dataset)
    reader = _Reader(things, Divisions(known.dataset), NewProviders(things, draft, faults), draft, faults, {})
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    sources: dict[str, ListSource] = {}
    many = 0
    for row, slug in rows_of(files, "contracts", CONTRACTS, sources, faults, progress):
        many += 1
        if reference := _reference(row, faults):
            groups[slug, reference].append(row)
    contracts = _contracts(groups, sources, reader)
    for number, contract in enumerate(contracts, 1):
        if number % 500 == 0:
            progress(f"{number} of {len(contracts)} contracts")
        _say(contract, reader)
    keys = {contract.key for contract in contracts}
    told = f"{counted(many, 'row')} read: {counted(len(keys), 'contract')}, {counted(len(reader.new.keys), 'new provider')}."
    notes = [*map(str, things.shown()), *faults.notes, told]
    return Wanted(draft.files() if not faults.problems else {}, faults.problems, notes)


CONTRACT_LISTS = Importer(
    "contracts",
    "A list of contracts, as a region keeps it in a spreadsheet.",
    ("contracts/*.yaml", "providers/*.yaml", "sources/contracts-*.yaml"),
    read,
    MARK,
    lambda ending: template(CONTRACTS, "Contracten", ending),
)


# ── which rows are which contract ─────────────────────────────────────────────────────────────────


def _reference(row: Row, faults: Faults) -> str | None:
    cell = row.cells.get("reference")
    if cell is None:
        remedy = "Write the reference in each row of the contract; a merged cell fills only its first row."
        faults.at(row.start, "MISSING_VALUE", "The row has no reference, so it belongs to no contract.", remedy)
        return None
    text = value.text(cell, faults, 60)
    if text and not slug_of(text):
        faults.at(cell, "WRONG_VALUE", f'"{text}" has no letter or digit.', "Give the contract a reference.")
        return None
    return text


def _contracts(groups: Mapping[tuple[str, str], list[Row]], sources: Mapping[str, ListSource], reader: _Reader) -> list[_Contract]:
    """Returns the contracts in the order of their references. Each has a key of its own, or that of the known contract that it names."""
    out: list[_Contract] = []
    owners: dict[str, str] = {}
    for (slug, reference), rows in sorted(groups.items()):
        key = f"contract/{slug_of(reference)}"
        cell = rows[0].cells["reference"]
        same = next((row.cells["known"] for row in rows if "known" in row.cells), None)
        if same is not None:
            key = reader.things.find(same.text, ("Contract",), same, reader.faults) or key
        elif reader.things.knows(key):
            what = f'There is a contract with the key "{key}" already ({reader.things.names[key]}).'
            remedy = f"If it is the same contract, write {key} in the column Bekend als; if not, choose another reference."
            reader.faults.at(cell, "ALREADY_KNOWN", what, remedy)
        if owners.setdefault(key, reference) != reference:
            what = f'"{reference}" and "{owners[key]}" would get the same key, "{key}".'
            reader.faults.at(cell, "TWO_VALUES", what, "Give one of them another reference.")
        reader.keys[reference.casefold()] = key
        for cell in (row.cells["suppliers"] for row in rows if "suppliers" in row.cells):
            reader.new.announce(cell, sources[slug], reference)
        out.append(_Contract(sources[slug], reference, key, rows))
    return out


# ── what the rows say ─────────────────────────────────────────────────────────────────────────────


def _say(contract: _Contract, reader: _Reader) -> None:
    """Adds everything that the rows of a contract say."""
    faults = reader.faults
    planned = True if one(contract.rows, "planned", faults, value.yes_or_no) else None
    name = one(contract.rows, "name", faults, value.text)
    if name:
        _add(contract, reader, "name", "name", {"nl": name}, {})
    elif not any("known" in row.cells for row in contract.rows):
        start = contract.rows[0].start
        faults.at(start, "MISSING_VALUE", "The contract has no name.", "Write it in the column Naam, in one of its rows at least.")
    _identifiers(contract, reader)
    _term(contract, reader, planned)
    _options(contract, reader)
    _things(contract, reader, planned)
    _spend(contract, reader)


def _add(contract: _Contract, reader: _Reader, id: str, predicate: str, stated: object, more: Mapping[str, object]) -> None:
    reader.draft.say(contract.source, contract.key, id, predicate, stated, contract.reference, more)


def _identifiers(contract: _Contract, reader: _Reader) -> None:
    codes = [f"LOCAL:{contract.reference}"]
    for row in contract.rows:
        cell = row.cells.get("notice")
        for number in value.names(cell, reader.faults):
            wrong = identifier.fault("TENDERNED", number)
            if wrong and cell:
                reader.faults.at(cell, "MALFORMED_CODE", f'"{number}" {wrong}.', "Write the number of the publication alone.")
            codes.append(f"TENDERNED:{number}")
    _add(contract, reader, "identifier", "identifier", sorted(set(codes)), {})


def _term(contract: _Contract, reader: _Reader, planned: bool | None) -> None:
    start = one(contract.rows, "start", reader.faults, value.moment)
    end = one(contract.rows, "end", reader.faults, lambda cell, faults: value.moment(cell, faults, last=True))
    if start or end:
        last = next((row.cells["end"] for row in contract.rows if "end" in row.cells), contract.rows[0].start)
        ordered(start, end, last, reader.faults)
        _add(contract, reader, "runs", "runs", True, {"planned": planned, "from": start, "until": end})


def _options(contract: _Contract, reader: _Reader) -> None:
    numbered: dict[int, list[Row]] = defaultdict(list)
    columns = ("option_from", "option_until", "option_status")
    for row in contract.rows:
        number = value.whole(row.cells.get("option"), reader.faults)
        filled = [row.cells[key] for key in columns if key in row.cells]
        if number is not None:
            numbered[number].append(row)
        elif filled and "option" not in row.cells:
            reader.faults.at(filled[0], "MISSING_VALUE", "It is not said which option this is.", "Write 1, 2, … in the column Optie.")
    for number, rows in sorted(numbered.items()):
        start, end = (one(rows, key, reader.faults, value.moment) for key in columns[:2])
        status = one(rows, "option_status", reader.faults, lambda cell, faults: value.word(cell, words.OPTION_STATUSES, faults))
        if not all(any(key in row.cells for row in rows) for key in columns[:2]):
            what, remedy = f"Option {number} has no period.", "Write its first and its last day, in Optie van and Optie tot en met."
            reader.faults.at(rows[0].cells["option"], "MISSING_VALUE", what, remedy)
            continue
        ordered(start, end, rows[0].cells.get("option_until", rows[0].start), reader.faults)
        _add(contract, reader, f"option-{number}", "option", number, {"status": status, "from": start, "until": end})


def _things(contract: _Contract, reader: _Reader, planned: bool | None) -> None:
    """Adds the things that the rows name, together for each period that rows give."""
    found: dict[tuple[str, str | None, str | None], set[str]] = defaultdict(set)
    by_code: list[tuple[str, str, Cell]] = []
    for row in contract.rows:
        start = value.moment(row.cells.get("row_from"), reader.faults)
        end = value.moment(row.cells.get("row_until"), reader.faults, last=True)
        ordered(start, end, row.cells.get("row_until", row.start), reader.faults)
        for column, (predicate, types) in THINGS.items():
            cell = row.cells.get(column)
            dated = PREDICATES[predicate].dated
            for name in value.names(cell, reader.faults) if cell else ():
                key = _key(contract, column, name, types, cell, reader) if cell else None
                if key is None or cell is None:
                    continue
                found[predicate, start if dated else None, end if dated else None].add(key)
                by_code += [(name, key, cell)] * (predicate == "delivers")
    where = {key for (predicate, _, _), keys in found.items() if predicate in ("covers", "buyer") for key in keys}
    for name, key, cell in by_code:
        reader.divisions.belongs(name, key, where, cell, reader.faults)
    for (predicate, start, end), keys in sorted(found.items(), key=lambda item: (list(PREDICATES).index(item[0][0]), str(item[0]))):
        more = {"planned": planned if "planned" in PREDICATES[predicate].qualifiers else None, "from": start, "until": end}
        reader.draft.things(contract.source, contract.key, predicate, sorted(keys), contract.reference, more)


def _key(contract: _Contract, column: str, name: str, types: frozenset[str], cell: Cell, reader: _Reader) -> str | None:
    if column == "successor":
        listed = reader.keys.get(name.casefold())
        if listed == contract.key:
            reader.faults.at(cell, "WRONG_VALUE", "A contract cannot succeed itself.", "Name the contract that follows it.")
            return None
        if listed:
            return listed
    if column == "suppliers":
        return reader.new.find(name, cell, contract.source, contract.reference)
    return reader.things.find(name, types, cell, reader.faults, reader.things.commas(name, types) or _NOT_THERE)


def _spend(contract: _Contract, reader: _Reader) -> None:
    """Adds the money that was spent, for each year that rows give."""
    years: dict[str | None, list[Row]] = defaultdict(list)
    for row in contract.rows:
        if "spend" in row.cells:
            years[value.moment(row.cells.get("spend_year"), reader.faults)].append(row)
        elif "spend_year" in row.cells:
            cell = row.cells["spend_year"]
            reader.faults.at(cell, "MISSING_VALUE", "A year without an amount.", "Write the amount in Uitgaven, or leave out the year.")
    for year, rows in sorted(years.items(), key=lambda item: item[0] or ""):
        spent = one(rows, "spend", reader.faults, value.amount)
        if spent is not None:
            about = {"measure": "SPEND", "unit": "EUR", "from": year, "until": year}
            _add(contract, reader, "-".join(filter(None, ("spend", year))), "figure", spent, about)
