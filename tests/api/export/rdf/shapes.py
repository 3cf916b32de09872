"""Checks RDF by shapes of SHACL with pyshacl: those of a publisher beside the project, or our own."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyshacl
from pyoxigraph import Triple
from rdflib import Graph
from rdflib.namespace import RDF, SH

from api.export.rdf.things import serialized
from tests.house.readme import ROOT

OURS = ROOT / "api/export/rdf/shapes.ttl"
VIOLATION, WARNING, INFO = "Violation", "Warning", "Info"


@cache
def shapes(*files: Path) -> Graph:
    out = Graph()
    for file in files:
        out.parse(file, format="turtle")
    return out


def findings(
    triples: Iterable[Triple], *files: Path, inference: str = "none", advanced: bool = False, meta: bool = False
) -> Counter[tuple[str, str]]:
    """Returns what is wrong with a graph: how often, by severity and by the name of the property, or else of the shape.

    With `meta` the shapes are first checked by those of SHACL itself, and raise ShapeLoadError if they are wrong.
    """
    graph = Graph().parse(data=serialized(triples, "text/turtle"), format="turtle")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pyshacl uses what rdflib has deprecated
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes(*files), inference=inference, advanced=advanced, meta_shacl=meta)
    assert isinstance(report, Graph)
    out: Counter[tuple[str, str]] = Counter()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        about = report.value(result, SH.resultPath) or report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
        severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
        out[severity, re.split("[#/:]", str(about))[-1]] += 1
    return out
