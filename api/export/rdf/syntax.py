"""The two notations of RDF that are written, part by part: Turtle, and JSON-LD with short names.

pyoxigraph writes Turtle, but all prefixes before each part and in no fixed order, so they are cut off and stand once at the top. Its
JSON-LD has no context and spells every name out; ours is a node object for each subject, made by orjson.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

import orjson
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from api.export.rdf.terms import PREFIXES, PROPERTIES, TYPE

AT_ONCE = 4000  # triples that are written at once
_HEAD = "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in PREFIXES.items()).encode()
_PREFIX_OF = {address: prefix for prefix, address in PREFIXES.items()}
# What a value is if it is written as a plain string: a thing ("@id"), or a literal of a datatype.
_NOT_COERCED = ("text", "literal", "xsd:string")  # rdflib takes a string that is coerced to xsd:string for another than a plain one
_COERCED: Mapping[str, str] = {
    **{f"rg:{name}": "@id" if one.value == "IRI" else one.value for name, one in PROPERTIES.items() if one.value not in _NOT_COERCED},
    **dict.fromkeys(
        ("org:member", "org:organization", "org:role", "org:memberDuring", "org:classification", "org:originalOrganization",
         "org:resultingOrganization", "owl:sameAs", "prov:hadPrimarySource", "prov:wasDerivedFrom", "skos:inScheme", "skos:broader",
         "skos:closeMatch", "skos:topConceptOf", "skos:hasTopConcept", "time:hasBeginning", "time:hasEnd", "dcterms:license"), "@id"),
    "time:inXSDDate": "xsd:date",
}  # fmt: skip
CONTEXT: dict[str, Any] = PREFIXES | {name: {"@type": type_} for name, type_ in sorted(_COERCED.items())}


@dataclass(frozen=True, slots=True)
class Notation:
    """A notation: what stands before the triples, how some of them are written, and what stands between such parts and behind them.

    `top` takes the lines that the file says about itself."""

    top: Callable[[Iterable[str]], bytes]
    part: Callable[[Iterable[Triple]], bytes]
    between: bytes
    end: bytes


def written(triples: Iterable[Triple], notation: Notation, about: Iterable[str] = ()) -> Iterator[bytes]:
    """Yields a graph in a notation, part by part, in the order of the triples."""
    yield notation.top(about)
    left, between = iter(triples), b""
    while some := list(islice(left, AT_ONCE)):
        yield between + notation.part(some)
        between = notation.between
    yield notation.end


def _turtle(triples: Iterable[Triple]) -> bytes:
    whole = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return (whole or b"")[len(_HEAD) :]


def _turtle_top(about: Iterable[str]) -> bytes:
    comments = "".join(f"# {' '.join(line.split())}\n" for line in about)
    return comments.encode() + _HEAD


def _json_ld_top(about: Iterable[str]) -> bytes:
    """Returns the context. JSON has no comments: what the lines say stands in the graph as well."""
    return b'{"@context":' + orjson.dumps(CONTEXT) + b',\n"@graph":[\n'


def _json_ld(triples: Iterable[Triple]) -> bytes:
    """Returns a node object for each run of triples with one subject, one a line."""
    return b",\n".join(orjson.dumps(_node(subject, list(group))) for subject, group in groupby(triples, key=lambda t: t.subject))


def _node(subject: Any, triples: list[Triple]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": subject.value}
    for triple in triples:
        value: Any
        if triple.predicate == TYPE and isinstance(triple.object, NamedNode):
            name, value = "@type", _short(triple.object.value)
        else:
            name = _short(triple.predicate.value)
            value = _value(triple.object, _COERCED.get(name))
        before = node.setdefault(name, value)
        if before is not value:
            node[name] = [*before, value] if isinstance(before, list) else [before, value]
    return node


def _value(value: Any, coerced: str | None) -> Any:
    if isinstance(value, NamedNode):
        address = _short(value.value)
        return address if coerced == "@id" else {"@id": address}
    assert isinstance(value, Literal)
    if value.language:
        return {"@language": value.language, "@value": value.value}
    type_ = _short(value.datatype.value)
    if type_ == (coerced or "xsd:string"):
        return value.value
    return {"@value": value.value} if type_ == "xsd:string" else {"@type": type_, "@value": value.value}


def _short(address: str) -> str:
    """Returns a prefixed name, or the address if no prefix fits."""
    at = max(address.rfind("/"), address.rfind("#")) + 1
    if prefix := _PREFIX_OF.get(address[:at]):
        return f"{prefix}:{address[at:]}"
    ours = PREFIXES["rg"]
    return f"rg:{address[len(ours) :]}" if address.startswith(ours) else address


TURTLE = Notation(_turtle_top, _turtle, b"", b"")
JSON_LD = Notation(_json_ld_top, _json_ld, b",\n", b"\n]}\n")
NOTATIONS = {"text/turtle": TURTLE, "application/ld+json": JSON_LD}


def serialized(triples: Iterable[Triple], media: str) -> bytes:
    """Returns a graph in the notation of a media type, `text/turtle` or `application/ld+json`. Raises KeyError for another."""
    return b"".join(written(triples, NOTATIONS[media]))
