"""Reads folders of claims, each of them a dataset, as one Dataset.

The sources of all folders come first, because a claim without a start holds from when its source was written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

from graph.domain.claim import Claim, ClaimDataset, Conflict, Dataset, Entity, Source
from graph.domain.model import ENTITY_TYPES
from graph.domain.outline import Outline
from seeds import values
from seeds.conflict import conflict_of
from seeds.dataset import dataset_of
from seeds.document import Scalar, Value, YamlList, YamlMap, parse
from seeds.entry import claims_of
from seeds.folder import CONFLICTS, DATASET, FOLDERS, OUTLINES, SOURCES, TABLES, Folder, folders_of, kind
from seeds.outlines import Vintage, vintage_of
from seeds.problem import Findings, KeyReference, Problem
from seeds.source import source_of
from seeds.table import gathered, table_of

Place = Traversable | Path | Folder


@dataclass(slots=True)
class Reading:
    """The files read so far, and those that could not be read, so that one fault is not reported many times."""

    datasets: dict[str, ClaimDataset] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    sources: dict[str, Source | None] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    references: list[KeyReference] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    vintages: list[tuple[str, Vintage]] = field(default_factory=list)  # of boundaries, each with its file

    @property
    def dataset(self) -> Dataset:
        sources = {slug: source for slug, source in self.sources.items() if source}
        return Dataset(self.entities, self.claims, sources, self.conflicts, self.datasets, self._outlines())

    def _outlines(self) -> dict[str, list[Outline]]:
        """Returns the outlines by the key of what has their code. A code that nothing has is a problem of the whole."""
        found, keys = defaultdict[str, list[Outline]](list), self.by_code() if self.vintages else {}
        for _, vintage in self.vintages:
            for code in vintage.outlines.keys() & keys.keys():
                found[keys[code]].append(vintage.outline(code))
        return dict(found)

    def by_code(self) -> dict[str, str]:
        """Returns the keys of municipalities and regions by their codes at Statistics Netherlands, such as GM0363."""
        claims = (c for c in self.claims.values() if c.predicate == "identifier" and c.rank != "DEPRECATED")
        return {str(c.value).partition(":")[2]: c.subject for c in claims if str(c.value).startswith("CBS_")}

    def place(self, entity: str) -> tuple[str, int]:
        """Returns the first file that speaks of an entity, and the line."""
        return self.places[f"entity {entity}"]

    def first(self, what: str, key: str, file: str, line: int, findings: Findings, code: str) -> bool:
        """Returns True if the key occurs for the first time; otherwise reports a problem."""
        place = self.places.get(f"{what} {key}")
        if place is None:
            self.places[f"{what} {key}"] = file, line
            return True
        findings.add(code, line, f'The {what} "{key}" already exists, at {place[0]}:{place[1]}.', "Remove one, or give it another name.")
        return False


def read(*folders: Place) -> tuple[Dataset, list[Problem]]:
    """Reads folders together and returns the dataset and the problems of single files. `seeds.check` finds those of the whole."""
    reading = read_all(*folders)
    return reading.dataset, reading.problems


def read_all(*folders: Place) -> Reading:
    """Reads folders together with what the check of the whole needs: references, places and texts."""
    reading = Reading()
    opened = [_Opened(folder, reading) for folder in folders_of(folders)]
    for kinds in ((SOURCES,), (*FOLDERS, TABLES), (CONFLICTS, OUTLINES)):
        for each in opened:
            each.read(kinds)
    return reading


class _Opened:
    """A folder that is being read, and the slug of its dataset, which is empty if it could not be read."""

    def __init__(self, folder: Folder, reading: Reading) -> None:
        self._folder, self._reading, self._dataset = folder, reading, ""
        self._paths = sorted(filter(kind, folder.files))
        self._unused = {path for path in self._paths if path.endswith(".csv")}
        for path, content in folder.files.items():
            if kind(path) != OUTLINES:  # nothing but numbers
                reading.texts[self._name(path)] = content.decode("utf-8", "replace")
            if not kind(path) and not path.endswith(".md"):
                remedy = f"Put a .yaml file in one of: {', '.join((SOURCES, *FOLDERS, TABLES, CONFLICTS))}."
                reading.problems.append(Problem(self._name(path), 1, "MISPLACED_FILE", "", "Nothing reads this file.", remedy))
        self._open()

    def read(self, kinds: tuple[str, ...]) -> None:
        """Reads the files of some kinds."""
        for path in self._paths:
            if kind(path) in kinds and path.endswith(".yaml"):
                self._file(path)
            elif kind(path) == OUTLINES and OUTLINES in kinds:
                self._outlines(path)
        for path in sorted(self._unused) if TABLES in kinds else ():
            remedy = "Write a .yaml file beside it whose `rows` names it."
            self._reading.problems.append(Problem(self._name(path), 1, "MISPLACED_FILE", "", "No table reads this file.", remedy))

    def _name(self, path: str) -> str:
        return f"{self._folder.name}/{path}"

    def _open(self) -> None:
        """Reads which dataset it is. One that is there already is not read again: all its claims would be there twice."""
        reading, findings = self._reading, Findings(self._name(DATASET))
        content = self._folder.files.get(DATASET)
        root = _root(content, findings) if content is not None else None
        if content is None:
            remedy = "Write it; `regiograaf new FOLDER` makes a folder with an example of each file."
            findings.add("NO_DATASET", 1, f"This folder does not say which dataset it is: it has no {DATASET}.", remedy)
        elif root:
            dataset = dataset_of(root, self._folder.digest, findings)
            if dataset and reading.first("dataset", dataset.slug, findings.file, root.line, findings, "DUPLICATE_DATASET"):
                reading.datasets[dataset.slug] = dataset
                self._dataset = dataset.slug
            elif dataset:
                self._paths, self._unused = [], set()
        reading.problems += findings.problems

    def _file(self, path: str) -> None:
        top, slug = kind(path), path.rsplit("/", 1)[-1].removesuffix(".yaml")
        type, reading, findings = FOLDERS.get(top), self._reading, Findings(self._name(path), dataset=self._dataset)
        findings.entity = f"{ENTITY_TYPES[type].prefix}/{slug}" if type else slug
        root = _root(self._folder.files[path], findings)
        if root is None:
            reading.unread.add(findings.entity)
            if top == SOURCES:
                reading.sources.setdefault(slug, None)
        elif type:
            _entity(root, type, slug, findings, reading)
        elif top == TABLES:
            self._table(path, root, findings)
        elif top == SOURCES:
            _source(root, slug, findings, reading)
        else:
            _conflict(root, slug, findings, reading)
        reading.problems += findings.problems
        reading.references += findings.references

    def _outlines(self, path: str) -> None:
        findings = Findings(self._name(path), dataset=self._dataset)
        if vintage := vintage_of(self._folder.files[path], findings):
            self._reading.vintages.append((findings.file, vintage))
        self._reading.problems += findings.problems

    def _table(self, path: str, root: YamlMap, findings: Findings) -> None:
        """Reads each row of a table as the entries of a file."""
        reading, table = self._reading, table_of(root, path, self._folder.files, findings)
        if table is None:
            self._unused.clear()  # it may be the one that this table means
            return
        self._unused.discard(table.path)
        file = self._name(table.path)
        reading.texts[file] = table.text
        rows, found = Findings(file, dataset=self._dataset), defaultdict[int, list[Problem]](list)
        for row in table.rows:
            entity = Entity(f"{ENTITY_TYPES[table.type].prefix}/{row.slug}", table.type)
            rows.entity = entity.key
            reading.places.setdefault(f"entity {entity.key}", (file, row.line))
            reading.entities.setdefault(entity.key, entity)
            for number, entry in enumerate(table.entries):
                if (node := entry.filled(row)) is not None:
                    _entry(node, entity, rows, reading)
                    found[number] += rows.problems
                    rows.problems.clear()
        findings.problems += gathered(found, table, findings.file)
        findings.references += rows.references


def _root(content: bytes, findings: Findings) -> YamlMap | None:
    """Reads a file as keys with values, and reports what is wrong with its YAML."""
    document = parse(content)
    for fault in document.faults:
        findings.add(fault.code, fault.line, fault.what, fault.remedy)
    if document.root is not None and not isinstance(document.root, YamlMap):
        findings.add(
            "WRONG_VALUE", document.root.line, "The file must have keys with values.", "See seeds/README.md for what a file looks like."
        )
    return document.root if isinstance(document.root, YamlMap) else None


def _source(root: YamlMap, slug: str, findings: Findings, reading: Reading) -> None:
    _same_slug(root, "slug", slug, findings)
    if reading.first("source", slug, findings.file, root.line, findings, "DUPLICATE_ID"):
        reading.sources[slug] = source_of(root, slug, findings)


def _conflict(root: YamlMap, key: str, findings: Findings, reading: Reading) -> None:
    _same_slug(root, "id", key, findings)
    conflict = conflict_of(root, key, findings)
    if reading.first("conflict", key, findings.file, root.line, findings, "DUPLICATE_ID") and conflict:
        reading.conflicts[key] = conflict


def _same_slug(root: YamlMap, key: str, slug: str, findings: Findings) -> str:
    """Returns the slug or id in a file, which must be equal to the name of the file."""
    name = values.plain(values.required(root, key, findings), key, findings)
    if name is None:
        return slug
    if name != slug:
        line = root.entries[key].line
        findings.add("SLUG_MISMATCH", line, f'The file is called "{slug}", its {key} is "{name}".', "Give both the same name.")
    elif key == "slug" and not values.SLUG.fullmatch(name):
        findings.add(
            "WRONG_VALUE",
            root.entries[key].line,
            f'"{name}" is not a slug.',
            "Use lower case letters and digits, with hyphens between words.",
        )
    return name


def _entity(root: YamlMap, type: str, slug: str, findings: Findings, reading: Reading) -> None:
    values.unknown_keys(root, ("type", "slug", "claims"), findings)
    type_ = values.word(values.required(root, "type", findings), "type", tuple(ENTITY_TYPES), findings)
    if type_ and type_ != type:
        what = f"A {type_} does not belong in this folder."
        findings.add("MISPLACED_FILE", root.entries["type"].line, what, f"This folder is for a {type}; move the file, or correct its type.")
    slug = _same_slug(root, "slug", slug, findings)
    entity = Entity(f"{ENTITY_TYPES[type].prefix}/{slug}", type)
    findings.entity = entity.key
    reading.places.setdefault(f"entity {entity.key}", (findings.file, root.line))
    reading.first(f"file of {findings.dataset} on", entity.key, findings.file, root.line, findings, "DUPLICATE_ENTITY")
    reading.entities.setdefault(entity.key, entity)
    entries = values.required(root, "claims", findings)
    if isinstance(entries, YamlList):
        for entry in entries.values:
            _entry(entry, entity, findings, reading)
    elif entries is not None:
        findings.add("WRONG_VALUE", entries.line, '"claims" must be a list of entries.', "Begin each with `- id: …`.")


def _entry(node: Value, entity: Entity, findings: Findings, reading: Reading) -> None:
    id = node.value("id") if isinstance(node, YamlMap) else None
    key = id.text.strip() if isinstance(id, Scalar) else ""
    if isinstance(node, YamlMap) and "name" in node.entries:
        reading.named.add(entity.key)
    if key and not reading.first("id", key, findings.file, node.line, findings, "DUPLICATE_ID"):
        return
    claims = claims_of(node, entity, reading.sources, findings)
    if not claims:
        reading.unread.add(key)
    for claim in claims:
        if claim.key == key or reading.first("id", claim.key, findings.file, node.line, findings, "DUPLICATE_ID"):
            reading.claims[claim.key] = claim
