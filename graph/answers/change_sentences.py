"""Changes and events in words, Dutch and English, for people who read them on paper. What is not sure is never told as if it were."""

from __future__ import annotations

from typing import Any

from graph.answers.change_rule import CHANGED, UNCERTAIN, UNDATED
from graph.answers.changes import EVENT, OPTION, Changed
from graph.answers.columns import FactRow
from graph.answers.date_label import label, number_label
from graph.answers.shape import role_label
from graph.dates import edtf
from graph.domain.languages import ByLanguage, place, spoken
from graph.domain.words import UNITS


def sentence(change: Changed, language: str) -> str:
    """A change as a sentence, with the event behind it where one is known."""
    words: dict[Any, Any] = _WORDS[language]
    row, cause = change.fact, change.cause
    if row.sort == EVENT:
        assert cause
        told = words["perhaps event" if change.certainty == UNCERTAIN else "event"]
        return str(
            told.format(event=spoken(cause.names, language), s=spoken(row.names, language), when=label(row.value.text or "", language))
        )
    text = f"{clause(row, language)} – {_became(change, words, language)}."
    if change.turn.extended and change.kind == CHANGED:
        text += " " + words["extended"]
    if row.sort == OPTION and change.certainty == UNCERTAIN:
        text += " " + words["option"]
    return text + (f" {words['cause'].format(event=spoken(cause.names, language))}" if cause else "")


def _became(change: Changed, words: dict[Any, Any], language: str) -> str:
    """Returns how a fact changed, and when, as far as a source says."""
    when, before = change.turn.edtf, change.before
    day = label(when, language) if when else ""
    if change.kind == CHANGED and before and before != change.after:
        return str(words["value"][change.certainty].format(when=day, old=_plain(before.number, before.text, language)))
    if when is None:
        return str(words[change.kind, UNDATED])
    return str(words[change.kind, change.certainty, "day" if "/" not in when and edtf.parse(when).exact else "vague"].format(when=day))


def clause(row: FactRow, language: str) -> str:
    """Returns a fact as a clause in the present tense."""
    value = row.value
    s, o = (spoken(row.names, language, nth) for nth in (0, 1))
    unit = "" if value.unit in (None, "COUNT") else f" {UNITS.name(value.unit, language) if value.unit in UNITS else value.unit}"
    measure = value.sort.split("\t")[place(language)] if value.sort and "\t" in value.sort else value.sort
    text = _CLAUSES[language][row.said].format(s=s, o=o, value=_plain(value.number, value.text, language), unit=unit, measure=measure)
    if row.said == "memberOf" and row.about not in ("", "MEMBER"):
        text += _WORDS[language]["as"].format(role=role_label(row.about, language))
    return text


def _plain(number: float | None, text: str | None, language: str) -> str:
    """A value as people write it."""
    return text or "" if number is None else number_label(number, language)


