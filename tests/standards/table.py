"""Every standard in one table: what of ours is checked, by whose rules, with which checker, and a file of its key that is wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse

from api.pages.standards.results import Result
from graph.domain.claim import Dataset
from tests.api.export.rdf.shapes import OURS
from tests.house.readme import ROOT
from tests.house.sbom import SBOM
from tests.standards import checkers, ours
from tests.standards.checkers import Checker, Found, by_shapes
from tests.standards.publishers import rules

WRONG = Path(__file__).parent / "wrong"
PUBLICCODE = ROOT / "publiccode.yml"
DCAT = tuple(
    f"dcat-ap-nl-3.0/{name}.ttl"
    for name in (
        "dcat-ap-SHACL", "dcat-ap-nl-SHACL", "dcat-ap-nl-SHACL-klassebereik", "dcat-ap-nl-SHACL-klassebereik-codelijsten",
        "dcat-ap-nl-SHACL-aanbevolen",
    )
)  # fmt: skip
NL_SBB = "nl-sbb-1.0/skos-ap-nl.ttl"
CPOV = "cpov-2.1.2/core-public-organisation-ap-SHACL.ttl"


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard. `make` makes what of ours is checked, `read` reads the wrong file as the same, `find` checks either."""

    key: str
    name: str
    version: str
    specification: str
    rules: tuple[str, ...]
    checked: str
    checker: Checker
    make: Callable[[Dataset], Any]
    read: Callable[[Path], Any]
    find: Callable[[Any], Found]
    slow: bool = False

    @property
    def wrong(self) -> Path:
        (file,) = WRONG.glob(f"{self.key}.*")
        return file

    def digest(self, dataset: Dataset) -> str | None:
        """Returns the SHA-256 of all that the checker sees, if the checker cannot be everywhere."""
        if self.checker.everywhere:
            return None
        seen = (self.make(dataset), self.read(self.wrong))
        return sha256(b"\0".join(one.read_bytes() if isinstance(one, Path) else json.dumps(one).encode() for one in seen)).hexdigest()

    def check(self, dataset: Dataset, on: date) -> Result:
        """Returns what the checker finds today. Raises Missing if it is not here, or the publisher's rules are not."""
        found, wrong = self.find(self.make(dataset)), self.find(self.read(self.wrong))
        return Result(
            self.key, self.name, self.version, self.specification, self.rules, self.checked, self.checker.name, self.checker.version(),
            found.errors, found.warnings, self.wrong.relative_to(ROOT).as_posix(), wrong.errors, on, self.digest(dataset),
        )  # fmt: skip


def triples(file: Path) -> list[Triple]:
    return [quad.triple for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE)]


def _json(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _file(file: Path) -> Path:
    return file


def _by_dcat(graph: list[Triple]) -> Found:
    """Checks by each file of rules on its own, as their publisher does."""
    each = [by_shapes(graph, rules(place)) for place in DCAT]
    warnings = sum((Counter(found.warnings) for found in each), Counter[str]())
    return Found(sum(found.errors for found in each), dict(sorted(warnings.items())))


STANDARDS = (
    Standard(
        "dcat-ap-nl", "DCAT-AP-NL", "3.0", "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/", DCAT, "/v1/export/dcat", checkers.PYSHACL,
        ours.catalogue, triples, _by_dcat,
    ),
    Standard(
        "nl-sbb", "NL-SBB", "1.0", "https://docs.geostandaarden.nl/nl-sbb/nl-sbb/", (NL_SBB,), "/v1/export/concepts", checkers.PYSHACL,
        ours.concepts, triples, lambda graph: by_shapes(graph, rules(NL_SBB), inference="rdfs", advanced=True), slow=True,
    ),
    Standard(
        "cpov", "Core Public Organisation Vocabulary", "2.1.2", "https://semiceu.github.io/CPOV/releases/2.1.2/", (CPOV,),
        "/v1/export/turtle", checkers.PYSHACL, ours.organisations, triples, lambda graph: by_shapes(graph, rules(CPOV)),
    ),
    Standard(
        "api-design-rules", "API Design Rules", "2026-05-18", "https://gitdocumentatie.logius.nl/publicatie/api/adr/",
        ("api-design-rules/linter.yaml",), "/v1/openapi.json", checkers.SPECTRAL_CLI, ours.openapi, _json, checkers.by_design_rules,
    ),
    Standard(
        "ocds", "Open Contracting Data Standard", "1.1", "https://standard.open-contracting.org/1.1/en/",
        ("ocds-1.1/release-package-schema.json", "ocds-1.1/release-schema.json"), "/v1/export/ocds", checkers.JSONSCHEMA, ours.contracts,
        _json, checkers.by_ocds,
    ),
    Standard(
        "publiccode", "publiccode.yml", "0.7", "https://yml.publiccode.tools/", (), "publiccode.yml", checkers.PUBLICCODE_PARSER,
        lambda _: PUBLICCODE, _file, checkers.by_publiccode,
    ),
    Standard(
        "shapes", "SHACL", "2017-07-20", "https://www.w3.org/TR/shacl/", ("api/export/rdf/shapes.ttl",), "/v1/export/turtle",
        checkers.PYSHACL, ours.few_of_the_graph, triples, lambda graph: by_shapes(graph, OURS, meta=True),
    ),
    Standard(
        "cyclonedx", "CycloneDX", "1.6", "https://cyclonedx.org/docs/1.6/json/", (), ".ci/requirements/sbom.cdx.json", checkers.CYCLONEDX,
        lambda _: SBOM.read_text("utf-8"), lambda file: file.read_text("utf-8"), checkers.by_cyclonedx,
    ),
)  # fmt: skip


def updated(kept: Result | None, found: Result) -> Result:
    """Returns a result to be kept: with the day on which it was first found so, if it is the same as before."""
    return kept if kept and replace(found, date=kept.date) == kept else found


def markdown(results: Mapping[str, Result]) -> str:
    """Returns the results as the table of the manual."""
    lines = ["| standard | checked | errors | warnings | checker | a wrong file | on |", "|---|---|---|---|---|---|---|"]
    for one in results.values():
        name = f"[{one.name} {one.version}]({one.specification})"
        wrong = f"[{one.wrong_errors} errors](../{one.wrong})"
        warnings = sum(one.warnings.values())
        lines.append(
            f"| {name} | `{one.checked}` | {one.errors} | {warnings} | {one.checker} {one.checker_version} | {wrong} | {one.date} |"
        )
    return "\n".join(lines) + "\n"
