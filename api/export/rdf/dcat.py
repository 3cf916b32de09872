"""The catalogue of the datasets by DCAT-AP-NL 3.0: each with its licence and its files, and GraphQL as the service that answers from them.

Publisher, contact and licences are what the settings and the datasets say. One that is needed and that nobody gives is an error, and never
made up.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from api.export.export import Export, Format
from api.export.rdf.description import Description, node
from api.export.rdf.graph import header
from api.export.rdf.provenance import LICENCES
from api.export.rdf.syntax import TURTLE, written
from api.export.rdf.terms import TYPE, term
from api.settings import Settings, settings_now
from graph.domain.claim import ClaimDataset, Text
from graph.domain.reference import uri
from graph.errors import WrongSetting

EU = "http://publications.europa.eu/resource/authority/"
PUBLIC = f"{EU}access-right/PUBLIC"
LANGUAGES = (f"{EU}language/NLD", f"{EU}language/ENG")
THEMES = {
    f"{EU}data-theme/GOVE": Text("Overheid en publieke sector", "Government and public sector"),
    f"{EU}data-theme/SOCI": Text("Bevolking en samenleving", "Population and society"),
}
KEYWORDS = (Text("jeugdhulp", "youth care"), Text("gemeenten", "municipalities"), Text("inkoop", "procurement"))
TITLE = Text("Regiograaf: regionale jeugdhulp", "Regiograaf: regional youth care")
ABOUT = Text(
    "Wie in welke regio de jeugdhulp regelt, per dag en volgens welke bron.",
    "Who arranges youth care in which region, by day and by source.",
)
SERVICE = Text("Vragen stellen aan Regiograaf met GraphQL", "Asking Regiograaf by GraphQL")
# What a file of a format keeps to. A format that is not here keeps to no published standard.
STANDARDS = {
    "turtle": "https://www.w3.org/TR/turtle/", "json-ld": "https://www.w3.org/TR/json-ld11/",
    "ocds": "https://standard.open-contracting.org/1.1/", "graphml": "http://graphml.graphdrawing.org/",
    "geojson": "https://www.rfc-editor.org/rfc/rfc7946", "ics": "https://www.rfc-editor.org/rfc/rfc5545",
    "atom": "https://www.rfc-editor.org/rfc/rfc4287", "csv": "https://www.rfc-editor.org/rfc/rfc4180",
    "xlsx": "https://www.iso.org/standard/71691.html", "graphql": "https://spec.graphql.org/",
}  # fmt: skip
MODELS = ("https://www.w3.org/TR/vocab-org/", "https://www.w3.org/TR/prov-o/")  # in which the data themselves are put
IN_ONE_FILE = Text(
    "Het bestand heeft alle gegevenssets. Bij elke staat onder welke licentie.", "The file has all datasets. Each says under which licence."
)
CATALOGUE = "dcat"  # the name of the format
ABOUT_THE_DATA = (CATALOGUE, "shapes", "concepts")  # files that describe the data and are no form of them
GRAPHQL = ("graphql", "application/json", "Vragen met GraphQL, met JSON als antwoord")


@dataclass(frozen=True, slots=True)
class Publisher:
    """The publisher of the catalogue: its name, the address that names it, where it can be reached, and the licence of its service."""

    name: str
    address: str
    contact: str
    licence: str


def publisher_of(settings: Settings) -> Publisher:
    """Returns the publisher that the settings name. Raises WrongSetting with the settings that are lacking."""
    names = ("publisher_name", "publisher_uri", "contact", "service_licence")
    values = [str(getattr(settings, f"regiograaf_{name}")) for name in names]
    lacking = [f"REGIOGRAAF_{name.upper()}" for name, value in zip(names, values, strict=True) if not value]
    if lacking:
        raise WrongSetting(
            f"The catalogue by DCAT-AP-NL needs {', '.join(lacking)}.", "Set them in the environment; the manual lists them."
        )
    name, address, contact, licence = values
    return Publisher(name, address, contact, _licence(licence, "REGIOGRAAF_SERVICE_LICENCE"))


def catalogue_triples(export: Export, formats: Iterable[Format], publisher: Publisher) -> Iterator[Triple]:
    """Yields the catalogue. Raises WrongSetting if there are no addresses yet, or if a dataset names no licence."""
    base = _base(export)
    files = [(f.name, f.media_type.partition(";")[0], f.title["NL"]) for f in formats if f.name not in ABOUT_THE_DATA]
    about = Description(f"{base}/v1/export/dcat#catalog", "dcat:Catalog").add("dcterms:title", TITLE).add("dcterms:description", ABOUT)
    about.add("dcterms:identifier", f"{base}/v1/export/dcat#catalog").add("dcterms:publisher", node(publisher.address))
    about.add("dcterms:creator", node(publisher.address)).add("dcat:contactPoint", _contact(base))
    about.add("dcterms:language", *map(NamedNode, LANGUAGES)).add("dcterms:license", node(publisher.licence))
    about.add("foaf:homepage", node(f"{base}/")).add("dcat:service", _service(base))
    yield from about.add("dcat:dataset", *(node(export.uri(f"dataset/{slug}")) for slug in export.dataset.datasets))
    for dataset in export.dataset.datasets.values():
        yield from _dataset(export, dataset, files, publisher)
    yield from _data_service(export, base, publisher)
    yield from _agents(export, base, publisher)
    yield from _others(base, export, files, publisher)


def catalogue(formats: Callable[[], Iterable[Format]], publisher: Callable[[], Publisher] | None = None) -> Format:
    """Returns the format `dcat`, whose catalogue names the files of some formats."""

    async def write(export: Export) -> AsyncIterator[bytes]:
        who = publisher() if publisher else publisher_of(settings_now())
        for part in written(catalogue_triples(export, formats(), who), TURTLE, header(export)):
            yield part

    return Format(
        CATALOGUE,
        "catalogus.ttl",
        "text/turtle",
        Text("De catalogus van de gegevens, volgens DCAT-AP-NL", "The catalogue of the data, by DCAT-AP-NL"),
        write,
    )


def _dataset(export: Export, dataset: ClaimDataset, files: list[tuple[str, str, str]], publisher: Publisher) -> Iterator[Triple]:
    base, address, key = _base(export), export.uri(f"dataset/{dataset.slug}"), f"dataset/{dataset.slug}"
    agent = node(_agent(export, dataset, publisher))
    about = Description(address, "dcat:Dataset").add("dcterms:identifier", uri(key)).add("dcterms:title", dataset.title)
    about.add("dcterms:description", dataset.scope).add("dcat:version", dataset.version).add("dcterms:accessRights", node(PUBLIC))
    about.add("dcterms:publisher", agent).add("dcterms:creator", agent).add("dcat:contactPoint", _contact(base))
    about.add("dcat:theme", *map(node, THEMES)).add("dcat:keyword", *KEYWORDS).add("dcterms:language", *map(node, LANGUAGES))
    about.add("dcterms:conformsTo", *map(node, MODELS)).add("foaf:page", node(f"{base}/begrippen")).add(
        "dcat:landingPage", node(f"{base}/")
    )
    distributions = [(f"{address}#{name}", name, media, title) for name, media, title in (*files, GRAPHQL)]
    yield from about.add("dcat:distribution", *(node(place) for place, *_ in distributions))
    licence = _licence_of(dataset)
    for place, name, media, title in distributions:
        where = f"{base}/graphql" if name == "graphql" else f"{base}/v1/export/{name}"
        one = Description(place, "dcat:Distribution").add("dcterms:title", Literal(title, language="nl")).add("dcat:accessURL", node(where))
        one.add("dcterms:description", IN_ONE_FILE).add("dcat:downloadURL", node(where) if name != "graphql" else None).add(
            "dcterms:license", node(licence)
        )
        one.add("dcat:accessService", _service(base) if name == "graphql" else None).add("dcat:mediaType", _media(media))
        one.add("dcterms:conformsTo", node(STANDARDS[name]) if name in STANDARDS else None)
        yield from one.add("dcterms:language", *map(node, LANGUAGES))


def _data_service(export: Export, base: str, publisher: Publisher) -> Iterator[Triple]:
    about = Description(_service(base).value, "dcat:DataService").add("dcterms:title", SERVICE).add("dcterms:description", ABOUT)
    about.add("dcterms:identifier", _service(base).value).add("dcat:endpointURL", node(f"{base}/graphql"))
    about.add("dcat:endpointDescription", node(f"{base}/schema.graphql")).add("dcterms:accessRights", node(PUBLIC))
    about.add("dcat:contactPoint", _contact(base)).add("dcterms:license", node(publisher.licence))
    about.add("dcterms:publisher", node(publisher.address)).add("dcterms:creator", node(publisher.address))
    about.add("dcat:theme", *map(node, THEMES)).add("dcat:keyword", *KEYWORDS).add("dcterms:language", *map(node, LANGUAGES))
    about.add("dcterms:conformsTo", node(STANDARDS["graphql"]))
    yield from about.add("dcat:servesDataset", *(node(export.uri(f"dataset/{slug}")) for slug in export.dataset.datasets))


def _agents(export: Export, base: str, publisher: Publisher) -> Iterator[Triple]:
    names = {publisher.address: publisher.name}
    for dataset in export.dataset.datasets.values():
        names.setdefault(_agent(export, dataset, publisher), dataset.publisher or publisher.name)
    for address, name in names.items():
        yield from Description(address, "foaf:Agent").add("foaf:name", name)
    about = Description(_contact(base).value, "vcard:Kind", "vcard:Organization").add("vcard:fn", publisher.name)
    yield from about.add("vcard:hasEmail" if publisher.contact.startswith("mailto:") else "vcard:hasURL", node(publisher.contact))


def _others(base: str, export: Export, files: list[tuple[str, str, str]], publisher: Publisher) -> Iterator[Triple]:
    """Yields of which kind everything is that the catalogue refers to, as DCAT-AP wants it said."""
    licences = [publisher.licence, *map(_licence_of, export.dataset.datasets.values())]
    media = [_media(kind).value for _, kind, _ in (*files, GRAPHQL)]
    places = [f"{base}/graphql", f"{base}/schema.graphql", *(f"{base}/v1/export/{name}" for name, *_ in files)]
    kinds = (
        ("dcterms:RightsStatement", [PUBLIC]), ("dcterms:LinguisticSystem", LANGUAGES), ("dcterms:LicenseDocument", licences),
        ("dcterms:MediaType", media), ("dcterms:Standard", [STANDARDS[name] for name, *_ in (*files, GRAPHQL) if name in STANDARDS]),
        ("rdfs:Resource", places), ("foaf:Document", [f"{base}/", f"{base}/begrippen"]), ("dcterms:Standard", MODELS),
    )  # fmt: skip
    yield from dict.fromkeys(Triple(node(address), TYPE, term(kind)) for kind, all_ in kinds for address in all_)
    for theme, name in THEMES.items():
        yield from Description(theme, "skos:Concept").add("skos:prefLabel", name)


def _agent(export: Export, dataset: ClaimDataset, publisher: Publisher) -> str:
    """Returns the address of who publishes a dataset: the publisher of the catalogue, unless the dataset names another."""
    same = dataset.publisher in (None, publisher.name)
    return publisher.address if same else f"{export.uri(f'dataset/{dataset.slug}')}#publisher"


def _licence_of(dataset: ClaimDataset) -> str:
    if not dataset.licence:
        what = f'The catalogue by DCAT-AP-NL needs a licence of each dataset, and "{dataset.slug}" names none.'
        raise WrongSetting(what, "Write it in its dataset.yaml, as licence: CC0-1.0.")
    return _licence(dataset.licence, f'The licence of the dataset "{dataset.slug}"')


def _licence(name: str, where: str) -> str:
    """Returns the address of a licence. Raises WrongSetting for a name whose address is not known here."""
    if name.startswith(("http://", "https://")):
        return name
    if name not in LICENCES:
        raise WrongSetting(f"{where} is {name}, and its address is not known here.", f"Use {', '.join(LICENCES)}, or give its address.")
    return LICENCES[name]


def _base(export: Export) -> str:
    if not export.base_url:
        raise WrongSetting(
            "The catalogue by DCAT-AP-NL needs addresses.", "Set REGIOGRAAF_BASE_URL, such as https://regiograaf.example.nl."
        )
    return export.base_url.rstrip("/")


def _contact(base: str) -> NamedNode:
    return node(f"{base}/v1/export/dcat#contact")


def _service(base: str) -> NamedNode:
    return node(f"{base}/v1/export/dcat#graphql")


def _media(kind: str) -> NamedNode:
    return node(f"https://www.iana.org/assignments/media-types/{kind}")
