"""Changes and events in words, Dutch and English, for people who read them on paper. What is not sure is never told as if it were.

Each turn (begin, end, doubt, first named) has one template over the parts of a clause (`graph.answers.clauses`); terms of
contracts, options, figures and events have their own.
"""

from __future__ import annotations

from typing import Any

from graph.answers.change_rule import CHANGED, REMOVED, UNCERTAIN
from graph.answers.changes import EVENT, Changed, FirstNamed, Value
from graph.answers.clauses import agree, capital, clause, inside, is_plural
from graph.answers.columns import FactRow
from graph.answers.date_label import at, count_label, label, number_label, since, span_label
from graph.dates import edtf
from graph.dates.period import DAY
from graph.domain.languages import ByLanguage, place, spoken
from graph.domain.words import UNITS


def sentence(change: Changed, language: str) -> str:
    """A change as a sentence, with the event behind it where one is known."""
    words, row, cause = _WORDS[language], change.fact, change.cause
    if row.sort == EVENT:
        assert cause
        planned = change.fact.value.sort == "PLANNED"
        key = "planned event" if planned else "perhaps event" if change.certainty == UNCERTAIN else "event"
        return capital(words[key].format(event=spoken(cause.names, language), at=at(row.value.text or "", language)))
    if row.said == "figure":
        return capital(_figure(change, words, language))
    told = _told(change, words, language)
    if cause and change.kind == REMOVED and row.said == "exists" and cause.how == "ORIGINAL" and cause.into:
        return capital(f"{told}: {words[cause.kind if cause.kind in words else 'MERGER'].format(into=_listed(cause.into, words))}.")
    tells = cause and row.said not in ("runs", "option")  # "the term began. Reason: beginning of the term" says it twice
    return capital(f"{told}." + (f" {words['cause'].format(event=spoken(cause.names, language))}." if cause and tells else ""))


def first_named_sentence(named: FirstNamed, language: str) -> str:
    """How many facts a source is the first to name, in a sentence."""
    words = _WORDS[language]
    key = "one first named" if named.count == 1 else "first named"
    return capital(words[key].format(source=words["title"].format(title=named.title), count=count_label(named.count, language)))


def _told(change: Changed, words: dict[str, str], language: str) -> str:
    """Returns what became of a fact, without its cause and without a full stop."""
    row = change.fact
    turn, days = _turn(change), _days(change, language)
    if row.said in ("runs", "option"):
        s = inside(spoken(row.names, language), row.subject)
        key = "extended" if change.turn.extended and change.kind == CHANGED else turn.removeprefix("vague ")
        number = int(row.value.number or 0)
        return words[f"{row.said} {key}"].format(s=s, number=number, source=_sources(row, words), **days)
    said = "formerName" if row.said == "alternateName" and change.kind == REMOVED else row.said
    parts = clause(
        said, row.about, (row.subject, row.other), row.names, row.value.sort, row.value.text or "", language,
    )  # fmt: skip
    old = change.before.text if change.before else ""
    return agree(words[turn], parts.plural).format(**parts._asdict(), source=_sources(row, words), old=old, **days)


def _turn(change: Changed) -> str:
    """Returns which template tells a change: begin, end, perhaps begun …, as far as its source dates it."""
    vague = "/" in (change.turn.edtf or "")
    if change.kind == CHANGED and change.before and change.before != change.after:
        return "value"
    match change.kind, change.certainty:
        case "ADDED", "CERTAIN":
            return "vague begin" if vague else "begin"
        case "ADDED", "UNCERTAIN":
            return "planned" if change.turn.span.period.planned else "vague perhaps begun" if vague else "perhaps begun"
        case "ADDED", _:
            return "named"
        case "REMOVED", "CERTAIN":
            return "vague end" if vague else "end"
        case "REMOVED", "UNCERTAIN":
            return "perhaps ended"
        case "REMOVED", _:
            return "denied"
        case _, "CERTAIN":
            return "sure"
        case _:
            return "unsure"


