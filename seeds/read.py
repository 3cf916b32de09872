"""The folder of claims as one Dataset: sources first, because a claim without a start holds from when its source was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.abc import Traversable
from pathlib import Path

from graph.domain.claim import Claim, Conflict, Dataset, Entity, Source
from graph.domain.model import ENTITY_TYPES
from seeds import values
from seeds.conflict import conflict_of
from seeds.document import Fields, Items, Scalar, Value, parse
from seeds.entry import claims_of
from seeds.problem import Findings, Problem, Reference
from seeds.source import source_of

FOLDERS = {type.folder: type.label for type in ENTITY_TYPES.values()}


@dataclass(slots=True)
class Reading:
    """What has been read so far. What could not be read is remembered too, so that one fault is not reported many times."""

    entities: dict[str, Entity] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    sources: dict[str, Source | None] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    @property
    def dataset(self) -> Dataset:
        sources = {slug: source for slug, source in self.sources.items() if source}
        return Dataset(self.entities, self.claims, sources, self.conflicts)

    def place(self, entity: str) -> tuple[str, int]:
        """Where an entity stands."""
        return self.places[f"entity {entity}"]

    def first(self, what: str, key: str, file: str, line: int, findings: Findings, code: str) -> bool:
        """Whether this is the first time that the key stands somewhere; noted where it is not."""
        place = self.places.setdefault(f"{what} {key}", (file, line))
        if place == (file, line):
            return True
        findings.add(
            code, line, f'The {what} "{key}" is there already, at {place[0]}:{place[1]}.', "Take one out, or give it another name."
        )
        return False


def read(folder: Traversable | Path) -> tuple[Dataset, list[Problem]]:
    """Everything that the folder says, and what is wrong with the single files. `seeds.check` says what is wrong with the whole."""
    reading = read_all(folder)
    return reading.dataset, reading.problems


def read_all(folder: Traversable | Path) -> Reading:
    """The dataset with what the check of the whole needs: references, places and texts."""
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
    """Whether the file is one of claims. Any other is only looked through for personal data, or does not belong here."""
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
    if document.root is not None and not isinstance(document.root, Fields):
        findings.add(
            "WRONG_VALUE", document.root.line, "The file must be keys with values.", "See seeds/README.md for what a file looks like."
        )
    if not isinstance(document.root, Fields):
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


def _source(root: Fields, slug: str, findings: Findings, reading: Reading) -> None:
    _same_slug(root, "slug", slug, findings)
    if reading.first("source", slug, findings.file, root.line, findings, "DUPLICATE_ID"):
        reading.sources[slug] = source_of(root, slug, findings)


def _conflict(root: Fields, key: str, findings: Findings, reading: Reading) -> None:
    _same_slug(root, "id", key, findings)
    conflict = conflict_of(root, key, findings)
    if reading.first("conflict", key, findings.file, root.line, findings, "DUPLICATE_ID") and conflict:
        reading.conflicts[key] = conflict


def _same_slug(root: Fields, key: str, slug: str, findings: Findings) -> str:
    """What the file calls itself, which must be what it is called."""
    said = values.plain(values.required(root, key, findings), key, findings)
    if said is None:
        return slug
    if said != slug:
        line = root.entries[key].line
        findings.add(
            "SLUG_MISMATCH", line, f'The file is called "{slug}", its {key} is "{said}".', "Give the file and what stands in it one name."
        )
    elif key == "slug" and not values.SLUG.fullmatch(said):
        findings.add(
            "WRONG_VALUE",
            root.entries[key].line,
            f'"{said}" is not a slug.',
            "Use lower case letters and digits, with hyphens between words.",
        )
    return said


def _entity(root: Fields, type: str, slug: str, findings: Findings, reading: Reading) -> None:
    values.unknown_keys(root, ("type", "slug", "claims"), findings)
    said = values.word(values.required(root, "type", findings), "type", tuple(ENTITY_TYPES), findings)
    if said and said != type:
        what = f"A {said} does not stand in this folder."
        findings.add("MISPLACED_FILE", root.entries["type"].line, what, f"Here stands what is a {type}; move the file, or mend its type.")
    slug = _same_slug(root, "slug", slug, findings)
    entity = Entity(f"{ENTITY_TYPES[type].prefix}/{slug}", type)
    findings.entity = entity.key
    reading.first("entity", entity.key, findings.file, root.line, findings, "DUPLICATE_ENTITY")
    reading.entities.setdefault(entity.key, entity)
    entries = values.required(root, "claims", findings)
    if isinstance(entries, Items):
        for entry in entries.values:
            _entry(entry, entity, findings, reading)
    elif entries is not None:
        findings.add("WRONG_VALUE", entries.line, '"claims" must be a list of entries.', "Begin each with `- id: …`.")


def _entry(node: Value, entity: Entity, findings: Findings, reading: Reading) -> None:
    id = node.value("id") if isinstance(node, Fields) else None
    key = id.text.strip() if isinstance(id, Scalar) else ""
    if isinstance(node, Fields) and "name" in node.entries:
        reading.named.add(entity.key)
    if key and not reading.first("id", key, findings.file, node.line, findings, "DUPLICATE_ID"):
        return
    claims = claims_of(node, entity, reading.sources, findings)
    if not claims:
        reading.unread.add(key)
    for claim in claims:
        if claim.key == key or reading.first("id", claim.key, findings.file, node.line, findings, "DUPLICATE_ID"):
            reading.claims[claim.key] = claim
