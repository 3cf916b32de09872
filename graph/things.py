"""What stands on the node of a thing, and what hangs on it: names, identifiers, figures, options, lots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.claim import Claim, Dataset, Source, Text
from graph.conflict import choose, written
from graph.edtf import FuzzyDate
from graph.element import Node, Properties, Relationship, kept, period_properties, words
from graph.identifier import uri as identifier_uri
from graph.identifier import well_formed
from graph.model import ENTITY_TYPES, PREDICATES
from graph.period import Period
from graph.reference import sortable, uri


def entity(dataset: Dataset, key: str, claims: list[Claim], living: Mapping[str, Period], delivers: Iterable[str]) -> Node:
    """The node of a thing: its name and other single values, its life, its code, and which of its lists are whole.

    `delivers` are the care functions to which it has an edge of that name, on whatever day.
    """
    thing = dataset.entities[key]
    properties: Properties = {"type": thing.type, "slug": thing.slug, "uri": uri(key), **_single(claims, dataset.sources)}
    properties["sortName"] = sortable(properties.get("nameNl", thing.slug))
    properties |= _whole_or_not(claims, dataset.sources)
    properties |= _codes(thing.type, claims)
    if key in living:
        runs = [c for c in claims if c.predicate in ("exists", "runs")]
        properties |= period_properties(living[key])
        properties |= {"written": max(written(dataset.sources[c.source]) for c in runs), "lifeClaims": [c.key for c in runs]}
    if thing.type == "Contract":
        properties["planned"] = any(c.qualifiers.get("planned") for c in claims if c.predicate == "runs")
        lasts = [p for c in claims if c.predicate == "option" and (p := c.period.valid_to)]
        properties["delivers"] = sorted(delivers) or None
        properties["hasOptions"] = any(c.predicate == "option" for c in claims) or None
        properties["maxExtent"] = max(lasts, default=properties.get("validTo"))
    return Node(ENTITY_TYPES[thing.type].labels, key, kept(properties))


def _single(claims: list[Claim], sources: Mapping[str, Source]) -> Properties:
    """The values of predicates that have one, each by the claim that counts."""
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if PREDICATES[claim.predicate].single:
            said[claim.predicate].append(claim)
    out: Properties = {}
    for predicate, group in said.items():
        chosen, _ = choose(group, sources)
        value = (chosen or group[0]).value
        if isinstance(value, Text):
            out |= words(predicate, value)
        elif isinstance(value, FuzzyDate):
            out |= {f"{predicate}Edtf": value.edtf, f"{predicate}Earliest": value.earliest, f"{predicate}Latest": value.latest}
        else:
            out[predicate] = value
    return out


def _whole_or_not(claims: list[Claim], sources: Mapping[str, Source]) -> Properties:
    """Which lists of a thing are whole, which are known not to be, and what is missing: by the claim that counts."""
    out: Properties = defaultdict(list)
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in ("complete", "incomplete") and "list" in claim.qualifiers:
            said[str(claim.qualifiers["list"])].append(claim)
    for name, group in said.items():
        chosen, _ = choose(group, sources)
        counted = chosen or next((c for c in group if c.predicate == "incomplete"), group[0])
        out[f"{counted.predicate}Lists"].append(name)
        if isinstance(counted.value, Text):
            out |= words(f"{name}Remark", counted.value)
    return dict(out)


def _codes(type_: str, claims: list[Claim]) -> Properties:
    """The code by which the field knows a municipality, as a property: it is asked for all the time."""
    if type_ != "Municipality":
        return {}
    codes = [str(c.value) for c in claims if c.predicate == "identifier" and str(c.value).startswith("CBS_GM:")]
    return {"code": codes[0].partition(":")[2]} if codes else {}


def names(key: str, claims: list[Claim]) -> Iterator[Node | Relationship]:
    subject = ("Entity", key)
    seen: set[str] = set()
    for claim in claims:
        name = f"{key}~{claim.value}"
        if claim.predicate not in ("alternateName", "identifier") or name in seen:
            continue
        seen.add(name)
        period = kept(period_properties(claim.period)) if claim.period.start or claim.period.end else {}
        if claim.predicate == "alternateName":
            kind = claim.qualifiers.get("nameKind", "SHORT")
            node = Node(("AlternateName",), name, {"name": claim.value, "kind": kind, "claim": claim.key, **period})
            yield node
            yield Relationship("NAMES", ("AlternateName", name), subject, {})
        else:
            scheme, _, number = str(claim.value).partition(":")
            about = {"scheme": scheme, "id": number, "uri": identifier_uri(scheme, number), "isWellFormed": well_formed(scheme, number)}
            node = Node(("Identifier",), name, kept({**about, "claim": claim.key, **period}))
            yield node
            yield Relationship("IDENTIFIES", ("Identifier", name), subject, {})


def figures(claims: list[Claim]) -> Iterator[Node | Relationship]:
    for claim in claims:
        if claim.predicate == "figure":
            measure, unit = str(claim.qualifiers.get("measure", "")), str(claim.qualifiers.get("unit", ""))
            about = {
                "measure": measure, "unit": unit, "number": claim.value, "approximate": claim.qualifiers.get("approximate") is True,
                "claim": claim.key, **period_properties(claim.period),
            }  # fmt: skip
            yield Node(("Figure",), claim.key, about)
            yield Relationship("FIGURE_OF", ("Figure", claim.key), ("Entity", claim.subject), {})


def options_and_lots(claims: list[Claim]) -> Iterator[Node | Relationship]:
    for claim in claims:
        if claim.predicate in ("option", "lot"):
            subject = ("Entity", claim.subject)
            about: Properties
            if claim.predicate == "option":
                about = {"number": int(float(str(claim.value))), "status": claim.qualifiers.get("status", "UNKNOWN")}
                label, link = "ContractOption", "OPTION_OF"
            else:
                about = {**words("title", claim.value if isinstance(claim.value, Text) else None)}
                about["functions"] = str(claim.qualifiers.get("functions", "")).split()
                label, link = "Lot", "LOT_OF"
            node = Node((label,), claim.key, kept({**about, "claim": claim.key, **period_properties(claim.period)}))
            yield node
            yield Relationship(link, (label, claim.key), subject, {})