def _days(change: Changed, language: str) -> dict[str, str]:
    """Returns the day of a change in the forms that templates use; `until` is the last day before it. An end is dated by its last day."""
    when = change.turn.edtf
    if when is None:
        return {"since": "", "at": "", "until": ""}
    over = change.turn.bounds[1] if change.turn.bounds else None
    last = (over - DAY).isoformat() if over else when
    return {"since": since(when, language), "at": at(_last_day(change), language), "until": label(last, language)}


def _last_day(change: Changed) -> str:
    """Returns the last day of what ended, as vague as it is: a day, a year, or a time between two days; the date itself of a beginning."""
    first, over = change.turn.bounds or (None, None)
    if change.kind != REMOVED or over is None:
        return change.turn.edtf or ""
    last = over - DAY
    if first is None:
        return f"../{last}"
    first = first if first == change.turn.span.period.valid_from else first - DAY  # what never was sure may have ended on its first day
    whole_year = (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year)
    return last.isoformat() if first >= last else str(last.year) if whole_year else f"{first}/{last}"


def _figure(change: Changed, words: dict[str, str], language: str) -> str:
    """Returns how many things something counts, or how much is spent or waited there, as a sentence."""
    row, value, old = change.fact, change.after or change.before, change.before
    assert value
    label_ = row.value.sort or ""
    measure = label_.split("\t")[place(language)] if "\t" in label_ else label_  # in every language
    counts = value.unit in (None, "COUNT", "PERCENT")
    name = spoken(row.names, language)
    turn, when = _figure_turn(change, words, language)
    return agree(words[f"{'count' if counts else 'amount'} {turn}"], is_plural(name if counts else measure)).format(
        s=inside(name, row.subject), number=_quantity(value, words, language), measure=measure, source=_sources(row, words),
        old=_quantity(old, words, language) if old else "", when=when,
    ) + "."  # fmt: skip


def _figure_turn(change: Changed, words: dict[str, str], language: str) -> tuple[str, str]:
    """Returns which template tells a figure, and its time: it holds since a day, held for a time, or nobody says when."""
    period, when = change.turn.span.period, change.turn.edtf
    if _turn(change) == "value" and when:
        return "changed", since(when, language)
    if period.start and period.end and period.start.earliest and period.end.latest:
        first, last = period.start.edtf, period.end.edtf
        whole = period.start.earliest.year == period.end.latest.year
        during = words["during"].format(days=span_label(first, last, language))
        return "once", at(first, language) if first == last else at(first[:4], language) if whole else during
    if when is None:
        return "named", ""
    return ("since", since(when, language)) if period.end is None and edtf.parse(when).exact else ("once", at(when, language))


def _quantity(value: Value, words: dict[str, str], language: str) -> str:
    """Returns a number with its unit, if it is no count of things: `zeven`, `10,4 procent`, `ongeveer 4,5 miljoen euro`."""
    number, unit = value.number or 0, value.unit or "COUNT"
    told = number_label(number, language) if unit in ("EUR", "PERCENT") else count_label(number, language)
    named = "" if unit == "COUNT" else UNITS.name(unit, language) if unit in UNITS else unit
    return " ".join(filter(None, (words["about"] if value.approximate else "", told, named)))


def _sources(row: FactRow, words: dict[str, str]) -> str:
    return _listed([words["title"].format(title=title) for _, title in row.sources], words)


def _listed(texts: Any, words: dict[str, str]) -> str:
    """Returns texts as people list them: `a, b en c`."""
    *first, last = texts or [""]
    return f"{', '.join(first)} {words['and']} {last}" if first else str(last)


