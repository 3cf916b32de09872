"""An Atom feed (RFC 4287) of what begins, ends or changes, of everything or of one thing: vague dates stand in it in words.

An entry is a dated moment of the data (`graph.answers.timeline`). What a source merely names for the first time is no change, and is
not in it. An entry was updated on the day on which the dataset of its claims was last compared with its sources, so that nothing in
the feed depends on the clock; when the moment itself was or will be stands in its title, and as EDTF in a category.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from urllib.parse import quote

from api.export.colophon import data_day, disputes, lines, notes
from api.export.export import Export, Format
from api.export.moments import claims_of, everything, thing_of, timeline
from api.export.network import Network, network_of
from api.export.xml_text import element, text
from graph.answers.clauses import capital
from graph.answers.date_label import label
from graph.answers.timeline import Moment
from graph.domain.claim import Text
from graph.domain.languages import DEFAULT
from graph.domain.reference import URN, uri
from graph.domain.words import CERTAINTIES, MOMENT_KINDS

EVERYTHING = "Wat begint, eindigt of verandert in de jeugdhulp"
KINDS, CERTAINTY, DATE = (f"{URN}{of}" for of in ("moment-kind", "certainty", "edtf"))  # what the categories of entries are words of
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
_WORDS = {
    "source": "Bron", "conflict": "Bronnen spreken elkaar tegen", "of": "{title}: {name}", "when": "{day}: {said}",
    "planned": "Bronnen kondigen het alleen aan.", "rights": "Licenties: {licences}.",
}  # fmt: skip


async def write(export: Export) -> AsyncIterator[bytes]:
    """Yields the feed of everything."""
    address = f"{export.base_url.rstrip('/')}/v1/export/{FORMAT.name}" if export.base_url else None
    for part in feed(export, await network_of(export), address=address):
        yield part.encode()


def feed(export: Export, whole: Network, about: str | None = None, address: str | None = None) -> Iterator[str]:
    """Yields the parts of the feed of everything, or of a thing with the contracts that hold for it, by its key.

    `address` is where the feed itself is to be had.
    """
    yield f'{_HEAD}xml:lang="{DEFAULT.lower()}">\n'
    yield "\n".join(_about(export, whole, about, address)) + "\n"
    for moment in reversed(moments(whole, about)):
        yield "".join(("<entry>", *_entry(export, whole, moment), "</entry>\n"))
    yield "</feed>\n"


def moments(whole: Network, about: str | None = None) -> list[Moment]:
    """Returns the moments of a feed in order, the earliest first."""
    found = everything(whole) if about is None else timeline(whole, about)
    return [moment for moment in found if moment.part != "named"]


def _about(export: Export, whole: Network, about: str | None, address: str | None) -> Iterator[str]:
    """Yields the elements of the feed itself."""
    title = EVERYTHING if about is None else _WORDS["of"].format(title=EVERYTHING, name=whole.name(about, DEFAULT))
    datasets = [part for _, part in sorted(export.dataset.datasets.items())]
    publishers = list(dict.fromkeys(part.publisher for part in datasets if part.publisher)) or ["Regiograaf"]
    licences = ", ".join(dict.fromkeys(part.licence for part in datasets if part.licence))
    yield element("id", text(f"{URN}feed" if about is None else f"{URN}feed:{uri(about).removeprefix(URN)}"))
    yield element("title", text(title))
    yield element("subtitle", text("\n".join(lines(export))))
    yield element("updated", _instant(data_day(export)))
    yield from (element("author", element("name", text(name))) for name in publishers)
    if licences:
        yield element("rights", text(_WORDS["rights"].format(licences=licences)))
    if address:
        yield element("link", rel="self", type="application/atom+xml", href=address)
    if about and export.base_url:
        yield element("link", rel="alternate", type="text/html", href=export.uri(about))
    yield element("generator", "Regiograaf")


def _entry(export: Export, whole: Network, moment: Moment) -> Iterator[str]:
    """Yields the elements of an entry."""
    claims, thing = claims_of(moment), str(thing_of(moment, whole)["key"])
    when, said = label(moment.date.edtf, DEFAULT), moment.label(DEFAULT)
    told = [f"{capital(_WORDS['when'].format(day=when, said=said))}.", *([_WORDS["planned"]] if moment.planned else [])]
    told += [f"{_WORDS['source']}: {note}" for note in notes(export.dataset, claims)]
    told += [f"{_WORDS['conflict']}: {dispute.explanation[DEFAULT]}" for dispute in disputes(export.dataset, claims)]
    yield element("id", text(entry_id(moment)))
    yield element("title", text(capital(_WORDS["when"].format(day=when, said=said))))
    yield element("updated", _instant(data_day(export, claims)))
    yield element("link", rel="alternate", href=export.uri(thing))
    yield element("category", scheme=KINDS, term=moment.kind, label=MOMENT_KINDS.name(moment.kind, DEFAULT))
    yield element("category", scheme=CERTAINTY, term=moment.certainty, label=CERTAINTIES.name(moment.certainty, DEFAULT))
    yield element("category", scheme=DATE, term=moment.date.edtf, label=when)
    yield element("content", text("\n".join(told)), type="text")


def entry_id(moment: Moment) -> str:
    """Returns the id of an entry, which stays the same when its date or its words change."""
    return f"{URN}moment:{quote(moment.key.removeprefix('moment/'), safe=':/~.-_')}"


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


FORMAT = Format(
    "atom",
    "regiograaf.atom",
    "application/atom+xml; charset=utf-8",
    Text("Feed van wat begint, eindigt of verandert", "A feed of what begins, ends or changes"),
    write,
)
