"""A description: the triples of one subject, gathered in order, from plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from api.export.rdf.terms import DEF, EDTF, TYPE, defined, term
from graph.dates.edtf import FuzzyDate
from graph.domain.claim import Text
from graph.domain.languages import LANGUAGES

_NO_IRI = str.maketrans({sign: f"%{ord(sign):02X}" for sign in (*map(chr, range(33)), *'<>"{}|^`\\')})
Plain = NamedNode | Literal | Text | FuzzyDate | date | str | bool | int | float | None
_DATE, _DECIMAL = term("xsd:date"), term("xsd:decimal")


def node(address: str) -> NamedNode:
    """Returns a thing by its address, with the signs percent-encoded that an address cannot have, such as a space in a code."""
    return NamedNode(address.translate(_NO_IRI))


def edtf(text: str) -> Literal:
    """Returns a vague date as a literal of EDTF. Our `A/B` is "some day from A to B", which EDTF writes as one of a set: `[A..B]`; its own
    `A/B` would be the whole interval."""
    earliest, slash, latest = text.partition("/")
    written = f"[{earliest.removeprefix('..')}..{latest.removeprefix('..')}]" if slash else text
    return Literal(written, datatype=EDTF)


def literals(value: Plain) -> Iterator[NamedNode | Literal]:
    """Yields a value as RDF: of a text one literal for each language, of None nothing."""
    match value:
        case None:
            return
        case NamedNode() | Literal():
            yield value
        case Text():
            yield from (Literal(words, language=language.key) for language, words in value.items if words)
        case FuzzyDate():
            yield edtf(value.edtf)
        case date():
            yield Literal(value.isoformat(), datatype=_DATE)
        case float():
            whole = value.is_integer()
            yield Literal(int(value)) if whole else Literal(format(Decimal(str(value)), "f"), datatype=_DECIMAL)
        case str() | bool() | int():
            yield Literal(value)


def text_of(properties: Mapping[str, Any], name: str) -> Text | None:
    """Returns a text that stands in the properties of a node in each language, or None if it does not."""
    words = [properties.get(language.property(name)) for language in LANGUAGES]
    return Text(*words) if any(words) else None


class Description:
    """The triples of one subject. `add` takes a prefixed name, or the name of a term of ours, with plain values."""

    def __init__(self, subject: str, *classes: str) -> None:
        self.node = node(subject)
        self._triples: dict[Triple, None] = {Triple(self.node, TYPE, _named(name)): None for name in classes}

    def add(self, name: str, *values: Plain) -> Description:
        predicate = _named(name)
        for value in values:
            for each in literals(value):
                self._triples[Triple(self.node, predicate, each)] = None
        return self

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._triples)


def _named(name: str) -> NamedNode:
    return term(name) if ":" in name else defined(name)


def word(scheme: str, key: str) -> NamedNode:
    """Returns the concept that a word of a closed list is: `MembershipRole`, `LEAD`."""
    return NamedNode(f"{DEF}{scheme}:{key}")
