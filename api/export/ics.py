"""A calendar (RFC 5545) to subscribe to: the last days of firm terms and the options of contracts, of all or of one party or region.

Only what a source dates to the day is in it: a vague date stands in the feed of changes (`api.export.atom`). What is planned, what
may be and what sources dispute is TENTATIVE. No source gives a period of notice, so there are no days on which notice ends at the latest.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date

from api.export.colophon import data_day, disputes, lines, notes
from api.export.export import Export, Format
from api.export.moments import claims_of, contracts_of, of_contract, thing_of
from api.export.network import Network, network_of
from graph.answers.change_rule import CERTAIN
from graph.answers.timeline import Moment
from graph.dates.period import DAY
from graph.domain.claim import Text
from graph.domain.languages import DEFAULT

LONGEST_LINE = 75  # bytes of UTF-8, without the end of the line
PARTS = ("ended", "option")  # the moments of a contract that a manager of contracts waits for
PRODUCT = "-//Regiograaf//Contracten//NL"
EVERYTHING = "Contracten jeugdhulp"
_WORDS = {
    "source": "Bron", "conflict": "Bronnen spreken elkaar tegen", "of": "{title}: {name}",
    "nothing": "Geen bron noemt hier de dag waarop een contract eindigt of kan worden verlengd.",
}  # fmt: skip


async def write(export: Export) -> AsyncIterator[bytes]:
    """Yields the calendar of all contracts."""
    yield calendar(export, await network_of(export))


def calendar(export: Export, whole: Network, about: str | None = None) -> bytes:
    """Returns the calendar of the contracts that a thing is a party to or that hold for it, by its key, or of all contracts."""
    title = EVERYTHING if about is None else _WORDS["of"].format(title=EVERYTHING, name=whole.name(about, DEFAULT))
    head = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"NAME:{_text(title)}",
        f"X-WR-CALNAME:{_text(title)}", f"DESCRIPTION:{_text(_colophon(export))}", f"X-WR-CALDESC:{_text(_colophon(export))}",
        f"LAST-MODIFIED:{_instant(data_day(export))}", "REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D",
    ]  # fmt: skip
    body = [line for moment in events(whole, about) for line in _event(export, whole, moment)] or list(_nothing(export, about))
    return "".join(f"{_folded(line)}\r\n" for line in (*head, *body, "END:VCALENDAR")).encode()


def events(whole: Network, about: str | None = None) -> Iterator[Moment]:
    """Yields the moments of a calendar in order: those of contracts that a source dates to the day."""
    found = (key for key in whole.things if key.startswith("contract/")) if about is None else {about, *contracts_of(whole, about)}
    moments = (moment for key in found if key.startswith("contract/") for moment in of_contract(whole, key))
    yield from sorted((m for m in moments if m.part in PARTS and m.date.exact), key=lambda moment: moment.place)


def _event(export: Export, whole: Network, moment: Moment) -> Iterator[str]:
    """Yields the lines of a moment as an event of a whole day."""
    day, said = moment.date.earliest, moment.label(DEFAULT)
    assert day
    claims = claims_of(moment)
    disputed = list(disputes(export.dataset, claims))
    told = [f"{said}.", *(f"{_WORDS['source']}: {note}" for note in notes(export.dataset, claims))]
    told += [f"{_WORDS['conflict']}: {dispute.explanation[DEFAULT]}" for dispute in disputed]
    sure = moment.certainty == CERTAIN and not any(dispute.status == "OPEN" for dispute in disputed)
    contract = str(thing_of(moment, whole)["key"])
    changed = _instant(data_day(export, claims))
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(moment)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{day + DAY:%Y%m%d}"
    yield f"SUMMARY:{_text(said)}"
    yield f"DESCRIPTION:{_text(chr(10).join(told))}"
    yield f"URL:{export.uri(contract)}"
    yield f"STATUS:{'CONFIRMED' if sure else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PUBLIC"
    yield "END:VEVENT"


def _nothing(export: Export, about: str | None) -> Iterator[str]:
    """Yields the lines of a note that there is nothing to be told: a calendar has at least one component."""
    yield "BEGIN:VJOURNAL"
    yield f"UID:{_text(f'nothing~{about}' if about else 'nothing')}@regiograaf"
    yield f"DTSTAMP:{_instant(data_day(export))}"
    yield f"SUMMARY:{_text(_WORDS['nothing'])}"
    yield "END:VJOURNAL"


def uid(moment: Moment) -> str:
    """Returns the name of an event, which stays the same when its day or its words change."""
    return f"{moment.key.removeprefix('moment/')}@regiograaf"


def _colophon(export: Export) -> str:
    return "\n".join(lines(export))


def _instant(day: date) -> str:
    return f"{day:%Y%m%d}T000000Z"


def _text(text: str) -> str:
    """Returns a value of type TEXT: signs that have a meaning in a calendar are escaped, and others that cannot stand in it left out."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    escaped = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in escaped if sign >= " " or sign == "\t")


def _folded(line: str) -> str:
    """Returns a line in pieces of at most 75 bytes, each after the first behind a space; no character is cut in two."""
    pieces, piece, size = list[str](), "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join((*pieces, piece))


FORMAT = Format(
    "ics",
    "regiograaf.ics",
    "text/calendar; charset=utf-8",
    Text("Agenda met het einde en de opties van contracten", "A calendar of the ends and options of contracts"),
    write,
)
