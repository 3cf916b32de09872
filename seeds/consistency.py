"""Problems of the claims as a whole: keys that lead nowhere, and claims that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from graph.domain.claim import Claim, EntityRef
from graph.domain.model import PREDICATES, TYPE_OF_PREFIX
from seeds.folder import FOLDERS
from seeds.problem import A_CLAIM, A_SOURCE, KeyReference, Problem, nearest
from seeds.read import Reading
from seeds.values import TEXT

UNSHARED = ("CBS_", "TOOI:", "WIKIDATA:", "OWMS:", "EU_ATU:")  # a KVK or RSIN number may belong to several entities

_FOLDER_OF = {type: folder for folder, type in FOLDERS.items()}


def inconsistencies(reading: Reading) -> Iterator[Problem]:
    """Returns the problems that show only after all files have been read."""
    in_conflict = {key for conflict in reading.conflicts.values() for key in conflict.claims}
    yield from _references(reading)
    yield from _unknown_sources(reading)
    yield from _nameless(reading)
    yield from _two_values(reading)
    yield from _shared_identifiers(reading)
    yield from _impossible_memberships(reading, in_conflict)
    yield from _outlines_of_nothing(reading)


def _problem(claim: Claim, code: str, what: str, remedy: str) -> Problem:
    file, _, line = claim.place.rpartition(":")
    return Problem(file, int(line), code, claim.subject, what, remedy)


def _references(reading: Reading) -> Iterator[Problem]:
    lists = {key.rpartition("/")[0] for key in reading.claims if "/" in key}
    for reference in reading.references:
        if reference.to == A_CLAIM:
            problem = _claim_reference(reference.key, reading, lists)
        elif reference.to != A_SOURCE:
            problem = _thing_reference(reference, reading)
        else:
            continue
        if problem:
            code, what, remedy = problem
            yield Problem(reference.file, reference.line, code, reference.entity, what, remedy)


def _unknown_sources(reading: Reading) -> Iterator[Problem]:
    """Returns one problem for each file and unknown source, however many claims cite it."""
    cited: dict[tuple[str, str], list[KeyReference]] = defaultdict(list)
    for reference in reading.references:
        if reference.to == A_SOURCE and reference.key not in reading.sources:
            cited[reference.file, reference.key].append(reference)
    for (file, slug), (first, *more) in cited.items():
        what = f'There is no source "{slug}"' + (f"; {len(more)} more entries here cite it." if more else ".")
        remedy = nearest(slug, reading.sources, f"Describe it in sources/{slug}.yaml.")
        yield Problem(file, first.line, "UNKNOWN_SOURCE", first.entity, what, remedy)


def _claim_reference(key: str, reading: Reading, lists: set[str]) -> tuple[str, str, str] | None:
    if key in reading.claims or key in reading.unread or key.rpartition("/")[0] in reading.unread:
        return None
    if key in lists:
        some = next(claim for claim in reading.claims if claim.startswith(f"{key}/"))
        return "DANGLING_REFERENCE", f'"{key}" is a list of claims.', f"Name claims of it, such as {some}."
    return "DANGLING_REFERENCE", f'There is no claim "{key}".', nearest(key, reading.claims, "Look up its id.")


def _thing_reference(reference: KeyReference, reading: Reading) -> tuple[str, str, str] | None:
    key, (prefix, _, slug) = reference.key, reference.key.partition("/")
    type = TYPE_OF_PREFIX.get(prefix)
    if type is None:
        remedy = nearest(prefix, TYPE_OF_PREFIX, f"Keys begin with one of: {', '.join(TYPE_OF_PREFIX)}.")
        return "DANGLING_REFERENCE", f'There is no type of entity "{prefix}".', remedy
    if type.label not in reference.to:
        return "WRONG_TYPE_OF_THING", f'"{key}" is a {type.label}.', f"Use one of: {', '.join(sorted(reference.to))}."
    if key in reading.entities or key in reading.unread:
        return None
    known = [entity.slug for entity in reading.entities.values() if entity.type == type.label]
    others = [entity for entity in reading.entities.values() if entity.slug == slug and entity.type in reference.to]
    elsewhere = [entity.key for entity in others if entity.key != reference.entity]
    otherwise = f'Did you mean "{elsewhere[0]}"?' if elsewhere else f"Write {_FOLDER_OF[type.label]}/{slug}.yaml, or look up the key."
    return "DANGLING_REFERENCE", f'There is no "{key}".', nearest(slug, known, otherwise)


def _nameless(reading: Reading) -> Iterator[Problem]:
    for key in reading.entities:
        if key not in reading.named and key not in reading.unread:
            file, line = reading.place(key)
            yield Problem(file, line, "NO_NAME", key, "It has no name.", f"Add an entry with `name: {TEXT}`.")


def _two_values(reading: Reading) -> Iterator[Problem]:
    """Finds sources that give an entity two values of one predicate, unless a conflict has both."""
    together = defaultdict(set)
    for conflict in reading.conflicts.values():
        for key in conflict.claims:
            together[key].add(conflict.key)
    groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in reading.claims.values():
        if PREDICATES[claim.predicate].single and claim.rank != "DEPRECATED":
            groups[claim.subject, claim.predicate, claim.source].append(claim)
    for first, *others in groups.values():
        for other in others:
            if other.value != first.value and not together[first.key] & together[other.key]:
                what = f'"{other.source}" gives another {other.predicate} here than in {first.key}, at {first.place}.'
                yield _problem(other, "TWO_VALUES", what, "Give one of them the rank DEPRECATED with a reason, or put both in a conflict.")


def _shared_identifiers(reading: Reading) -> Iterator[Problem]:
    owners: dict[str, Claim] = {}
    for claim in reading.claims.values():
        if claim.predicate != "identifier" or claim.rank == "DEPRECATED":
            continue
        code = str(claim.value)
        owner = owners.setdefault(code, claim) if code.startswith(UNSHARED) else claim
        if owner.subject != claim.subject:
            remedy = "Look up whose it is. If both are one thing, write what is said of it under one name."
            yield _problem(claim, "SHARED_IDENTIFIER", f"{code} already belongs to {owner.subject}, at {owner.place}.", remedy)


def _impossible_memberships(reading: Reading, in_conflict: set[str]) -> Iterator[Problem]:
    """Finds memberships that lie wholly outside the period in which their member or their organisation exists."""
    lives = _lives(reading)
    for claim in reading.claims.values():
        if claim.predicate not in ("member", "memberOf") or claim.rank == "DEPRECATED" or claim.key in in_conflict:
            continue
        if claim.qualifiers.get("takesPart") is False or not isinstance(claim.value, EntityRef):
            continue
        for key in (claim.subject, claim.value.key):
            first, to = lives.get(key, (None, None))
            early = first and claim.period.valid_to and claim.period.valid_to <= first
            late = to and claim.period.valid_from and claim.period.valid_from >= to
            if early or late:
                what = f"{key} {'did not exist yet' if early else 'no longer existed'} during this membership."
                remedy = "Look up the dates of both. If a source is wrong, give its claim the rank DEPRECATED, or add a conflict."
                yield _problem(claim, "IMPOSSIBLE_PERIOD", what, remedy)


def _outlines_of_nothing(reading: Reading) -> Iterator[Problem]:
    keys = reading.by_code() if reading.vintages else {}
    for file, vintage in reading.vintages:
        if unknown := sorted(vintage.outlines.keys() - keys.keys()):
            what = f"Nothing has the code {unknown[0]}" + (f", nor {len(unknown) - 1} others of its outlines." if unknown[1:] else ".")
            yield Problem(file, 1, "DANGLING_REFERENCE", "", what, "Import the tables of CBS into this folder too, or remove the file.")


def _lives(reading: Reading) -> dict[str, tuple[date | None, date | None]]:
    """Returns for each entity the bounds of its existence according to all claims together; None is no bound."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in reading.claims.values():
        if claim.predicate == "exists" and claim.value is True and claim.rank != "DEPRECATED":
            groups[claim.subject].append(claim)
    lives = {}
    for key, claims in groups.items():
        starts = [claim.period.valid_from for claim in claims if claim.period.start]
        ends = [claim.period.valid_to for claim in claims if claim.period.end_known]
        first = min((day for day in starts if day), default=None) if None not in starts else None
        to = max((day for day in ends if day), default=None) if None not in ends else None
        lives[key] = (first, to)
    return lives