_WORDS: ByLanguage[dict[str, str]] = ByLanguage({
    "NL": {
        "begin": "{subject} {verb} {since} {rest}",
        "vague begin": "{subject} {verb} {rest}; dat begon {at}",
        "perhaps begun": "misschien {verb} {subject} {since} {rest}; zeker is dat niet",
        "vague perhaps begun": "misschien {verb} {subject} {rest}; als het zo is, begon het {at}",
        "planned": "het plan was dat {subject} {sub}, te beginnen {at}; of dat is gebeurd, zegt geen bron",
        "named": "volgens {source} {verb} {subject} {rest}; sinds wanneer, staat er niet",
        "end": "{subject} {verb} {since} niet meer {rest}",
        "vague end": "{subject} {verb} niet meer {rest}; dat eindigde {at}",
        "perhaps ended": "of {subject} {sub}, is niet zeker; na {until} in elk geval niet meer",
        "denied": "een latere bron zegt iets anders dan dat {subject} {sub}; een einde noemt geen bron",
        "sure": "{subject} {verb} {rest}, in elk geval {since}",
        "unsure": "of {subject} na {until} nog {sub}, is niet bekend",
        "value": "{subject} {verb} {since} {rest}; daarvoor {old}",
        "runs begin": "de looptijd van {s} begon {at}",
        "runs perhaps begun": "misschien begon de looptijd van {s} {at}; zeker is dat niet",
        "runs planned": "volgens plan zou de looptijd van {s} {at} beginnen; of dat is gebeurd, zegt geen bron",
        "runs named": "{source} noemt {s} als lopend; sinds wanneer, staat er niet",
        "runs end": "de looptijd van {s} eindigde {at}",
        "runs perhaps ended": "de looptijd van {s} eindigde uiterlijk op {until}; of zij tot dan duurde, is niet zeker",
        "runs denied": "volgens een latere bron is de looptijd van {s} voorbij; wanneer zij eindigde, zegt geen bron",
        "runs sure": "de looptijd van {s} begon uiterlijk {at}",
        "runs unsure": "of de looptijd van {s} na {until} doorging, is niet bekend",
        "runs extended": "de vaste looptijd van {s} liep tot en met {until}; verlengen kon, maar of dat is gebeurd, zegt geen bron",
        "option begin": "de looptijd van {s} is {at} verlengd met optie {number}",
        "option perhaps begun": "de looptijd van {s} kon {at} verlengd worden met optie {number}; of dat is gebeurd, zegt geen bron",
        "option planned": "de looptijd van {s} zou {at} verlengd worden met optie {number}; of dat is gebeurd, zegt geen bron",
        "option named": "volgens {source} is de looptijd van {s} verlengd met optie {number}",
        "option sure": "de looptijd van {s} is uiterlijk {at} verlengd met optie {number}",
        "option unsure": "of optie {number} van {s} na {until} nog gold, is niet bekend",
        "count once": "{s} telde|telden {when} {number} {measure}",
        "count since": "{s} telt|tellen {when} {number} {measure}",
        "count changed": "{s} telt|tellen {when} {number} {measure}; daarvoor {old}",
        "count named": "volgens {source} telt|tellen {s} {number} {measure}; sinds wanneer, staat er niet",
        "amount once": "{when} was|waren de {measure} {number}, bij {s}",
        "amount since": "{when} is|zijn de {measure} {number}, bij {s}",
        "amount changed": "{when} is|zijn de {measure} {number}, bij {s}; daarvoor {old}",
        "amount named": "volgens {source} is|zijn de {measure} {number}, bij {s}; sinds wanneer, staat er niet",
        "about": "ongeveer", "during": "van {days}", "title": "“{title}”",
        "event": "{event} ({at}).",
        "perhaps event": "misschien in deze tijd: {event} ({at}).",
        "planned event": "het plan: {event} ({at}); of dat is gebeurd, zegt geen bron.",
        "MERGER": "het ging op in {into}", "SPLIT": "het is verdeeld over {into}", "cause": "Aanleiding: {event}",
        "first named": "{source} noemt {count} dingen voor het eerst en zegt niet sinds wanneer ze zo zijn. Voor zover bekend "
        "veranderde er niets: er kwam een bron bij.",
        "one first named": "{source} noemt één ding voor het eerst en zegt niet sinds wanneer het zo is. Voor zover bekend veranderde er "
        "niets: er kwam een bron bij.",
        "and": "en",
    },
    "EN": {
        "begin": "{subject} has|have {sub} {since}",
        "vague begin": "{subject} {verb} {rest}; that began {at}",
        "perhaps begun": "perhaps {subject} has|have {sub} {since}; that is not certain",
        "vague perhaps begun": "perhaps {subject} {verb} {rest}; if so, it began {at}",
        "planned": "the plan was that {subject} {verb} {rest}, beginning {at}; no source says that it came about",
        "named": "according to {source}, {subject} {verb} {rest}; since when is not said",
        "end": "{subject} has|have not {sub} {since}",
        "vague end": "{subject} no longer {verb} {rest}; that ended {at}",
        "perhaps ended": "it is not certain whether {subject} {verb} {rest}; after {until} in any case no longer",
        "denied": "a later source says otherwise than that {subject} {verb} {rest}; no source names an end",
        "sure": "{subject} has|have {sub}, at least {since}",
        "unsure": "it is not known whether {subject} still {verb} {rest} after {until}",
        "value": "{subject} has|have {sub} {since}; before that {old}",
        "runs begin": "the term of {s} began {at}",
        "runs perhaps begun": "perhaps the term of {s} began {at}; that is not certain",
        "runs planned": "the plan was that the term of {s} would begin {at}; no source says that it did",
        "runs named": "{source} names {s} as in force; since when is not said",
        "runs end": "the term of {s} ended {at}",
        "runs perhaps ended": "the term of {s} ended on {until} at the latest; whether it ran until then is not certain",
        "runs denied": "according to a later source the term of {s} is over; no source says when it ended",
        "runs sure": "the term of {s} began {at} at the latest",
        "runs unsure": "it is not known whether the term of {s} went on after {until}",
        "runs extended": "the firm term of {s} ran through {until}; it could be extended, but no source says that it was",
        "option begin": "the term of {s} was extended by option {number} {at}",
        "option perhaps begun": "the term of {s} could be extended by option {number} {at}; no source says that it was",
        "option planned": "the term of {s} would be extended by option {number} {at}; no source says that it was",
        "option named": "according to {source}, the term of {s} was extended by option {number}",
        "option sure": "the term of {s} was extended by option {number} {at} at the latest",
        "option unsure": "it is not known whether option {number} of {s} still held after {until}",
        "count once": "{s} had {number} {measure} {when}",
        "count since": "{s} has|have had {number} {measure} {when}",
        "count changed": "{s} has|have had {number} {measure} {when}; before that {old}",
        "count named": "according to {source}, {s} has|have {number} {measure}; since when is not said",
        "amount once": "{when}, the {measure} was|were {number}, for {s}",
        "amount since": "{when}, the {measure} has|have been {number}, for {s}",
        "amount changed": "{when}, the {measure} has|have been {number}, for {s}; before that {old}",
        "amount named": "according to {source}, the {measure} is|are {number}, for {s}; since when is not said",
        "about": "about", "during": "from {days}", "title": "“{title}”",
        "event": "{event} ({at}).",
        "perhaps event": "perhaps in this time: {event} ({at}).",
        "planned event": "the plan: {event} ({at}); no source says that it came about.",
        "MERGER": "it became part of {into}", "SPLIT": "it was divided among {into}", "cause": "Reason: {event}",
        "first named": "{source} names {count} things for the first time and does not say since when they are so. As far as is known "
        "nothing changed: a source was added.",
        "one first named": "{source} names one thing for the first time and does not say since when it is so. As far as is known "
        "nothing changed: a source was added.",
        "and": "and",
    },
})  # fmt: skip
