"""The regions of CBS and the municipalities in them, as claims: what a series of yearly tables says, and what it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from graph.domain.languages import DEFAULT
from graph.domain.words import REGION_KINDS
from seeds.imports.compact import DATES, Entry, Row, dates, table, with_dates
from seeds.imports.importer import Known
from seeds.imports.rvig import Life
from seeds.imports.slug import Slugs
from seeds.values import slug_of

SOURCE = "cbs-gebieden"
SECTION = "Gebieden in Nederland {span}"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A division of the country into regions. `prefix` begins the names of its regions where CBS gives only that of an area."""

    letters: str
    kind: str
    name: str
    pattern: str
    prefix: str = ""


SCHEMES = (
    Scheme("PV", "PROVINCE", "province", r"PV\d{2}"),
    Scheme("JZ", "YOUTH_REGION", "youth-region", r"JZ\d{2}"),
    Scheme("GG", "GGD_REGION", "ggd-region", r"GG\d{4}", "GGD-regio "),
    Scheme("VT", "VEILIG_THUIS_REGION", "veilig-thuis-region", r"VT\d{2}", "Veilig Thuis-regio "),
    Scheme("VR", "SAFETY_REGION", "safety-region", r"VR\d{2}", "Veiligheidsregio "),
    Scheme("ZK", "CARE_OFFICE_REGION", "care-office-region", r"ZK\d{2}", "Zorgkantoorregio "),
)
Of = Mapping[Scheme, Mapping[int, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Series:
    """The tables by year: labels of municipalities, the region of each municipality, the labels of regions, their numbers."""

    labels: dict[int, dict[str, str]]
    members: Of
    names: Of
    numbers: dict[int, str]

    def span(self, first: int, last: int) -> str:
        """Returns years with the numbers of their tables: 2015 (82949NED) t/m 2026 (86247NED)."""
        return " t/m ".join(f"{year} ({self.numbers[year]})" for year in dict.fromkeys((first, last)))

    @property
    def years(self) -> list[int]:
        return sorted(self.labels)


@dataclass(frozen=True, slots=True)
class Span:
    """Years after each other in which a table says the same."""

    subject: str
    value: str
    first: int
    last: int


def spans(by_year: Mapping[int, Mapping[str, str]]) -> Iterator[Span]:
    """Yields what stays the same from table to table, for each subject in order."""
    for subject in sorted({subject for values in by_year.values() for subject in values}):
        said = [(year, by_year[year][subject]) for year in sorted(by_year) if subject in by_year[year]]
        for (value, _), run in groupby(enumerate(said), lambda at: (at[1][1], at[1][0] - at[0])):
            years = [year for _, (year, _) in run]
            yield Span(subject, value, years[0], years[-1])


def claims_of(series: Series, lives: Mapping[str, Life], known: Known) -> dict[str, bytes]:
    """Returns the tables of claims: the municipalities, the regions, and who lies where."""
    slugs = Slugs(known)
    municipalities = _municipality_slugs(series, slugs)
    regions = {scheme: _region_slugs(scheme, series, slugs) for scheme in SCHEMES}
    out = {**_municipalities(series, municipalities, known), **_regions(series, regions, known)}
    for scheme in (scheme for scheme in SCHEMES if series.members[scheme]):
        out |= _members(scheme, series, (municipalities, regions[scheme]), lives)
    return out


# ── municipalities ────────────────────────────────────────────────────────────────────────────────


def _municipality_slugs(series: Series, slugs: Slugs) -> dict[str, str]:
    latest = {code: label for year in series.years for code, label in series.labels[year].items()}
    bare = {code: re.sub(r" \([A-Z]+\.?\)$", "", label) for code, label in latest.items()}
    shared = {name for name in bare.values() if list(bare.values()).count(name) > 1}
    return {
        code: slugs.of("municipality", f"CBS_GM:{code}", latest[code] if bare[code] in shared else bare[code]) for code in sorted(latest)
    }


def _named(key: str, name: str, known: Known) -> dict[str, str]:
    """Returns the cells of a name: it is another name of what other datasets name otherwise."""
    return {"other": name} if known.is_named_otherwise(key, name) else {"name": name}


def _name_claims(id: str, cited: Mapping[str, str]) -> list[Entry]:
    return [
        {"id": f"cbs.{id}.name", "name": {"nl": "{name}"}, **cited},
        {"id": f"cbs.{id}.name", "alternateName": "{other}", "nameKind": "OFFICIAL", **cited},
    ]


def _municipalities(series: Series, slugs: Mapping[str, str], known: Known) -> dict[str, bytes]:
    of = list(spans(series.labels))
    last = {span.subject: span for span in of}
    first = {span.subject: span for span in reversed(of)}
    rows = [
        {
            "slug": slugs[code], "code": code[2:], "last": series.span(last[code].last, last[code].last),
            "span": series.span(first[code].first, last[code].last),
            **_named(f"municipality/{slugs[code]}", last[code].value, known),
        }
        for code in last
    ]  # fmt: skip
    claims = [
        *_name_claims("GM{code}", _cited("Gebieden in Nederland {last}")),
        {"id": "cbs.GM{code}.code", "identifier": "CBS_GM:GM{code}", **_cited(SECTION)},
    ]
    comment = "Every municipality of the tables of CBS: its last name and its code."
    columns = ("slug", "code", "name", "other", "last", "span")
    earlier = [_earlier(slugs[span.subject], span, last[span.subject].value, series) for span in of if span.last != last[span.subject].last]
    return {
        **table("municipalities", "Municipality", comment, columns, rows, claims),
        **_labels("municipality-labels", "Municipality", earlier),
    }


def _earlier(slug: str, span: Span, now: str, series: Series) -> Row:
    """The row of a label that CBS wrote before. A label that only got its province behind it is no name of the past."""
    kind = "SHORT" if now.startswith(f"{span.value} (") else "FORMER"
    until = f"{span.last}-12-31"
    return {
        "slug": slug,
        "code": span.subject,
        "label": span.value,
        "kind": kind,
        "first": str(span.first),
        "span": series.span(span.first, span.last),
        "began": f"../{span.first}-01-01",
        "until": until,
    }


def _labels(name: str, type: str, rows: list[Row]) -> dict[str, bytes]:
    claim = {
        "id": "cbs.{code}.label.{first}", "alternateName": "{label}", "nameKind": "{kind}", "from": "{began}", "until": "{until}",
        **_cited(SECTION),
    }  # fmt: skip
    comment = "Labels that CBS wrote in earlier tables. Other registers may still write them."
    return table(name, type, comment, ("slug", "code", "label", "kind", "first", "span", "began", "until"), rows, [claim])


# ── regions ───────────────────────────────────────────────────────────────────────────────────────


def _region_slugs(scheme: Scheme, series: Series, slugs: Slugs) -> dict[str, str]:
    latest = {code: name for year in sorted(series.names[scheme]) for code, name in series.names[scheme][year].items()}
    names = {code: _region_name(scheme, name).split(" (")[0] for code, name in latest.items()}
    kind = REGION_KINDS.name(scheme.kind, DEFAULT)
    return {code: slugs.of("region", f"CBS_{scheme.letters}:{code}", name, f"{kind} {name}") for code, name in sorted(names.items())}


def _region_name(scheme: Scheme, label: str) -> str:
    return scheme.prefix + re.sub(r"^GGD (Regio )?", "", label) if scheme.prefix else label


def _regions(series: Series, slugs: Mapping[Scheme, Mapping[str, str]], known: Known) -> dict[str, bytes]:
    rows, earlier, complete = list[Row](), list[Row](), known.complete_elsewhere(SOURCE)
    for scheme in SCHEMES:
        of = list(spans(series.names[scheme]))
        first, last = {span.subject: span for span in reversed(of)}, {span.subject: span for span in of}
        for code, span in last.items():
            slug, name = slugs[scheme][code], _region_name(scheme, span.value)
            said = {"composed": name, "label": span.value} if scheme.prefix else _named(f"region/{slug}", name, known)
            bounds = dates(_seen(first[code].first, min(series.names[scheme])), _gone(span.last, max(series.names[scheme])))
            whole = {} if f"region/{slug}" in complete else {"complete": f"{first[code].first}-01-01"}
            through = {"span": series.span(first[code].first, span.last)}
            rows.append(
                {"slug": slug, "scheme": f"CBS_{scheme.letters}", "kind": scheme.kind, "code": code, **said, **through, **bounds, **whole}
            )
        for span in of:
            name, now = (_region_name(scheme, each.value) for each in (span, last[span.subject]))
            if span.last != last[span.subject].last and name != now:
                earlier.append(_earlier(slugs[scheme][span.subject], replace(span, value=name), now, series))
    columns = ("slug", "scheme", "kind", "code", "name", "other", "composed", "label", "span", "complete", *DATES)
    return {
        **table("regions", "Region", _REGIONS, columns, rows, _region_claims()),
        **_labels("region-labels", "Region", earlier),
    }


_REGIONS = """
    Every region of the tables of CBS, of six kinds. The first table is no beginning ("../2015-01-01"), and a region that a table
    no longer has ended on some day of the year before. GGD, Veilig Thuis, safety and care office regions get their kind before
    the name of their area, because CBS gives the same names to areas that differ."""


def _region_claims() -> list[Entry]:
    cited = _cited(SECTION)
    complete = {
        "nl": "De tabellen geven voor elk jaar alle gemeenten van de regio.",
        "en": "The tables give every municipality of the region for each year.",
    }
    return [
        *_name_claims("{code}", cited),
        {"id": "cbs.{code}.name", "name": {"nl": "{composed}"}, **_cited(f"{SECTION}: {{code}} {{label}}"), "method": "DERIVED"},
        {"id": "cbs.{code}.kind", "kind": "{kind}", **cited},
        {"id": "cbs.{code}.code", "identifier": "{scheme}:{code}", **cited},
        {"id": "cbs.{code}.complete", "complete": complete, "list": "municipalities", "from": "{complete}", **cited},
        *with_dates({"id": "cbs.{code}.exists", "exists": "true", **cited}),
    ]


def _seen(year: int, first: int) -> str:
    """The beginning of a region that the tables have since a year: on that day or earlier, or since the table before."""
    return f"../{year}-01-01" if year == first else f"{year - 1}-01-02/{year}-01-01"


def _gone(year: int, last: int) -> str:
    return "" if year == last else f"{year}-01-01/{year}-12-31"


# ── who lies where ────────────────────────────────────────────────────────────────────────────────


def _members(
    scheme: Scheme, series: Series, slugs: tuple[Mapping[str, str], Mapping[str, str]], lives: Mapping[str, Life]
) -> dict[str, bytes]:
    municipalities, regions = slugs
    years, common = sorted(series.members[scheme]), f"{slug_of(scheme.prefix)}-"
    prefix = common if all(slug.startswith(common) for slug in regions.values()) else ""
    rows: list[Row] = []
    for span in spans(series.members[scheme]):
        present, life = [year for year in years if span.subject in series.labels[year]], lives.get(span.subject)
        slug, region = municipalities[span.subject], regions[span.value].removeprefix(prefix)
        until = _until(span.last, years[-1], present[-1], life)
        if span.first == years[0] and not until:
            rows.append({"slug": slug, "throughout": region})
        else:
            bounds = dates(_start(span.first, years[0], present[0], life), until)
            through = series.span(span.first, span.last)
            rows.append({"slug": slug, "region": region, "first": str(span.first), "span": through, **bounds})
    through = f"Gebieden in Nederland {series.span(years[0], years[-1])}"
    whole = {"id": f"cbs.in-{scheme.letters}.{{slug}}.{years[0]}", "memberOf": f"region/{prefix}{{throughout}}", **_cited(through)}
    claim = {"id": f"cbs.in-{scheme.letters}.{{slug}}.{{first}}", "memberOf": f"region/{prefix}{{region}}", **_cited(SECTION)}
    comment = f"""
        Which municipality lies in which region of the kind {scheme.kind}: throughout all tables of CBS, or in some of them.
        The tables show 1 January; municipalities that begin or end within a year take their own days, of Tabel 33 of RvIG."""
    claims = [{**whole, "from": f"../{years[0]}-01-01"}, *with_dates(claim)]
    columns = ("slug", "throughout", "region", "first", "span", *DATES)
    return table(f"in-{scheme.name}", "Municipality", comment, columns, rows, claims)


def _start(first: int, series: int, own: int, life: Life | None) -> str:
    """The beginning of a stay: unknown in the first table, that of the municipality itself, or the day of the table that shows it first."""
    if first == series:
        return f"../{first}-01-01"
    if first == own:
        return str(life.first) if life and life.first else f"{first - 1}-01-02/{first}-01-01"
    return f"{first}-01-01"


def _until(last: int, series: int, own: int, life: Life | None) -> str:
    """The last day of a stay: that of the municipality itself, or the day before the table that shows another region."""
    if life and life.last_day and (last == own or life.last_day < date(last + 1, 1, 1)):
        return str(life.last_day)
    if last == series:
        return ""
    return f"{last}-01-01/{last}-12-31" if last == own else str(date(last + 1, 1, 1) - timedelta(days=1))


def _cited(section: str) -> dict[str, str]:
    return {"source": SOURCE, "section": section, "method": "REGISTRY_IMPORT"}
