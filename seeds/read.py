"""Reads the folder of claims as one Dataset. Sources come first, because a claim without a start holds from when its source was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

from graph.domain.claim import Claim, Conflict, Dataset, Entity, Source
from graph.domain.model import ENTITY_TYPES
from seeds import values
from seeds.conflict import conflict_of
from seeds.document import Scalar, Value, YamlList, YamlMap, parse
from seeds.entry import claims_of
from seeds.problem import Findings, KeyReference, Problem
from seeds.source import source_of

FOLDERS = {type.folder: type.label for type in ENTITY_TYPES.values()}


@dataclass(slots=True)
class Reading:
    """The files read so far, and those that could not be read, so that one fault is not reported many times."""

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

    @property
    def dataset(self) -> Dataset:
        sources = {slug: source for slug, source in self.sources.items() if source}
        return Dataset(self.entities, self.claims, sources, self.conflicts)

    def place(self, entity: str) -> tuple[str, int]:
        """Returns the file and the line of an entity."""
        return self.places[f"entity {entity}"]

    def first(self, what: str, key: str, file: str, line: int, findings: Findings, code: str) -> bool:
        """Returns True if the key occurs for the first time; otherwise reports a problem."""
        place = self.places.setdefault(f"{what} {key}", (file, line))
        if place == (file, line):
            return True
        findings.add(code, line, f'The {what} "{key}" already exists, at {place[0]}:{place[1]}.', "Remove one, or give it another name.")
        return False


def read(folder: Traversable | Path) -> tuple[Dataset, list[Problem]]:
    """Reads a folder and returns the dataset and the problems of single files. `seeds.check` finds those of the whole."""
    reading = read_all(folder)
    return reading.dataset, reading.problems


def read_all(folder: Traversable | Path) -> Reading:
    """Reads a folder with what the check of the whole needs: references, places and texts."""
    reading = Reading()
    files = [(name, content) for name, content in _files(folder, folder.name) if _has_a_place(name, content, reading)]
    for kind in ("sources", None, "conflicts"):
        for name, content in files:
            top = name.split("/")[1]
            if top == kind or (kind is None and top in FOLDERS):
                _file(name, content, reading)
    return reading


def _files(folder: Traversable | Path, name: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item, f"{name}/{item.name}")
        elif not item.name.startswith("."):
            yield f"{name}/{item.name}", item.read_bytes()


def _has_a_place(name: str, content: bytes, reading: Reading) -> bool:
    """Returns True for a file of claims. Reports a file that belongs nowhere; all files are searched for personal data."""
    reading.texts[name] = content.decode("utf-8", "replace")
    top = name.split("/")[1]
    if name.endswith(".yaml") and (top in FOLDERS or top in ("sources", "conflicts")):
        return True
    if not name.endswith(".md"):
        remedy = f"Put a .yaml file in one of: sources, {', '.join(FOLDERS)}, conflicts."
        reading.problems.append(Problem(name, 1, "MISPLACED_FILE", "", "Nothing reads this file.", remedy))
    return False


def _file(name: str, content: bytes, reading: Reading) -> None:
    findings = Findings(name)
    top, slug = name.split("/")[1], name.rsplit("/", 1)[1].removesuffix(".yaml")
    type = FOLDERS.get(top)
    findings.entity = f"{ENTITY_TYPES[type].prefix}/{slug}" if type else slug
    document = parse(content)
    for fault in document.faults:
        findings.add(fault.code, fault.line, fault.what, fault.remedy)
    if document.root is not None and not isinstance(document.root, YamlMap):
        findings.add(
            "WRONG_VALUE", document.root.line, "The file must have keys with values.", "See seeds/README.md for what a file looks like."
        )
    if not isinstance(document.root, YamlMap):
        reading.unread.add(findings.entity)
        if top == "sources":
            reading.sources[slug] = None
    elif type:
        _entity(document.root, type, slug, findings, reading)
    elif top == "sources":
        _source(document.root, slug, findings, reading)
    else:
        _conflict(document.root, slug, findings, reading)
    reading.problems += findings.problems
    reading.references += findings.references


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
    reading.first("entity", entity.key, findings.file, root.line, findings, "DUPLICATE_ENTITY")
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
