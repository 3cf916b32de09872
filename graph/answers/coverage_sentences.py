"""The coverage of a municipality in sentences, Dutch and English, with footnotes for what proves them.

The first sentence answers, the second says by which arrangement, the others give the reasons with their dates. What only
proves where the municipality lies stands apart, on the last line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from graph.answers.clauses import agree, capital, inside, is_plural
from graph.answers.columns import ChainRow, NoteRow
from graph.answers.coverage import Covered
from graph.answers.coverage_rule import COVERED, NOT_APPLICABLE, UNCERTAIN, UNKNOWN, Chain, Link, Option, judge
from graph.answers.date_label import at, count_label, label
from graph.answers.evidence import offer, way
from graph.dates.period import CARRIED_YEARS, DAY, Period, State, state
from graph.domain.languages import ByLanguage, spoken


def explanation(found: Covered, language: str) -> str:
    """The answer and its reasons, with numbered footnotes for its sources."""
    function = spoken(found.names[1], language)
    words, notes = _words(language, is_plural(function)), _Notes(language)
    names = {
        "m": found.names[0],
        "f": inside(function, "function/"),
        "day": label(found.day.isoformat(), language),
        "by": spoken(found.division_names, language) if found.division_names else "",
        "into": " / ".join(found.names[2]),
    }
    if found.status == NOT_APPLICABLE:
        key = found.reasons[0]
        if key == "NO_MUNICIPALITY":
            key = "not yet" if state(found.evidence.municipality, found.day) is State.BEFORE else "merged" if found.merged else "no more"
        return capital(words[key].format(**names))
    parts = [words[found.status].format(**names), *_arrangements(found, words, notes, names, language)]
    parts += [words[r].format(**names) for r in found.reasons if r in ("CONTESTED", "MENTIONED", "NO_SOURCE")]
    if "NOT_IN_DATA" in found.reasons and found.names.silence:
        parts.append(spoken(found.names.silence, language))
    parts += _doubts(found, words, language)
    if found.next_change:
        day = label(found.next_change.isoformat(), language)
        parts.append(words[_change(found)].format(**{**names, "day": day}, years=CARRIED_YEARS))
    return " ".join(map(capital, parts)) + notes.text + _location(found, words, notes, names)


@cache
def _words(language: str, plural: bool) -> dict[str, str]:
    """Returns the templates in the number of the name of the care function."""
    return {key: agree(template, plural) for key, template in _WORDS[language].items()}


def _arrangements(found: Covered, words: dict[str, str], notes: _Notes, names: dict[str, str], language: str) -> list[str]:
    """The sentence that names the arrangements, and one for each area that leaves a function to its municipalities or lacks it."""
    told: list[str] = []
    listed: dict[tuple[str, str], list[tuple[ChainRow, str]]] = {}
    for row, chain in found.told:
        mark = notes.mark(_proving(row))
        area = spoken(row.area_names, language)
        when = _when(found, chain, words, language) if found.status == UNKNOWN else ""
        if row.kind == "ARRANGEMENT":
            listed.setdefault((row.arrangement, when), []).append((row, mark))
            continue
        key = "NOBODY" if row.kind == "GAP" else {UNCERTAIN: "local perhaps", UNKNOWN: "local known"}.get(found.status, "LOCAL")
        told.append(words[key].format(area=area, mark=mark, when=when, source=_sources(row, words, language), **names))
    if listed:
        key = {COVERED: "via", UNCERTAIN: "perhaps via"}.get(found.status, "known")
        several = len({arrangement for arrangement, _ in listed})
        said = "; ".join(_arrangement(rows, when, words, language) for (_, when), rows in listed.items())
        told.insert(0, words[f"{key} several" if several > 1 else key].format(listed=said, count=count_label(several, language)))
    if found.status == UNKNOWN and "EXCLUDED" in found.reasons:
        told.append(words["EXCLUDED"].format(**names))
    return told


def _sources(row: ChainRow, words: dict[str, str], language: str) -> str:
    """Returns how many sources say something, and that they bear no date if none of them does: `twee bronnen zonder datum`."""
    notes = _proving(row)
    count = len({note.title for note in notes})
    told = words["source"] if count == 1 else words["sources"].format(count=count_label(count, language))
    return told if any(note.dated for note in notes) else words["undated"].format(sources=told)


def _arrangement(rows: list[tuple[ChainRow, str]], when: str, words: dict[str, str], language: str) -> str:
    """Returns one arrangement with the areas in which it answers for the municipality."""
    row = rows[0][0]
    name = inside(spoken(row.arrangement_names, language), row.arrangement)
    areas = words["and"].join(dict.fromkeys(spoken(r.area_names, language) for r, _ in rows))
    marks = "".join(dict.fromkeys(mark for _, mark in rows))
    return words["arrangement"].format(a=name, area=areas, when=when, mark=marks)


def _when(found: Covered, chain: Chain, words: dict[str, str], language: str) -> str:
    """Returns why an arrangement does not answer for the day: it ended, begins later, or is only spoken of later."""
    said = judge(chain, found.evidence.municipality, found.day)
    reasons = said[1] if said else frozenset()
    periods = [link.period for link in chain.arranged]
    if "ENDED" in reasons:
        over = min((p for p in periods if p.valid_to), key=lambda p: p.valid_to or date.max)
        key = "until" if over.valid_to == over.certain_to else "until at the latest"
        return words[key].format(day=label(((over.valid_to or date.max) - DAY).isoformat(), language))
    if "NOT_STARTED" in reasons:
        begun = max((p for p in periods if p.valid_from), key=lambda p: p.valid_from or date.min)
        key = "from" if begun.valid_from == begun.certain_from and not begun.planned else "from at the earliest"
        return words[key].format(day=label((begun.valid_from or date.min).isoformat(), language))
    if "ATTESTED_LATER" in reasons:
        days = [p.spoken_from for p in periods if state(p, found.day) is State.EARLIER and p.spoken_from]
        return words["spoken of"].format(day=label(max(days).isoformat(), language)) if days else words["spoken of later"]
    return ""


def _doubts(found: Covered, words: dict[str, str], language: str) -> list[str]:
    """The reasons that have dates of their own, each once."""
    out = []
    chains = [chain for _, chain in found.told]
    if "OPTION_NOT_CONFIRMED" in found.reasons:
        for chain in chains:
            if chain.run and chain.run.period.valid_to and chain.options:
                firm = label((chain.run.period.valid_to - DAY).isoformat(), language)
                last = max((o.period.valid_to for o in chain.options if o.period.valid_to), default=chain.run.period.valid_to)
                until = label((last - DAY).isoformat(), language)
                out.append(words["OPTION_NOT_CONFIRMED"].format(firm=firm, times=times(chain.options, language), last=until))
    vague = () if "LOCAL_RESPONSIBILITY" in found.reasons else ("VAGUE_DATE",)  # of what is left to each municipality that has been said
    out += [words[r] for r in ("PLAN_NOT_CONFIRMED", *vague) if r in found.reasons]
    if {"CARRIED_FORWARD", "STALE"} & {*found.reasons}:
        key = "STALE" if "STALE" in found.reasons else "CARRIED_FORWARD"
        links = [link for chain in chains for link in (*chain.memberships, *chain.arranged) if link.written]
        aged = [link for link in links if key == "CARRIED_FORWARD" or state(link.period, found.day) is State.STALE]
        arranged = [link for link in aged if any(link in chain.arranged for chain in chains)]
        newest = max(arranged or aged, key=lambda link: link.written or date.min, default=None)
        if newest:
            key = key if arranged else "location is old"
            out.append(words[key].format(written=_written(newest, language), years=CARRIED_YEARS, m=found.names[0]))
    return list(dict.fromkeys(out))


def times(options: Sequence[Option], language: str) -> str:
    """Returns how often a contract can be extended and, if each extension is as long as the others, by how much: `drie keer een jaar`."""
    words = _words(language, plural=False)
    lengths = {_months(option.period) for option in options}
    months = lengths.pop() if len(lengths) == 1 else None
    once = words["once"] if len(options) == 1 else words["times"].format(count=count_label(len(options), language))
    if not months:
        return once
    unit, count = ("year", months // 12) if months % 12 == 0 else ("month", months)
    by = words[unit] if count == 1 else words[f"{unit}s"].format(count=count_label(count, language))
    return words["each"].format(times=once, by=by)


def _months(period: Period) -> int | None:
    """Returns the length of a period in whole months; None if a bound of it is vague, or falls within a month."""
    first, over = period.valid_from, period.valid_to
    if not first or not over or (first, over) != (period.certain_from, period.certain_to) or first.day != over.day:
        return None
    return (over.year - first.year) * 12 + over.month - first.month


def _written(link: Link, language: str) -> str:
    """Returns the year in which the source of a link was written, or the years between which it was."""
    last = link.written.year if link.written else 0
    first = link.period.attested.earliest if link.period.attested else None
    return at(f"{last}" if first is None or first.year == last else f"{first.year}/{last}", language)


def _change(found: Covered) -> str:
    """Returns what happens on the day on which the answer changes: something begins or ends, a source speaks, or it grows old."""
    day = found.next_change
    periods = [link.period for chain in found.evidence.chains for link in (*chain.memberships, *chain.arranged)]
    dated = {d for p in periods for d in (p.valid_from, p.valid_to, p.certain_to)} | {
        d for chain in found.evidence.chains for o in chain.options for d in o.period.boundaries()
    }
    if day in dated or day in found.evidence.municipality.boundaries():
        return "changes"
    if any(p.attested and day == p.certain_from for p in periods):
        return "source speaks"
    if any(p.attested and day == p.spoken_from for p in periods):
        return "source may speak"
    if any(link.period.stale_from == day for chain in found.evidence.chains for link in chain.arranged):
        return "source ages"
    return "location ages" if any(p.stale_from == day for p in periods) else "changes"


def _location(found: Covered, words: dict[str, str], notes: _Notes, names: dict[str, str]) -> str:
    """A last line with what proves where the municipality lies."""
    lying = [note for row, _ in found.told for note in map(NoteRow.of, row.notes) if note not in _proving(row)]
    labels = dict.fromkeys(label for note in lying if (label := notes.cited(note)) not in notes.numbers)
    return f"\n{words['location'].format(labels='; '.join(labels), **names)}" if labels else ""


def _proving(row: ChainRow) -> list[NoteRow]:
    """The notes of what is said of the arrangement, without those of the municipality: that it exists, and what puts it in its area."""
    notes = map(NoteRow.of, row.notes)
    if row.kind != "ARRANGEMENT":
        return [note for note in notes if note.claim in offer(row.offer).delivered]
    return [note for note in notes if note.claim not in way(row.way).claims]


class _Notes:
    """Footnotes, numbered as they are first used."""

    def __init__(self, language: str) -> None:
        self.numbers: dict[str, int] = {}
        self._language = language

    def mark(self, notes: Iterable[NoteRow]) -> str:
        labels = dict.fromkeys(self.cited(note) for note in notes)
        numbers = sorted(self.numbers.setdefault(label, len(self.numbers) + 1) for label in labels)
        return "".join(f" [{number}]" for number in numbers)

    def cited(self, note: NoteRow) -> str:
        """Returns the place of a claim in its source: title, section, footnote and page."""
        where = [note.section] if note.section else []
        if note.footnote:
            where.append(f"{_WORDS[self._language]['footnote']} {note.footnote}")
        if note.page:
            where.append(f"p. {note.page}")
        return ", ".join([note.title, *where])

    @property
    def text(self) -> str:
        return "".join(f"\n[{number}] {label}" for label, number in self.numbers.items())


_WORDS: ByLanguage[dict[str, str]] = ByLanguage({
    "NL": {
        "COVERED": "in {m} is|zijn {f} op {day} geregeld.",
        "UNCERTAIN": "het is niet zeker of {f} in {m} op {day} geregeld is|zijn.",
        "GAP": "in {m} is|zijn {f} op {day} niet geregeld.",
        "UNKNOWN": "wie op {day} in {m} {f} levert, is niet bekend.",
        "arrangement": "{a}, voor {area}{when}{mark}",
        "via": "dat gebeurt met {listed}.", "via several": "dat gebeurt met {listed}.",
        "perhaps via": "het kan gaan om {listed}.", "perhaps via several": "het kan om {count} afspraken gaan: {listed}.",
        "known": "bekend is wel: {listed}.", "known several": "bekend zijn wel: {listed}.",
        "NOBODY": "volgens {source} levert niemand dit in {area}{mark}.",
        "LOCAL": "in {area} regelt elke gemeente dit zelf{mark}.",
        "local perhaps": "volgens {source} regelt elke gemeente in {area} dit zelf{mark}; of dat ook op {day} geldt, is niet zeker.",
        "local known": "bekend is wel: in {area} regelt elke gemeente dit zelf{when}{mark}.",
        "until": " (tot en met {day})", "until at the latest": " (uiterlijk tot en met {day})",
        "from": " (pas vanaf {day})", "from at the earliest": " (op zijn vroegst vanaf {day})",
        "spoken of": " (daarover spreekt een bron op zijn vroegst vanaf {day})",
        "spoken of later": " (daarover spreekt een bron pas later)",
        "EXCLUDED": "{m} is daarvan uitdrukkelijk uitgezonderd; wie het|ze daar wel levert, zegt geen bron.",
        "CONTESTED": "de bronnen spreken elkaar hierover tegen.",
        "MENTIONED": "bronnen noemen {f} wel, maar geen ervan zegt wie het|ze in {m} levert.",
        "NO_SOURCE": "geen bron zegt er iets over; dat is iets anders dan dat niemand het|ze levert.",
        "VAGUE_DATE": "de bronnen zeggen niet precies vanaf of tot wanneer dit geldt.",
        "PLAN_NOT_CONFIRMED": "het was een plan; of het is doorgegaan, zegt geen bron.",
        "OPTION_NOT_CONFIRMED": "de vaste looptijd liep tot en met {firm}. Verlengen kon {times}, tot uiterlijk {last}; of dat is gebeurd, "
        "zegt geen bron.",
        "source": "een bron", "sources": "{count} bronnen", "undated": "{sources} zonder datum",
        "once": "één keer", "times": "{count} keer", "each": "{times} {by}", "year": "een jaar", "years": "{count} jaar",
        "month": "een maand", "months": "{count} maanden", "and": " en ",
        "CARRIED_FORWARD": "de nieuwste bron hierover is {written} geschreven. Sindsdien heeft geen bron het bevestigd of tegengesproken.",
        "STALE": "dit staat in een bron die {written} is geschreven en meer dan {years} jaar oud is. Sindsdien heeft geen bron het "
        "bevestigd of tegengesproken.",
        "merged": "{m} bestaat op {day} niet meer: het ging op in {into}.", "no more": "{m} bestaat op {day} niet meer.",
        "not yet": "{m} bestaat op {day} nog niet.",
        "OTHER_DIVISION": "de indeling met {f} is van {by}; {m} valt daar niet onder.",
        "changes": "dit antwoord verandert op {day}.",
        "source speaks": "vanaf {day} spreekt er zeker een bron over.", "source may speak": "vanaf {day} kan een bron erover spreken.",
        "location is old": "de bron over de ligging van {m} is {written} geschreven en meer dan {years} jaar oud.",
        "source ages": "vanaf {day} is de bron hiervan meer dan {years} jaar oud.",
        "location ages": "vanaf {day} is de bron over de ligging van {m} meer dan {years} jaar oud.",
        "location": "Ligging van {m}: {labels}.", "footnote": "voetnoot",
    },
    "EN": {
        "COVERED": "in {m}, {f} is|are arranged on {day}.",
        "UNCERTAIN": "it is not certain whether {f} is|are arranged in {m} on {day}.",
        "GAP": "in {m}, {f} is|are not arranged on {day}.",
        "UNKNOWN": "it is not known who delivers {f} in {m} on {day}.",
        "arrangement": "{a}, for {area}{when}{mark}",
        "via": "that is done through {listed}.", "via several": "that is done through {listed}.",
        "perhaps via": "it may be through {listed}.", "perhaps via several": "it may be through {count} arrangements: {listed}.",
        "known": "what is known: {listed}.", "known several": "what is known: {listed}.",
        "NOBODY": "according to {source} nobody delivers this in {area}{mark}.",
        "LOCAL": "in {area} each municipality arranges this itself{mark}.",
        "local perhaps": "according to {source} each municipality in {area} arranges this itself{mark}; whether that is so on {day} too "
        "is not certain.",
        "local known": "what is known: in {area} each municipality arranges this itself{when}{mark}.",
        "until": " (through {day})", "until at the latest": " (through {day} at the latest)",
        "from": " (only from {day})", "from at the earliest": " (from {day} at the earliest)",
        "spoken of": " (of which a source speaks from {day} at the earliest)",
        "spoken of later": " (of which a source speaks only later)",
        "EXCLUDED": "{m} is expressly excepted from it; no source says who does deliver it|them there.",
        "CONTESTED": "the sources contradict each other on this.",
        "MENTIONED": "sources do name {f}, but none says who delivers it|them in {m}.",
        "NO_SOURCE": "no source says anything about it, which is not the same as nobody delivering it|them.",
        "VAGUE_DATE": "the sources do not say exactly from when or until when this holds.",
        "PLAN_NOT_CONFIRMED": "it was a plan; no source says whether it came about.",
        "OPTION_NOT_CONFIRMED": "the firm term ran through {firm}. It could be extended {times}, through {last} at the latest; no source "
        "says that it was.",
        "source": "a source", "sources": "{count} sources", "undated": "{sources} without a date",
        "once": "once", "times": "{count} times", "each": "{times} by {by}", "year": "a year", "years": "{count} years",
        "month": "a month", "months": "{count} months", "and": " and ",
        "CARRIED_FORWARD": "the newest source on this was written {written}. No source has confirmed or contradicted it since.",
        "STALE": "this stands in a source that was written {written} and is more than {years} years old. No source has confirmed or "
        "contradicted it since.",
        "merged": "{m} no longer exists on {day}: it became part of {into}.", "no more": "{m} no longer exists on {day}.",
        "not yet": "{m} does not exist yet on {day}.",
        "OTHER_DIVISION": "the division with {f} is that of {by}; {m} is no part of it.",
        "changes": "this answer changes on {day}.",
        "source speaks": "from {day} a source certainly speaks of it.", "source may speak": "from {day} a source may speak of it.",
        "location is old": "the source on the location of {m} was written {written} and is more than {years} years old.",
        "source ages": "from {day} the source of this is more than {years} years old.",
        "location ages": "from {day} the source on the location of {m} is more than {years} years old.",
        "location": "Location of {m}: {labels}.", "footnote": "footnote",
    },
})  # fmt: skip