_CLAUSES = ByLanguage({
    "NL": {
        "memberOf": "{s} neemt deel aan {o}", "notMemberOf": "{s} neemt volgens een bron uitdrukkelijk niet deel aan {o}",
        "bodyOf": "{s} is een overleg van {o}", "prepares": "{s} bereidt {o} voor", "delivers": "{s}: levert {o}",
        "concerns": "{s}: gaat over {o}", "covers": "{s}: geldt voor {o}", "excepts": "{s}: zondert {o} uit",
        "buyer": "{s}: {o} is inkoper", "supplier": "{s}: {o} is aanbieder", "contractManager": "{s}: {o} doet het contractmanagement",
        "leftTo": "{s}: regelt in {o} elke gemeente zelf", "lackedBy": "{s}: levert in {o} niemand, zegt een bron",
        "exists": "{s} bestaat", "runs": "{s}: van kracht", "option": "{s}: verlengd met optie {value}",
        "figure": "{s}: {measure} is {value}{unit}", "alternateName": "{s} heet ook {value}", "identifier": "{s} heeft het kenmerk {value}",
    },
    "EN": {
        "memberOf": "{s} takes part in {o}", "notMemberOf": "{s} expressly does not take part in {o}, says a source",
        "bodyOf": "{s} is a body of {o}", "prepares": "{s} prepares {o}", "delivers": "{s}: delivers {o}",
        "concerns": "{s}: is about {o}", "covers": "{s}: holds for {o}", "excepts": "{s}: excepts {o}",
        "buyer": "{s}: {o} buys", "supplier": "{s}: {o} delivers", "contractManager": "{s}: {o} manages it",
        "leftTo": "{s}: in {o} each municipality arranges it itself", "lackedBy": "{s}: in {o} nobody delivers it, says a source",
        "exists": "{s} exists", "runs": "{s}: in force", "option": "{s}: extended by option {value}",
        "figure": "{s}: {measure} is {value}{unit}", "alternateName": "{s} is also called {value}",
        "identifier": "{s} has the identifier {value}",
    },
})  # fmt: skip
_WORDS: ByLanguage[dict[Any, Any]] = ByLanguage({
    "NL": {
        ("ADDED", "CERTAIN", "day"): "vanaf {when}", ("ADDED", "CERTAIN", "vague"): "begonnen: {when}",
        ("ADDED", "UNCERTAIN", "day"): "mogelijk vanaf {when}", ("ADDED", "UNCERTAIN", "vague"): "mogelijk begonnen: {when}",
        ("ADDED", "UNDATED"): "nu voor het eerst door een bron genoemd, die niet zegt sinds wanneer",
        ("REMOVED", "CERTAIN", "day"): "niet meer vanaf {when}", ("REMOVED", "CERTAIN", "vague"): "geëindigd: {when}",
        ("REMOVED", "UNCERTAIN", "day"): "als het al gold, niet meer vanaf {when}",
        ("REMOVED", "UNCERTAIN", "vague"): "als het al gold, geëindigd: {when}",
        ("REMOVED", "UNDATED"): "niet langer aangehouden, omdat een bron iets anders zegt; een einde noemt geen bron",
        ("CHANGED", "CERTAIN", "day"): "zeker vanaf {when}, daarvoor mogelijk",
        ("CHANGED", "UNCERTAIN", "day"): "niet meer zeker vanaf {when}",
        "value": {
            "CERTAIN": "vanaf {when}; eerder {old}", "UNCERTAIN": "mogelijk: {when}; eerder {old}",
            "UNDATED": "zonder dat een bron zegt sinds wanneer; eerder {old}",
        },
        "extended": "De vaste looptijd is voorbij en geen bron bevestigt de verlenging.", "option": "Geen bron bevestigt dat.",
        "cause": "Aanleiding: {event}.", "as": " als {role}",
        "event": "{event} – {when}. Dit betreft {s}.", "perhaps event": "{event} – mogelijk in deze tijd: {when}. Dit betreft {s}.",
    },
    "EN": {
        ("ADDED", "CERTAIN", "day"): "from {when}", ("ADDED", "CERTAIN", "vague"): "begun: {when}",
        ("ADDED", "UNCERTAIN", "day"): "perhaps from {when}", ("ADDED", "UNCERTAIN", "vague"): "perhaps begun: {when}",
        ("ADDED", "UNDATED"): "now first told by a source, which does not say since when",
        ("REMOVED", "CERTAIN", "day"): "no more from {when}", ("REMOVED", "CERTAIN", "vague"): "ended: {when}",
        ("REMOVED", "UNCERTAIN", "day"): "if it held at all, no more from {when}",
        ("REMOVED", "UNCERTAIN", "vague"): "if it held at all, ended: {when}",
        ("REMOVED", "UNDATED"): "no longer carried forward, because a source says otherwise; no source names an end",
        ("CHANGED", "CERTAIN", "day"): "surely from {when}, perhaps before",
        ("CHANGED", "UNCERTAIN", "day"): "no longer sure from {when}",
        "value": {
            "CERTAIN": "from {when}; before {old}", "UNCERTAIN": "perhaps: {when}; before {old}",
            "UNDATED": "while no source says since when; before {old}",
        },
        "extended": "The firm term is over and no source confirms the extension.", "option": "No source confirms it.",
        "cause": "Occasion: {event}.", "as": " as {role}",
        "event": "{event} – {when}. This concerns {s}.", "perhaps event": "{event} – perhaps in this time: {when}. This concerns {s}.",
    },
})  # fmt: skip
