"""The programs of others that check what is ours by the rules of a standard. One that is not on this machine is Missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from jsonschema import Draft4Validator, FormatChecker
from pyoxigraph import Triple
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.api.export.rdf.shapes import VIOLATION, findings
from tests.house.readme import ROOT
from tests.standards.publishers import Missing, rules

SPECTRAL = ROOT / "node_modules/@stoplight/spectral-cli"
PARSER = "publiccode-parser"


@dataclass(frozen=True, slots=True)
class Found:
    """What a checker found: how many errors, and how many warnings by their names."""

    errors: int
    warnings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checker:
    """A program that checks. `everywhere` is False for one that is no Python package, so that not everybody has it."""

    name: str
    version: Callable[[], str]
    everywhere: bool = True


# ── where they are ────────────────────────────────────────────────────────────────────────────────


def _node() -> str:
    path = shutil.which("node")
    if not path or not SPECTRAL.is_dir():
        raise Missing("there is no Node with Spectral: run `npm ci`")
    return path


def _parser() -> str:
    path = shutil.which(PARSER)
    if not path:
        raise Missing(f"there is no {PARSER} on the PATH: its publisher, italia/publiccode-parser-go, has releases of it")
    return path


def _parser_version() -> str:
    return subprocess.run([_parser(), "-version"], capture_output=True, text=True, check=True).stderr.split()[0].removeprefix("v")


PYSHACL = Checker("pyshacl", lambda: version("pyshacl"))
JSONSCHEMA = Checker("jsonschema", lambda: version("jsonschema"))
CYCLONEDX = Checker("cyclonedx-python-lib", lambda: version("cyclonedx-python-lib"))
SPECTRAL_CLI = Checker("Spectral", lambda: str(json.loads((SPECTRAL / "package.json").read_text("utf-8"))["version"]), everywhere=False)
PUBLICCODE_PARSER = Checker(PARSER, _parser_version, everywhere=False)


# ── what they find ────────────────────────────────────────────────────────────────────────────────


def by_shapes(triples: Iterable[Triple], *files: Path, inference: str = "none", advanced: bool = False, meta: bool = False) -> Found:
    """Checks a graph by shapes of SHACL; a severity below Violation is a warning."""
    found = findings(triples, *files, inference=inference, advanced=advanced, meta=meta)
    warnings = Counter[str]()
    for (severity, name), many in found.items():
        warnings[name] += many * (severity != VIOLATION)
    return Found(sum(many for (severity, _), many in found.items() if severity == VIOLATION), dict(sorted((+warnings).items())))


@cache
def ocds_schemas() -> Mapping[str, Any]:
    """Returns the schemas of OCDS by the names of their files."""
    return {path.name: json.loads(path.read_text("utf-8")) for path in rules("ocds-1.1").glob("*.json")}


def ocds_validator(schemas: Mapping[str, Any]) -> Draft4Validator:
    registry: Any = Registry().with_resources((each["id"], DRAFT4.create_resource(each)) for each in schemas.values())
    return Draft4Validator(schemas["release-package-schema.json"], registry=registry, format_checker=FormatChecker())


def by_ocds(document: Any) -> Found:
    """Checks a release package."""
    return Found(len(list(ocds_validator(ocds_schemas()).iter_errors(document))))


def spectral(document: Any) -> list[dict[str, Any]]:
    """Returns what Spectral finds in a description of addresses: a rule, a path and a severity each, of which 0 is an error."""
    ruleset = rules("api-design-rules/linter.yaml")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "openapi.json"
        file.write_text(json.dumps(document), "utf-8")
        command = [_node(), str(SPECTRAL / "dist/index.js"), "lint", str(file), "-r", str(ruleset), "-f", "json", "-q"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, env={**os.environ, "SCARF_ANALYTICS": "false"})
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout or "[]")
    return found


def by_design_rules(document: Any) -> Found:
    found = spectral(document)
    return Found(sum(one["severity"] == 0 for one in found), dict(sorted(Counter(one["code"] for one in found if one["severity"]).items())))


def by_cyclonedx(text: str) -> Found:
    """Checks a list of packages strictly: what the schema does not know is wrong too."""
    return Found(len(list(JsonStrictValidator(SchemaVersion.V1_6).validate_str(text, all_errors=True) or ())))


def by_publiccode(file: Path) -> Found:
    """Checks a publiccode.yml and the files that it names, without a network: our address leads nowhere yet."""
    command = [_parser(), "-no-network", "-json", file.name]
    found = json.loads(subprocess.run(command, cwd=file.parent, capture_output=True, text=True, check=True).stdout)
    warnings = Counter(one["key"] for one in found if one["type"] != "error")
    return Found(sum(one["type"] == "error" for one in found), dict(sorted(warnings.items())))
