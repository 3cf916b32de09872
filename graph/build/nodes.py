"""The node of an entity, the nodes attached to it (names, identifiers, figures, options, lots) and the texts that refer to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.build.bundle import Row
from graph.build.properties import Properties, period_properties, without_nulls, words
from graph.dates.edtf import FuzzyDate
from graph.dates.period import DAY, Period, last_day
from graph.domain.claim import Claim, Dataset, EntityRef, Source, Text
from graph.domain.conflict import choose, written
from graph.domain.identifier import uri as identifier_uri
from graph.domain.identifier import well_formed
from graph.domain.languages import DEFAULT, LANGUAGES, language
from graph.domain.model import LISTS_WITH_COMPLETENESS, PREDICATES, TYPE_OF_PREFIX
from graph.domain.naming import forms, kind_of, short_names
from graph.domain.outline import Outline
from graph.domain.ranking import KINDS, NAMES, UNSPELLED
from graph.domain.reference import folded, normal, sortable, spelled, uri
from graph.domain.words import MEASURES

_NAMES = (*NAMES, "MISSPELLING")
_ADDRESSED_BY_TOOI = ("CBS_GM", "CBS_PV")  # no addresses of their own are published
Attached = tuple[str, Properties]  # the label and the properties of an attached node


def entity_properties(dataset: Dataset, key: str, claims: list[Claim], lives: Mapping[str, Period], counts: Properties) -> Properties:
    """Returns the properties of an entity: its single values, its period, its code, which of its lists are complete, and its `counts`."""
    entity = dataset.entities[key]
    single = _single(claims, dataset.sources)
    properties: Properties = {"key": key, "type": entity.type, "slug": entity.slug, "uri": uri(key), **single, **counts}
    name = properties.get(language(DEFAULT).property("name"), entity.slug)
    properties["sortName"] = sortable(name)
    properties["sortKey"] = f"{properties['sortName']}\t{key}"  # the whole order in one value: a tab sorts before any character of a name
    if entity.type == "Provider":
        properties["spelledNames"] = "\t".join(dict.fromkeys((properties["sortName"], folded(name))))
    properties |= _completeness(entity.type, claims, dataset.sources)
    properties |= _codes(key, entity.type, claims)
    if key in lives:
        runs = [c for c in claims if c.predicate in ("exists", "runs")]
        properties |= period_properties(lives[key])
        properties |= {"written": max(written(dataset.sources[c.source]) for c in runs), "lifeClaims": [c.key for c in runs]}
    properties["shortName"] = _short_name(claims)
    if entity.type == "Document":
        properties |= _in_force(claims, dataset.sources)
    if entity.type == "Contract":
        lasts = [p for c in claims if c.predicate == "option" and (p := c.period.valid_to)]
        properties["hasOptions"] = any(c.predicate == "option" for c in claims) or None
        properties["maxExtent"] = max(lasts, default=properties.get("validTo"))
    if entity.type == "ChangeEvent":
        properties["planned"] = any(c.qualifiers.get("planned") for c in claims if c.predicate == "date") or None
    return without_nulls(properties)


def _short_name(claims: list[Claim]) -> str | None:
    """Returns the name in daily use: the shortest abbreviation, or else the shortest short name. A letter alone is none."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        if claim.predicate == "alternateName" and not claim.period.end and len(str(claim.value)) > 1:
            kinds[str(claim.qualifiers.get("nameKind", "SHORT"))].append(str(claim.value))
    return next((min(kinds[kind], key=len) for kind in ("ABBREVIATION", "SHORT") if kinds[kind]), None)


def _in_force(claims: list[Claim], sources: Mapping[str, Source]) -> Properties:
    """Returns the date of a document or the period for which it was made, as the chosen claim says."""
    stated = [c for c in claims if c.predicate == "inForce"]
    chosen, _ = choose(stated, sources) if stated else (None, "")
    return period_properties((chosen or stated[0]).period) if stated else {}


