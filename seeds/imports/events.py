"""Events of municipalities as claims: who became part of whom, or was divided or renamed, and on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.dates.edtf import FuzzyDate
from graph.domain.claim import EntityRef
from seeds.imports.compact import Entry, Row, table
from seeds.imports.importer import Known
from seeds.imports.slug import Slugs

SOURCE = "tooi-gemeenten"
DIVIDED = "wijzigingen"  # the type of what is derived from several events
Named = Sequence[tuple[str, str]]
Names = Mapping[str, tuple[str, str]]  # the slug and the name of an organisation, by its URI


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the register. A merger makes something new of its originals, an extension adds them to what is there."""

    uri: str
    type: str
    on: date
    originals: tuple[str, ...]
    resulting: tuple[str, ...]

    @property
    def kind(self) -> str:
        if len(self.resulting) > 1:
            return "SPLIT"
        return "RENAME" if self.type == "Herschikking" and len(self.originals) == 1 else "MERGER"

    @property
    def formed(self) -> bool:
        """True if something new was formed, so that its originals did not become part of what was there."""
        return self.type == "Samenvoeging"


def event_tables(events: Sequence[Event], names: Names, register: str, known: Known) -> dict[str, bytes]:
    """Returns the events of a register as tables of claims. One that is known, by its day and what it happened to, keeps its slug."""
    slugs, there = Slugs(known), _known_events(known)
    rows, parties = [], []
    for event in sorted([*events, *_divided(events)], key=lambda event: (event.on, event.uri, event.kind)):
        originals, resulting = ([names[uri] for uri in uris] for uris in (event.originals, event.resulting))
        words = resulting[0][1] if len(originals) > 1 else originals[0][1] + " verdeeld" * (event.kind == "SPLIT")
        code = event.uri.rpartition("/")[2]
        own = known.dataset.claims.get(f"tooi.{code}.date")
        first = own.subject.partition("/")[2] if own else _match(event, originals, there)
        first = first or slugs.fresh("event", f"{words} {event.on.year}", f"{words} {code}")
        common = {"slug": first, "event": code, "type": event.type}
        dutch, english = _sentences(
            "FORMED" if event.formed else event.kind, [name for _, name in originals], [name for _, name in resulting]
        )
        named = {} if known.is_named_otherwise(f"event/{first}", dutch, english) else {"nl": dutch, "en": english}
        derived = event.type == DIVIDED
        rows.append({**common, **named, "kind": event.kind, "date": str(event.on), "method": "DERIVED" if derived else "REGISTRY_IMPORT"})
        old, new = ("about", "about") if derived else ("original", "resulting")  # the events that it is derived from say who continues whom
        parties += [*({**common, old: slug} for slug, _ in originals), *({**common, new: slug} for slug, _ in resulting)]
    return {**_events(rows, register), **_parties(parties, register)}


def _divided(events: Iterable[Event]) -> list[Event]:
    """Returns an event for each municipality that several events of one day divide: the register has one for each part."""
    parts: dict[tuple[str, date], list[Event]] = defaultdict(list)
    for event in events:
        for uri in event.originals:
            parts[uri, event.on].append(event)
    return [
        Event(uri, DIVIDED, on, (uri,), tuple(sorted({new for event in several for new in event.resulting})))
        for (uri, on), several in parts.items()
        if len(several) > 1
    ]


def _known_events(known: Known) -> dict[tuple[date, frozenset[str], frozenset[str]], str]:
    """Returns the slugs of the events that are known, by their day and the keys of what they happened to and what came of it."""
    days, parties = {}, defaultdict[tuple[str, str], set[str]](set)
    for claim in known.dataset.claims.values():
        if claim.predicate == "date" and isinstance(claim.value, FuzzyDate) and claim.value.earliest:
            days[claim.subject] = claim.value.earliest
        elif claim.predicate in ("original", "resulting") and isinstance(claim.value, EntityRef):
            parties[claim.subject, claim.predicate].add(claim.value.key)
    return {
        (day, frozenset(parties[key, "original"]), frozenset(parties[key, "resulting"])): key.partition("/")[2] for key, day in days.items()
    }


def _match(event: Event, originals: Named, there: Mapping[tuple[date, frozenset[str], frozenset[str]], str]) -> str | None:
    """Returns the slug of the known event that is this one: of the same day, and of all that this one happened to."""
    wanted = {f"municipality/{slug}" for slug, _ in originals}
    found = [
        slug for (day, old, new), slug in there.items() if day == event.on and old == wanted and (len(new) > 1) == (event.kind == "SPLIT")
    ]
    return found[0] if len(found) == 1 else None


def _sentences(kind: str, originals: list[str], resulting: list[str]) -> tuple[str, str]:
    """Returns the name of an event in Dutch and English."""
    old, new = (_listed(names, "en") for names in (originals, resulting))
    old_en, new_en = (_listed(names, "and") for names in (originals, resulting))
    several = len(originals) > 1
    match kind:
        case "SPLIT":
            return f"{old} wordt verdeeld over {new}", f"{old_en} is divided among {new_en}"
        case "RENAME":
            return f"{old} heet voortaan {new}", f"{old_en} is called {new_en} from now on"
        case "FORMED":
            return f"{old} vormen {new}", f"{old_en} form {new_en}"
    return f"{old} {'gaan' if several else 'gaat'} op in {new}", f"{old_en} {'become' if several else 'becomes'} part of {new_en}"


def _listed(names: Sequence[str], last: str) -> str:
    return f" {last} ".join(", ".join(part) for part in (names[:-1], names[-1:]) if part)


def _events(rows: Sequence[Row], register: str) -> dict[str, bytes]:
    link = "https://identifier.overheid.nl/tooi/id/gemeente/{event}"
    cited = {"source": SOURCE, "section": f"{register}: {{type}} {{event}}", "link": link, "method": "{method}"}
    claims: list[Entry] = [
        {"id": "tooi.{event}.name", "name": {"nl": "{nl}", "en": "{en}"}, **cited},
        {"id": "tooi.{event}.kind", "kind": "{kind}", **cited},
        {"id": "tooi.{event}.date", "date": "{date}", **cited},
    ]
    comment = """
        What happened to municipalities since 2015, by the register of TOOI. Where it has several events for the parts of one
        municipality, the division as a whole is derived from them."""
    return table("events", "ChangeEvent", comment, ("slug", "event", "type", "kind", "date", "nl", "en", "method"), rows, claims)


def _parties(rows: Sequence[Row], register: str) -> dict[str, bytes]:
    link = "https://identifier.overheid.nl/tooi/id/gemeente/{event}"
    cited = {"source": SOURCE, "section": f"{register}: {{type}} {{event}}", "link": link, "method": "REGISTRY_IMPORT"}
    claims: list[Entry] = [
        {"id": f"tooi.{{event}}.{name}.{{{name}}}", name: f"municipality/{{{name}}}", **cited}
        for name in ("original", "resulting", "about")
    ]
    comment = (
        "The municipalities that an event happened to, and those that resulted from it; or, of a division that is derived, all of them."
    )
    return table("event-parties", "ChangeEvent", comment, ("slug", "event", "type", "original", "resulting", "about"), rows, claims)
