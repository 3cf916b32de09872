"""Claims, sources, contradictions and datasets as RDF (PROV-O): who says what, where, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from api.export.export import Export
from api.export.rdf.concepts import predicate_word, qualifier_word, value_word
from api.export.rdf.description import Description, Plain, node, word
from api.export.rdf.periods import add_bounds
from graph.build.properties import period_properties
from graph.domain.claim import Claim, ClaimDataset, Conflict, EntityRef, Source, Text
from graph.domain.conflict import decide
from graph.domain.reference import uri

# The licences that datasets and sources name, by their names at SPDX, with the addresses of their texts.
LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "EUPL-1.2": "http://publications.europa.eu/resource/authority/licence/EUPL_1_2",
}
NO_LICENCE = Text("Er is geen licentie bekend.", "No licence is known.")


def described(export: Export, key: str, *classes: str) -> Description:
    """Returns the description of something with a key, which always has its identity too."""
    return Description(export.uri(key), *classes).add("dcterms:identifier", uri(key))


def claim_triples(export: Export, claim: Claim, set_aside: bool) -> Iterator[Triple]:
    """Yields a claim as a thing of its own: what it says, when, according to which place in which source."""
    place = claim.locator
    about = described(export, f"claim/{claim.key}", "rg:Claim", "prov:Entity")
    about.add("subject", node(export.uri(claim.subject))).add("predicate", predicate_word(claim.predicate))
    if isinstance(claim.value, EntityRef):
        about.add("object", node(export.uri(claim.value.key)))
    else:
        about.add("value", value_word(claim) or claim.value)
    for name in sorted(claim.qualifiers):
        _add_qualifier(export, about, claim, name)
    add_bounds(about, period_properties(claim.period))
    about.add("prov:hadPrimarySource", node(export.uri(f"source/{claim.source}")))
    about.add("section", place.section).add("page", place.page).add("paragraph", place.paragraph)
    about.add("footnote", place.footnote).add("link", place.link)
    about.add("rank", word("ClaimRank", claim.rank)).add("rankReason", claim.rank_reason)
    about.add("method", word("AssertionMethod", claim.method)).add("summary", claim.summary)
    about.add("setAside", True if set_aside else None)
    yield from about.add("inDataset", node(export.uri(f"dataset/{claim.dataset}")) if claim.dataset else None)


def _add_qualifier(export: Export, about: Description, claim: Claim, name: str) -> None:
    value = claim.qualifiers[name]
    if name == "functions":
        about.add("function", *(node(export.uri(key)) for key in str(value).split()))
    elif name in ("onBehalfOf", "part"):
        about.add(name, node(export.uri(str(value))))
    elif name != "planned":  # which is in the bounds
        about.add(name, qualifier_word(name, str(value)) or value)
    else:
        about.add(name, True if value else None)


def source_triples(export: Export, source: Source) -> Iterator[Triple]:
    """Yields a source: its title and publisher as it gives them, its licence or that none is known, and what was left out."""
    about = described(export, f"source/{source.slug}", "rg:Source", "prov:Entity").add(
        "dcterms:title", Literal(source.title, language="nl")
    )
    about.add("kind", word("SourceKind", source.kind)).add("dc:publisher", source.publisher)
    about.add("foaf:page", node(source.url) if source.url else None).add("dcterms:issued", source.published)
    about.add("written", source.written).add("writtenReason", source.written_reason).add("readOn", source.read)
    _add_licence(about, source.licence)
    left = [f"{about.node.value}#left-out-{at}" for at in range(1, len(source.left_out) + 1)]
    yield from about.add("leftOut", *map(node, left))
    for address, entry in zip(left, source.left_out, strict=True):
        omitted = Description(address, "rg:LeftOut").add("dcterms:description", entry.text).add("section", entry.section)
        yield from omitted.add("reason", word("LeftOutReason", entry.reason))


def conflict_triples(export: Export, conflict: Conflict) -> Iterator[Triple]:
    """Yields a contradiction: its claims, and which of them the rule chose, if it chose one."""
    chosen, rule = decide(conflict, export.dataset.claims, export.dataset.sources)
    about = described(export, f"conflict/{conflict.key}", "rg:Conflict")
    about.add("subject", node(export.uri(conflict.subject))).add("predicate", predicate_word(conflict.predicate))
    about.add("kind", word("ConflictKind", conflict.kind)).add("status", word("ConflictStatus", conflict.status))
    about.add("claim", *(node(export.uri(f"claim/{key}")) for key in conflict.claims))
    about.add("chosenClaim", node(export.uri(f"claim/{chosen}")) if chosen else None).add("rule", word("ConflictRule", rule))
    yield from about.add("dcterms:description", conflict.explanation)


def dataset_triples(export: Export, dataset: ClaimDataset) -> Iterator[Triple]:
    """Yields a dataset with its version, publisher and licence as it gives them."""
    about = described(export, f"dataset/{dataset.slug}", "rg:Dataset").add("dcterms:title", dataset.title).add("scope", dataset.scope)
    about.add("dc:publisher", dataset.publisher).add("owl:versionInfo", dataset.version).add("checkedOn", dataset.checked)
    yield from _add_licence(about, dataset.licence)


def version_triples(export: Export) -> Iterator[Triple]:
    """Yields what the file says about itself: its day, the version of the data, and the sources."""
    about = Description(f"{uri('version')}:{export.data_version}", "rg:DataVersion").add("asOf", export.day)
    about.add("owl:versionInfo", export.data_version)
    about.add("prov:wasDerivedFrom", *(node(export.uri(f"dataset/{slug}")) for slug in export.dataset.datasets))
    yield from about.add("prov:hadPrimarySource", *(node(export.uri(f"source/{slug}")) for slug in export.dataset.sources))


def _add_licence(about: Description, licence: str | None) -> Description:
    address: Plain = node(LICENCES[licence]) if licence in LICENCES else None
    return about.add("dcterms:license", address).add("dc:rights", licence or NO_LICENCE)
