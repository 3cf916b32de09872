"""Checks RDF by shapes of SHACL with pyshacl: those of a publisher beside the project, or our own."""

from __future__ import annotations

import os
import re
import subprocess
import warnings
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import Triple
from rdflib import Graph
from rdflib.namespace import RDF, SH

from api.export.rdf.things import serialized
from tests.house.readme import ROOT

OURS = ROOT / "api/export/rdf/shapes.ttl"
VIOLATION, WARNING, INFO = "Violation", "Warning", "Info"


def standard(place: str) -> Path:
    """Returns a file of a publisher's rules. Skips the test if there is none; with REQUIRE_SHARED=1 that is a failure."""
    found = next((folder / place for folder in _beside() if (folder / place).is_file()), None)
    if found is None:
        assert os.environ.get("REQUIRE_SHARED") != "1", f"{place} is not beside the project"
        pytest.skip(f"{place} is not beside the project")
    return found


@cache
def _beside() -> tuple[Path, ...]:
    """The folders in which `shared` may lie: beside the project, and beside the checkout that a work tree belongs to."""
    git = subprocess.run(["git", "rev-parse", "--git-common-dir"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    places = (ROOT.parent, (ROOT / git).resolve().parent.parent) if git else (ROOT.parent,)
    return tuple(place / "shared/standards" for place in places)


@cache
def shapes(*files: Path) -> Graph:
    out = Graph()
    for file in files:
        out.parse(file, format="turtle")
    return out


def findings(triples: Iterable[Triple], *files: Path, inference: str = "none", advanced: bool = False) -> Counter[tuple[str, str]]:
    """Returns what is wrong with a graph: how often, by severity and by the name of the property, or else of the shape."""
    graph = Graph().parse(data=serialized(triples, "text/turtle"), format="turtle")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pyshacl uses what rdflib has deprecated
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes(*files), inference=inference, advanced=advanced)
    assert isinstance(report, Graph)
    out: Counter[tuple[str, str]] = Counter()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        about = report.value(result, SH.resultPath) or report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
        severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
        out[severity, re.split("[#/:]", str(about))[-1]] += 1
    return out
