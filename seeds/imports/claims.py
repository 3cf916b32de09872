"""Claims that were exported, as folders: one for each dataset, in the files that every folder of claims has.

It is no second way to write claims. What comes of it is read and checked like any other folder, and nothing is written if it
has a problem. A dataset that another folder holds already is left out; so are sources, conflicts and boundaries that are there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from graph.domain.claim import Claim, ClaimDataset, Conflict, Dataset, Source
from graph.domain.model import ENTITY_TYPES, PREDICATES, ValueKind
from graph.domain.outline import in_turn
from graph.domain.record import QUALIFIERS, Record, claim_record, source_record, text
from seeds.folder import CONFLICTS, DATASET, OUTLINES, SOURCES, Folder, files_in, folders_of
from seeds.imports.problem import ImportProblem, ImportRefused
from seeds.imports.proposal import Proposal, compared
from seeds.outlines import DIGITS, Vintage, written
from seeds.read import Place, read_all
from seeds.values import THOUSANDS

Files = dict[str, bytes]
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_ENTRY = ("from", "until", "source", "section", "page", "paragraph", "footnote", "link", "summary", "rank", "rankReason", "method")


def propose_claims(made: Dataset, folder: Path, others: Sequence[Place]) -> Proposal:
    """Compares what was exported with what a folder holds. `others` are the folders that are known beside it.

    A single dataset is written into the folder itself, several into a folder each. Raises ImportRefused with all problems.
    """
    beside = folders_of(others)
    here = read_all(*beside)
    wanted = {slug: part for slug, part in made.datasets.items() if slug not in here.datasets}
    notes = [_left_out(part, here.datasets[slug]) for slug, part in made.datasets.items() if slug in here.datasets]
    files = {slug: _files(made, slug, list(wanted), here.dataset) for slug in wanted}
    places = {slug: folder if len(wanted) == 1 else folder / slug for slug in wanted}
    present = {slug: dict(files_in(place)) if place.is_dir() else {} for slug, place in places.items()}
    if problems := [_of_others(places[slug]) for slug in wanted if present[slug] and present[slug] != files[slug]]:
        raise ImportRefused(problems)
    before = read_all(*beside, *(Folder(slug, there) for slug, there in present.items() if there))
    after = read_all(*beside, *(Folder(slug, new) for slug, new in files.items()))
    new = {
        (places[slug] / path).relative_to(folder).as_posix(): content
        for slug in wanted for path, content in files[slug].items() if not present[slug]
    }  # fmt: skip
    return compared(before, after, folder, new, (), notes)


def files_of(made: Dataset) -> dict[str, Files]:
    """Returns the files of each dataset, by its slug."""
    nothing = Dataset({}, {}, {}, {})
    return {slug: _files(made, slug, list(made.datasets), nothing) for slug in made.datasets}


def _left_out(part: ClaimDataset, here: ClaimDataset) -> str:
    same = "the same version" if part.version == here.version else f"version {here.version}; the file has {part.version}"
    return f'The dataset "{part.slug}" is here already, in {same}: it is left out.'


def _of_others(place: Path) -> ImportProblem:
    what, remedy = "This folder holds other files.", "Name a folder that does not exist yet, or is empty."
    return ImportProblem(str(place), "", 0, "", what, remedy, "OTHER_FILE")


# ── the files of a dataset ────────────────────────────────────────────────────────────────────────


def _files(made: Dataset, slug: str, slugs: Sequence[str], here: Dataset) -> Files:
    """Returns the files of one dataset of several. What belongs to no dataset alone stands in the first to which it belongs."""
    own = [claim for _, claim in sorted(made.claims.items()) if claim.dataset == slug]
    before = set(sorted(slugs)[: sorted(slugs).index(slug)])
    earlier = [claim for claim in made.claims.values() if claim.dataset in before]
    cited = {claim.source for claim in own} - {claim.source for claim in earlier} - here.sources.keys()
    rest = set() if before else made.sources.keys() - {claim.source for claim in made.claims.values()} - here.sources.keys()
    files = {DATASET: _yaml(_dataset(made.datasets[slug]))}
    files |= {f"{SOURCES}/{each}.yaml": _yaml(_source(made.sources[each])) for each in sorted(cited | rest)}
    files |= _entities(made, own)
    for key, conflict in sorted(made.conflicts.items()):
        of = {made.claims[claim].dataset for claim in conflict.claims} & set(slugs)
        if key not in here.conflicts and of and min(of) == slug:
            files[f"{CONFLICTS}/{key}.yaml"] = _yaml(_conflict(conflict))
    return files if before else files | _outlines(made, here)


def _dataset(part: ClaimDataset) -> Record:
    return _known(
        slug=part.slug, title=text(part.title), scope=text(part.scope), version=part.version, publisher=part.publisher,
        licence=part.licence, checked=str(part.checked),
    )  # fmt: skip


def _source(source: Source) -> Record:
    record = source_record(source)
    del record["record"]
    if source.written:
        first, _, last = source.written.edtf.partition("/")
        bounds = {"earliest": first, "latest": last or first}
        record["written"] = {name: bound for name, bound in bounds.items() if bound != ".."}
        record["written"]["reason"] = record.pop("writtenReason", None)
    return record


def _entities(made: Dataset, claims: Sequence[Claim]) -> Files:
    about = defaultdict[str, list[Record]](list)
    for claim in claims:
        about[claim.subject].append(_entry(claim))
    files = {}
    for key, entries in sorted(about.items()):
        entity = made.entities[key]
        root = {"type": entity.type, "slug": entity.slug, "claims": entries}
        files[f"{ENTITY_TYPES[entity.type].folder}/{entity.slug}.yaml"] = _yaml(root)
    return files


def _entry(claim: Claim) -> Record:
    record = claim_record(claim)
    about = {name: record[name] for name in QUALIFIERS if name in record}
    if "functions" in about:
        about["functions"] = about["functions"].split()
    about = {name: str(value).lower() if isinstance(value, bool) else value for name, value in about.items()}
    said = {name: record[name] for name in _ENTRY if name in record}
    return {"id": claim.key, claim.predicate: _value(claim, record["value"]), **about, **said}


def _value(claim: Claim, value: Any) -> Any:
    if PREDICATES[claim.predicate].value is ValueKind.NUMBER and THOUSANDS.fullmatch(str(value)):
        return f"{value}0"  # 1.234 can be read in two ways, 1.2340 cannot
    return value


def _conflict(conflict: Conflict) -> Record:
    return {
        "id": conflict.key, "subject": conflict.subject, "predicate": conflict.predicate, "kind": conflict.kind, "status": conflict.status,
        "claims": list(conflict.claims), "explanation": text(conflict.explanation),
    }  # fmt: skip


def _known(**values: Any) -> Record:
    return {name: value for name, value in values.items() if value is not None}


def _yaml(root: Mapping[str, Any]) -> bytes:
    dumped = yaml.dump(root, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=140)
    return str(dumped).encode()


# ── boundaries ────────────────────────────────────────────────────────────────────────────────────


def _outlines(made: Dataset, here: Dataset) -> Files:
    """Returns the boundaries, a file for each vintage and attribution. Each ring is an arc of its own; what is drawn is the same."""
    codes, vintages = _codes(made.claims.values()), defaultdict[tuple[date, date, str], dict[str, Any]](dict)
    for key, outlines in sorted(made.outlines.items()):
        there = {(each.first, each.last, each.draw()) for each in in_turn(here.outlines.get(key, ()))}
        for outline in in_turn(outlines):
            drawn = outline.draw()
            if (outline.first, outline.last, drawn) not in there and key in codes:
                geometry = json.loads(drawn)
                vintages[outline.first, outline.last, geometry["attribution"]][codes[key]] = geometry
    files, names = Files(), set[str]()
    for (first, last, attribution), shapes in sorted(vintages.items()):
        name = f"{first}_{last}"
        while name in names:
            name += "-"
        names.add(name)
        files[f"{OUTLINES}/{name}.json"] = written(_vintage(first, last, attribution, shapes))
    return files


def _codes(claims: Collection[Claim]) -> dict[str, str]:
    """Returns the codes at Statistics Netherlands by which `seeds.read` finds what an outline is of."""
    found = sorted((c.subject, str(c.value)) for c in claims if c.predicate == "identifier" and c.rank != "DEPRECATED")
    return {subject: value.partition(":")[2] for subject, value in found if value.startswith("CBS_")}


def _vintage(first: date, last: date, attribution: str, shapes: Mapping[str, Any]) -> Vintage:
    arcs: list[list[int]] = []
    outlines: dict[str, list[list[list[int]]]] = {}
    for code, geometry in shapes.items():
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for polygon in polygons:
            outlines.setdefault(code, []).append([[len(arcs) + number] for number in range(len(polygon))])
            arcs += map(_arc, polygon)
    return Vintage(first, last, attribution, (10**-DIGITS, 10**-DIGITS), (0.0, 0.0), arcs, outlines)


def _arc(ring: Sequence[Sequence[float]]) -> list[int]:
    out, at = list[int](), (0, 0)
    for x, y in ring:
        here = (round(x * 10**DIGITS), round(y * 10**DIGITS))
        out += [here[0] - at[0], here[1] - at[1]]
        at = here
    return out