def _single(claims: list[Claim], sources: Mapping[str, Source]) -> Properties:
    """Returns the values of the predicates that have one value, each as the chosen claim says."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if PREDICATES[claim.predicate].single:
            groups[claim.predicate].append(claim)
    out: Properties = {}
    for predicate, group in groups.items():
        chosen, _ = choose(group, sources)
        value = (chosen or group[0]).value
        if isinstance(value, Text):
            out |= words(predicate, value)
        elif isinstance(value, FuzzyDate):
            out[f"{predicate}Edtf"] = value.edtf
            if predicate == "date":  # of an event: events are put in order and found between two days
                out |= {"dateEarliest": value.earliest, "dateLatest": value.latest}
        else:
            out[predicate] = value
    return out


def _completeness(type_: str, claims: list[Claim], sources: Mapping[str, Source]) -> Properties:
    """Returns which lists are complete, which are known to be incomplete, and the remarks on them, as the chosen claims say."""
    out: Properties = defaultdict(list)
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in ("complete", "incomplete") and claim.qualifiers.get("list") in LISTS_WITH_COMPLETENESS.get(type_, ()):
            groups[str(claim.qualifiers["list"])].append(claim)
    for name, group in groups.items():
        chosen, _ = choose(group, sources)
        decisive = chosen or next((c for c in group if c.predicate == "incomplete"), group[0])
        out[f"{decisive.predicate}Lists"].append(name)
        out[f"{decisive.predicate}During"].append(_spoken(decisive, sources))
        if isinstance(decisive.value, Text):
            out |= words(f"{name}Remark", decisive.value)
    return dict(out)


def _spoken(claim: Claim, sources: Mapping[str, Source]) -> str:
    """Returns the days on which what is said of a list counts, both included: that it is complete, from when its source was written until
    that is too old; that something is missing, always, unless it is dated."""
    if claim.predicate == "incomplete" and not (claim.period.start or claim.period.end):
        return "../.."
    period = claim.period.carried(written(sources[claim.source]))
    last = last_day(period.stale_from)
    return f"{period.certain_from or '..'}/{last or '..'}"


def _codes(key: str, type_: str, claims: list[Claim]) -> Properties:
    """Returns the code of a municipality as a property, because many queries read it. A municipality without a code sorts last."""
    if type_ != "Municipality":
        return {}
    codes = [str(c.value) for c in claims if c.predicate == "identifier" and str(c.value).startswith("CBS_GM:")]
    code = codes[0].partition(":")[2] if codes else None
    return {"code": code, "sortCode": f"{code or '~'}\t{key}"}


def attached_nodes(key: str, claims: list[Claim], sources: Mapping[str, Source]) -> Iterator[Attached]:
    """Returns the nodes that are attached to an entity."""
    seen: set[str] = set()
    for claim in claims:
        match claim.predicate:
            case "alternateName" | "identifier":
                name = f"{key}~{claim.value}"
                if name not in seen:
                    seen.add(name)
                    yield _name(name, claim)
            case "figure":
                yield "Figure", _figure(claim, sources[claim.source])
            case "option":
                about = {"number": int(float(str(claim.value))), "status": claim.qualifiers.get("status", "UNKNOWN")}
                yield "ContractOption", _stated(claim, about)
            case "lot":
                title = words("title", claim.value if isinstance(claim.value, Text) else None)
                yield "Lot", _stated(claim, title | {"functions": str(claim.qualifiers.get("functions", "")).split()})


def _name(name: str, claim: Claim) -> Attached:
    period = period_properties(claim.period) if claim.period.start or claim.period.end else {}
    if claim.predicate == "alternateName":
        kind = claim.qualifiers.get("nameKind", "SHORT")
        return "AlternateName", {"key": name, "name": claim.value, "kind": kind, "claim": claim.key, **period}
    scheme, _, number = str(claim.value).partition(":")
    about = {"scheme": scheme, "id": number, "uri": identifier_uri(scheme, number), "isWellFormed": well_formed(scheme, number)}
    return "Identifier", without_nulls({"key": name, **about, "claim": claim.key, **period})


def _figure(claim: Claim, source: Source) -> Properties:
    measure, label = str(claim.qualifiers.get("measure", "")), claim.qualifiers.get("label")
    named = [MEASURES.name(measure, language.code) if measure in MEASURES else measure for language in LANGUAGES]
    about = {
        "measure": measure, "unit": claim.qualifiers.get("unit", "COUNT"), "number": claim.value,
        "approximate": claim.qualifiers.get("approximate") is True, "functions": str(claim.qualifiers.get("functions", "")).split(),
        **words("label", label if isinstance(label, Text) else Text(*named)), "written": written(source),
    }  # fmt: skip
    return _stated(claim, about)


def _stated(claim: Claim, about: Properties) -> Properties:
    return without_nulls({"key": claim.key, **about, "claim": claim.key, **period_properties(claim.period)})


def outline_properties(key: str, outline: Outline) -> Properties:
    """Returns the node of an outline, which holds from its first day up to, not including, the day after its last."""
    return {"key": f"{key}~{outline.first}", "geoJson": outline.draw(), "validFrom": outline.first, "validTo": outline.last + DAY}


def provinces_of(claims: Iterable[Claim]) -> Mapping[str, list[str]]:
    """Returns the codes of the provinces of which a thing is a member on some day, by the key of the thing."""
    claims = list(claims)
    codes = {c.subject: str(c.value)[7:] for c in claims if c.predicate == "identifier" and str(c.value)[:7] == "CBS_PV:"}
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if PREDICATES[claim.predicate].relation == "MEMBER_OF" and isinstance(claim.value, EntityRef):
            ends = (claim.subject, claim.value.key)
            member, whole = reversed(ends) if PREDICATES[claim.predicate].inverse else ends
            if whole in codes:
                found[member].add(codes[whole])
    return {key: sorted(provinces) for key, provinces in found.items()}


def references(key: str, slug: str, claims: list[Claim], provinces: Iterable[str] = ()) -> list[Row]:
    """Returns the texts that refer to an entity: [normal form, spelling or None if only the whole text is found, text, kind].

    A municipality, province or youth region also has the forms of its names with its kind, and with its `provinces` (CBS codes).
    """
    best: dict[str, tuple[int, str, str | None]] = {}

    def refer(form: str, kind: str, text: str, *, spell: bool) -> None:
        place = (KINDS.index(kind), text, (spelled(form) or None) if spell else None)
        best[form] = min(best.get(form, place), place, key=lambda place: place[:2])

    texts = [("KEY", key), ("SLUG", slug), ("URI", uri(key)), *(pair for claim in claims for pair in _texts(claim))]
    for kind, text in texts:
        refer(normal(text), kind, text, spell=kind not in UNSPELLED)
    word = kind_of(
        TYPE_OF_PREFIX[key.partition("/")[0]].label, next((str(claim.value) for claim in claims if claim.predicate == "kind"), None)
    )
    for kind, text in texts if word else ():
        if word and kind in _NAMES:
            for short in short_names(word, text):
                refer(short, "SHORT" if kind == "NAME" else kind, text, spell=True)
            for form in forms(word, text, provinces):
                refer(form, kind, text, spell=False)
    return [[form, form_spelled, text, KINDS[at]] for form, (at, text, form_spelled) in sorted(best.items())]


def _texts(claim: Claim) -> Iterable[tuple[str, str]]:
    """Returns the texts by which a claim refers to its subject, each with its kind."""
    if claim.predicate == "name" and isinstance(claim.value, Text):
        return (("NAME", text) for text in claim.value.words if text)
    if claim.predicate == "alternateName":
        return ((str(claim.qualifiers.get("nameKind", "SHORT")), str(claim.value)),)
    if claim.predicate == "identifier":
        scheme, _, number = str(claim.value).partition(":")
        address = identifier_uri(scheme, number) if scheme in _ADDRESSED_BY_TOOI else None
        tooi = (("IDENTIFIER", f"TOOI:{address}"),) if address else ()
        return (("IDENTIFIER", str(claim.value)), ("IDENTIFIER" if ":" in number else "CODE", number), *tooi)
    return ()
