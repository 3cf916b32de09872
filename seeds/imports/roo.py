"""Imports the register of government organisations (ROO): numbers of municipalities and provinces, and joint arrangements.

It reads three tables of an export in CSV: `identifiers` (entity, scheme, value), `collaborations` (each version of each joint
arrangement) and `collaboration_members`. Of the arrangements those are taken that are about youth, or are the bodies of the regions of
GGD, Veilig Thuis and safety, by their names and policy areas; and those that another dataset knows already.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from graph.answers.date_label import label
from graph.domain import identifier
from seeds.imports.arrangements import FORMS, Version, arrangement_tables
from seeds.imports.compact import Entry, table
from seeds.imports.csv_file import columns as columns_of
from seeds.imports.csv_file import reporter, rows
from seeds.imports.importer import File, Importer, Known, Progress, Wanted
from seeds.imports.problem import ImportProblem

SOURCE = "roo"
IDENTIFIERS = ("entity", "entity_type", "name", "scheme", "value")
VERSIONS = (
    "roo_id", "name", "form", "valid_from", "valid_to", "source_holder_tooi", "previous_version", "next_version", "policy_areas", "roo_url",
)  # fmt: skip
MEMBERS = ("roo_id", "gm", "tooi")
_SCHEMES = {"roo": "ROO", "kvk": "KVK", "rsin": "RSIN", "oin": "OIN", "wikidata": "WIKIDATA", "eu-atu": "EU_ATU"}
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u00ad\ufeff]")
Numbers = dict[str, dict[str, str]]


def read(files: Sequence[File], known: Known, progress: Progress) -> Wanted:
    """Reads the tables that are given; each is told by its columns."""
    problems: list[ImportProblem] = []
    numbers: Numbers = {}
    versions: dict[str, Version] = {}
    members: dict[str, set[str]] = defaultdict(set)
    for file in files:
        before, there = len(problems), set(columns_of(file))
        if there >= set(IDENTIFIERS):
            numbers |= _numbers(file, problems)
        elif there >= set(VERSIONS):
            versions |= _versions(file, problems)
        elif there >= set(MEMBERS):
            _members(file, members, problems)
        else:
            problems.append(ImportProblem(file.name, "", 1, "", "It is none of the tables of ROO.", _REMEDY))
        if len(problems) == before:
            progress(f"{file.name}: read")
    if versions and not members:
        problems.append(ImportProblem(files[0].name, "", 0, "", "There are arrangements without their members.", _REMEDY))
    if problems:
        return Wanted(problems=problems)
    out = {**_organisations(numbers, known), **arrangement_tables(versions, members, numbers, known)}
    return Wanted(out)


_REMEDY = f"Give tables with the columns {', '.join(IDENTIFIERS)}; {', '.join(VERSIONS)}; {', '.join(MEMBERS)}."


def _numbers(file: File, problems: list[ImportProblem]) -> Numbers:
    """Reads the identifiers: by code of the municipality or province, or by TOOI code of a body, its numbers by scheme."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    wrong = reporter(file, problems)
    for number, row in rows(file, IDENTIFIERS, problems):
        scheme = _SCHEMES.get(row["scheme"], row["scheme"])
        found[row["entity"]]["name"] = row["name"]
        if scheme in _SCHEMES.values() and (fault := identifier.fault(scheme, row["value"])):
            if row["entity_type"] in ("municipality", "province", "joint_body"):
                wrong(number, "value", f"{scheme} {row['value']} {fault}.", "Keep the leading zeros, and look it up again.")
        elif found[row["entity"]].setdefault(scheme, row["value"]) != row["value"]:
            wrong(number, "value", f"{row['entity']} has two values for {row['scheme']}.", "Look up which is right.")
    bodies = {numbers["tooi"]: numbers for entity, numbers in found.items() if entity.startswith("roo:") and "tooi" in numbers}
    return {**found, **bodies}


