"""The list of what the image is made of, as CycloneDX, made from the lock: `python -m tests.house.sbom` writes it anew."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOCK, BUILD_LOCK, SBOM = (ROOT / ".ci" / "requirements" / name for name in ("run.txt", "build.txt", "sbom.cdx.json"))
_PACKAGE = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def locked(lock: Path) -> dict[str, str]:
    """The version of each package of a lock."""
    return dict(_PACKAGE.findall(lock.read_text("utf-8")))


def direct() -> list[str]:
    """The names of the packages that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return sorted(re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower() for requirement in project["dependencies"])


def sbom() -> dict[str, Any]:
    """The list. It has no time and no serial number, so that equal locks give equal bytes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    packages = {name: f"pkg:pypi/{name}@{version}" for name, version in locked(LOCK).items()}
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": own, "name": project["name"], "version": project["version"], "purl": own}
        },
        "components": [
            {"type": "library", "bom-ref": purl, "name": name, "version": locked(LOCK)[name], "purl": purl}
            for name, purl in packages.items()
        ],
        "dependencies": [{"ref": own, "dependsOn": [packages[name] for name in direct()]}],
    }


def text() -> str:
    return json.dumps(sbom(), indent=1) + "\n"


if __name__ == "__main__":
    SBOM.write_text(text(), "utf-8")
