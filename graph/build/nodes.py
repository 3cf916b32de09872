"""What stands on the node of a thing, and what hangs on it: names, identifiers, figures, options, lots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.build.bundle import Row
from graph.build.properties import Properties, kept, period_properties, words
from graph.dates.edtf import FuzzyDate
from graph.dates.period import Period
from graph.domain.claim import Claim, Dataset, Source, Text
from graph.domain.conflict import choose, written
from graph.domain.identifier import uri as identifier_uri
from graph.domain.identifier import well_formed
from graph.domain.languages import DEFAULT, language
from graph.domain.model import PREDICATES
from graph.domain.ranking import KINDS, UNSPELLED, spelled
from graph.domain.reference import normal, sortable, uri

Hung = tuple[str, Properties]  # a label and the properties of a node that hangs on a thing


def entity(dataset: Dataset, key: str, claims: list[Claim], living: Mapping[str, Period], carried: Properties) -> Properties:
    """What stands on the node of a thing: its name and other single values, its life, its code, its whole lists, and what it carries."""
    thing = dataset.entities[key]
    single = _single(claims, dataset.sources)
    properties: Properties = {"key": key, "type": thing.type, "slug": thing.slug, "uri": uri(key), **single, **carried}
    properties["sortName"] = sortable(properties.get(language(DEFAULT).property("name"), thing.slug))
    properties["sortKey"] = f"{properties['sortName']}\t{key}"  # the whole order in one value: a tab comes before all that names hold
    properties |= _whole_or_not(claims, dataset.sources)
    properties |= _codes(key, thing.type, claims)
    if key in living:
        runs = [c for c in claims if c.predicate in ("exists", "runs")]
        properties |= period_properties(living[key])
        properties |= {"written": max(written(dataset.sources[c.source]) for c in runs), "lifeClaims": [c.key for c in runs]}
    if thing.type == "Contract":
        properties["planned"] = any(c.qualifiers.get("planned") for c in claims if c.predicate == "runs")
        lasts = [p for c in claims if c.predicate == "option" and (p := c.period.valid_to)]
        properties["hasOptions"] = any(c.predicate == "option" for c in claims) or None
        properties["maxExtent"] = max(lasts, default=properties.get("validTo"))
    return kept(properties)


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


def _codes(key: str, type_: str, claims: list[Claim]) -> Properties:
    """The code by which the field knows a municipality, as a property: it is asked for all the time. Without one it comes last."""
    if type_ != "Municipality":
        return {}
    codes = [str(c.value) for c in claims if c.predicate == "identifier" and str(c.value).startswith("CBS_GM:")]
    code = codes[0].partition(":")[2] if codes else None
    return {"code": code, "sortCode": f"{code or '~'}\t{key}"}


def hung(key: str, claims: list[Claim]) -> Iterator[Hung]:
    """The small nodes that hang on a thing."""
    seen: set[str] = set()
    for claim in claims:
        match claim.predicate:
            case "alternateName" | "identifier":
                name = f"{key}~{claim.value}"
                if name not in seen:
                    seen.add(name)
                    yield _name(name, claim)
            case "figure":
                yield "Figure", _figure(claim)
            case "option":
                about = {"number": int(float(str(claim.value))), "status": claim.qualifiers.get("status", "UNKNOWN")}
                yield "ContractOption", _said(claim, about)
            case "lot":
                title = words("title", claim.value if isinstance(claim.value, Text) else None)
                yield "Lot", _said(claim, title | {"functions": str(claim.qualifiers.get("functions", "")).split()})


def _name(name: str, claim: Claim) -> Hung:
    period = period_properties(claim.period) if claim.period.start or claim.period.end else {}
    if claim.predicate == "alternateName":
        kind = claim.qualifiers.get("nameKind", "SHORT")
        return "AlternateName", {"key": name, "name": claim.value, "kind": kind, "claim": claim.key, **period}
    scheme, _, number = str(claim.value).partition(":")
    about = {"scheme": scheme, "id": number, "uri": identifier_uri(scheme, number), "isWellFormed": well_formed(scheme, number)}
    return "Identifier", kept({"key": name, **about, "claim": claim.key, **period})


def _figure(claim: Claim) -> Properties:
    measure, unit = str(claim.qualifiers.get("measure", "")), str(claim.qualifiers.get("unit", ""))
    about = {"measure": measure, "unit": unit, "number": claim.value, "approximate": claim.qualifiers.get("approximate") is True}
    return _said(claim, about)


def _said(claim: Claim, about: Properties) -> Properties:
    return kept({"key": claim.key, **about, "claim": claim.key, **period_properties(claim.period)})


def called(key: str, slug: str, claims: list[Claim]) -> list[Row]:
    """Every text by which a thing may be called: [normal form, as it is spelled or None where it is found as a whole only, text, kind]."""
    best: dict[str, tuple[int, str]] = {}
    for kind, text in (("KEY", key), ("SLUG", slug), ("URI", uri(key)), *(pair for claim in claims for pair in _texts(claim))):
        place, form = (KINDS.index(kind), text), normal(text)
        best[form] = min(best.get(form, place), place)
    spellings = {form: None if KINDS[at] in UNSPELLED else spelled(form) or None for form, (at, _) in best.items()}
    return [[form, spellings[form], text, KINDS[at]] for form, (at, text) in sorted(best.items())]


def _texts(claim: Claim) -> Iterable[tuple[str, str]]:
    """The texts by which a claim calls its subject, each with its kind; an identifier with its scheme is found as a whole only."""
    if claim.predicate == "name" and isinstance(claim.value, Text):
        return (("NAME", text) for text in claim.value.words if text)
    if claim.predicate == "alternateName":
        return ((str(claim.qualifiers.get("nameKind", "SHORT")), str(claim.value)),)
    if claim.predicate == "identifier":
        number = str(claim.value).partition(":")[2]
        return (("IDENTIFIER", str(claim.value)), ("IDENTIFIER" if ":" in number else "CODE", number))
    return ()