def _versions(file: File, problems: list[ImportProblem]) -> dict[str, Version]:
    found: dict[str, Version] = {}
    wrong = reporter(file, problems)
    for number, row in rows(file, VERSIONS, problems):
        days = [_day(row[name], number, name, wrong) for name in ("valid_from", "valid_to")]
        if identifier.fault("ROO", row["roo_id"]) or row["roo_id"] in found:
            wrong(number, "roo_id", f'"{row["roo_id"]}" is no number of ROO, or is there twice.', "Download the register again.")
        elif row["form"] not in FORMS:
            wrong(number, "form", f'"{row["form"]}" is not a form of a joint arrangement.', f"Use one of: {', '.join(FORMS)}.")
        elif row["valid_from"] == "":
            wrong(number, "valid_from", "The version has no first day.", "Download the register again.")
        elif days[0]:
            beside = tuple(row[name] for name in ("previous_version", "next_version") if row[name])
            name = " ".join(_INVISIBLE.sub("", row["name"]).split())
            found[row["roo_id"]] = Version(
                row["roo_id"], name, row["form"], days[0], days[1], row["source_holder_tooi"], beside, row["policy_areas"]
            )
    return found


def _members(file: File, members: dict[str, set[str]], problems: list[ImportProblem]) -> None:
    wrong = reporter(file, problems)
    for number, row in rows(file, MEMBERS, problems):
        if row["gm"] and identifier.fault("CBS_GM", row["gm"]):
            wrong(number, "gm", f'"{row["gm"]}" is not the code of a municipality.', "Write it as GM0479.")
        elif row["gm"] or row["tooi"]:
            members[row["roo_id"]].add(f"CBS_GM:{row['gm']}" if row["gm"] else f"TOOI:{row['tooi']}")


def _day(cell: str, number: int, column: str, wrong: Callable[[int, str, str, str], None]) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        wrong(number, column, f'"{cell}" is not a day.', "Write it as 2022-03-24.")
        return None


def _organisations(numbers: Numbers, known: Known) -> dict[str, bytes]:
    out: dict[str, bytes] = {}
    for letters, scheme, type in (("GM", "CBS_GM", "Municipality"), ("PV", "CBS_PV", "Region")):
        found = [
            {"slug": slug, "code": code, **{name.lower(): value for name, value in of.items()},
             "atu": of.get("EU_ATU", "").rpartition("/")[2]}
            for code, of in numbers.items() if code.startswith(letters) and (slug := known.slug(f"{scheme}:{code}"))
        ]  # fmt: skip
        if found:
            name = "roo-municipalities" if letters == "GM" else "roo-provinces"
            columns = ("slug", "code", "name", "roo", "kvk", "rsin", "oin", "wikidata", "atu")
            out |= table(name, type, _COMMENT, columns, found, _claims(known))
    return out


_ATU = "http://publications.europa.eu/resource/authority/atu/"
_COMMENT = """
    Numbers of organisations in the register of government organisations. An OIN can keep the RSIN of a legal person before a merger.
    The Wikidata items and the codes of the European Union were linked at the export, and are not the register's own."""
_OWN = {"source": SOURCE, "section": "{name} (ROO {roo})", "link": "https://organisaties.overheid.nl/{roo}", "method": "REGISTRY_IMPORT"}


def _claims(known: Known) -> list[Entry]:
    """Returns the entries of an organisation. What is linked to it is dated by the export."""
    source = known.dataset.sources.get(SOURCE)
    export = f"bij de export van {label(str(source.read), 'NL')}" if source and source.read else "bij de export"
    linked = {"source": SOURCE, "method": "REGISTRY_IMPORT"}
    return [
        *({"id": f"roo.{{code}}.{name}", "identifier": f"{name.upper()}:{{{name}}}", **_OWN} for name in ("roo", "kvk", "rsin", "oin")),
        {"id": "roo.{code}.wikidata", "identifier": "WIKIDATA:{wikidata}", "section": f"Koppeling met Wikidata {export}", **linked},
        {"id": "roo.{code}.atu", "identifier": f"EU_ATU:{_ATU}{{atu}}", "section": f"Koppeling met de EU-gebiedscodes {export}", **linked},
    ]


OWNS = ("tables/roo-*.*", "tables/arrangement*.*")
ROO = Importer("roo", "The register of government organisations, an export in CSV: identifiers, collaborations, members.", OWNS, read)
