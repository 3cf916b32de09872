"""The rows of each list, computed from the claims by the rules that make the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from api.export.export import Export
from api.export.network import Network
from graph.build.edges import MEMBER_OF, NOT_MEMBER_OF, Edge
from graph.build.properties import Properties
from graph.dates.period import Period, State, last_day, state
from graph.domain.claim import Claim, Conflict, Entity, Text
from graph.domain.conflict import decide
from graph.domain.languages import DEFAULT
from graph.domain.model import ENTITY_TYPES, KINDS_OF
from graph.domain.words import CONFLICT_KINDS, CONFLICT_STATUSES, OPTION_STATUSES

Row = Mapping[str, Any]
HOLDS = {State.YES: "YES", State.BEFORE: "NO", State.AFTER: "NO"}  # the other states are not certain
NOT_SAID = "NOT_SAID"  # no source says when it exists
TYPES = {type_.folder: type_.label for type_ in ENTITY_TYPES.values()}
_OWN = {  # columns of one type, by the property that they have
    "code": "code", "kind": "kind", "scale": "scale", "legalForm": "legalForm", "certified": "isCertifiedInstitution", "ocid": "ocid",
    "notation": "notation", "referral": "requiresReferral", "published": "tenderPublishedEdtf", "awarded": "awardDateEdtf",
    "date": "dateEdtf", "planned": "planned",
}  # fmt: skip


class Rows:
    """The rows of an export."""

    def __init__(self, export: Export, whole: Network) -> None:
        self.export, self._data = export, export.dataset
        self._of, self._about, self._lives = whole.claims, whole.things, whole.lives
        self._edges = sorted(whole.edges, key=lambda edge: (edge.type, edge.start, edge.end, edge.key))

    def of(self, listing: str) -> Iterable[Row]:
        """Returns the rows of a list by its name, in order."""
        if listing in TYPES:
            return self._things(TYPES[listing])
        made: Mapping[str, Any] = {
            "memberships": self._memberships, "relations": self._relations, "identifiers": self._identifiers, "options": self._options,
            "figures": self._figures, "conflicts": self._conflicts, "sources": self._sources, "datasets": self._datasets,
        }  # fmt: skip
        found: Iterable[Row] = made[listing]()
        return found

    def youth_regions(self) -> list[tuple[str, str]]:
        """Returns the keys and names of the youth regions that may exist on the day."""
        there = [
            key for key, about in self._about.items()
            if about["type"] == "Region" and about.get("kind") == "YOUTH_REGION"
            and (key not in self._lives or state(self._lives[key], self.export.day).shown)
        ]  # fmt: skip
        return [(key, self._name(key)) for key in there]

    def _name(self, key: str) -> str:
        return str(self._about[key].get("nameNl", ""))

    # ── things ──────────────────────────────────────────────────────────────────────────────────

    def _things(self, type_: str) -> Iterator[Row]:
        for key, about in self._about.items():
            if about["type"] == type_:
                yield self._thing(self._data.entities[key], about)

    def _thing(self, entity: Entity, about: Properties) -> Row:
        key, kind = entity.key, str(about.get("kind"))
        in_words = KINDS_OF[entity.type].name(kind, DEFAULT) if kind in KINDS_OF.get(entity.type, ()) else ""
        if entity.type == "Document":
            periods = [claim.period for claim in self._of.get(key, ()) if claim.predicate == "inForce"]
            dates = self._period(periods[0] if len(periods) == 1 else None)
        else:
            dates = self._period(self._lives.get(key))
        if entity.type == "Contract" and dates.get("why") == State.AFTER.name and self._may_be_extended(key):
            dates = {**dates, "holds": "UNKNOWN", "why": "OPTION"}
        return {
            "key": key, "uri": self.export.uri(key), "name": about.get("nameNl"), "nameEn": about.get("nameEn"), "kindLabel": in_words,
            **{column: about.get(name) for column, name in _OWN.items()}, **dates,
            "longest": last_day(about.get("maxExtent")), "sources": _sources_of(self._of.get(key, ())),
        }  # fmt: skip

    def _may_be_extended(self, contract: str) -> bool:
        """Returns True if an option of a contract is about the day, and no source says that it was not used."""
        options = (claim for claim in self._of.get(contract, ()) if claim.predicate == "option")
        return any(state(each.period, self.export.day).shown and each.qualifiers.get("status") != "LAPSED" for each in options)

    def _period(self, period: Period | None) -> Row:
        """Returns the dates of something, and if it holds on the day of the export."""
        if period is None:
            return {"holds": "UNKNOWN", "why": NOT_SAID}
        found = state(period, self.export.day)
        return {
            "from": period.start.edtf if period.start else None, "until": period.end.edtf if period.end else None,
            "firstDay": period.valid_from, "lastDay": last_day(period.valid_to), "holds": HOLDS.get(found, "UNKNOWN"),
            "why": None if found is State.YES else found.name,
        }  # fmt: skip

    # ── relationships ───────────────────────────────────────────────────────────────────────────

    def _memberships(self) -> Iterator[Row]:
        for edge in self._edges:
            if edge.type in (MEMBER_OF, NOT_MEMBER_OF):
                yield {
                    "member": edge.start, "memberName": self._name(edge.start), "organization": edge.end,
                    "organizationName": self._name(edge.end), "role": edge.role, "takesPart": edge.type == MEMBER_OF, **self._behind(edge),
                }  # fmt: skip

    def _relations(self) -> Iterator[Row]:
        for edge in self._edges:
            if edge.type not in (MEMBER_OF, NOT_MEMBER_OF):
                yield {
                    "relation": edge.type, "start": edge.start, "startName": self._name(edge.start), "end": edge.end,
                    "endName": self._name(edge.end), **self._behind(edge),
                }  # fmt: skip

    def _behind(self, edge: Edge) -> Row:
        claims = [self._data.claims[key] for key in edge.claims]
        return {**self._period(edge.period), "sources": _sources_of(claims), "claims": " ".join(edge.claims)}

    # ── what is said of things ──────────────────────────────────────────────────────────────────

    def _said(self, predicate: str) -> Iterator[tuple[Claim, Row]]:
        for claim in chain.from_iterable(self._of.values()):  # in the order of the things
            if claim.predicate == predicate:
                about = {"key": claim.subject, "name": self._name(claim.subject), "sources": claim.source, "claims": claim.key}
                yield claim, {**about, **self._period(claim.period)}

    def _identifiers(self) -> Iterator[Row]:
        for claim, row in self._said("identifier"):
            scheme, _, number = str(claim.value).partition(":")
            yield {**row, "scheme": scheme, "identifier": number}

    def _options(self) -> Iterator[Row]:
        for claim, row in self._said("option"):
            status = str(claim.qualifiers.get("status", "UNKNOWN"))
            yield {**row, "number": claim.value, "status": status, "statusLabel": OPTION_STATUSES.name(status, DEFAULT)}

    def _figures(self) -> Iterator[Row]:
        for claim, row in self._said("figure"):
            get = claim.qualifiers.get
            label = get("label")
            yield {
                **row, "measure": get("measure"), "label": label[DEFAULT] if isinstance(label, Text) else None, "number": claim.value,
                "unit": get("unit", "COUNT"), "approximate": get("approximate") is True,
            }  # fmt: skip

    # ── where it comes from ─────────────────────────────────────────────────────────────────────

    def _conflicts(self) -> Iterator[Row]:
        for _, conflict in sorted(self._data.conflicts.items()):
            yield self._conflict(conflict)

    def _conflict(self, conflict: Conflict) -> Row:
        chosen, rule = decide(conflict, self._data.claims, self._data.sources)
        return {
            "id": conflict.key, "key": conflict.subject, "name": self._name(conflict.subject), "predicate": conflict.predicate,
            "kind": conflict.kind, "kindLabel": CONFLICT_KINDS.name(conflict.kind, DEFAULT), "status": conflict.status,
            "statusLabel": CONFLICT_STATUSES.name(conflict.status, DEFAULT), "explanation": conflict.explanation[DEFAULT],
            "explanationEn": conflict.explanation["EN"], "chosen": chosen, "rule": rule, "claims": " ".join(conflict.claims),
            "sources": _sources_of(self._data.claims[key] for key in conflict.claims),
        }  # fmt: skip

    def _sources(self) -> Iterator[Row]:
        counts = Counter(claim.source for claim in self._data.claims.values())
        for slug, source in sorted(self._data.sources.items()):
            yield {
                "slug": slug, "kind": source.kind, "title": source.title, "publisher": source.publisher, "url": source.url,
                "published": source.published.edtf if source.published else None,
                "written": source.written.edtf if source.written else None, "licence": source.licence, "checked": source.read,
                "claimCount": counts[slug],
            }  # fmt: skip

    def _datasets(self) -> Iterator[Row]:
        counts = Counter(claim.dataset for claim in self._data.claims.values())
        for slug, part in sorted(self._data.datasets.items()):
            yield {
                "slug": slug, "title": part.title[DEFAULT], "scope": part.scope[DEFAULT], "version": part.version,
                "publisher": part.publisher, "licence": part.licence, "checked": part.checked, "claimCount": counts[slug],
            }  # fmt: skip


def _sources_of(claims: Iterable[Claim]) -> str:
    return " ".join(sorted({claim.source for claim in claims}))
