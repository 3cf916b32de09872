"""The importers by the name that the command line knows them by."""

from __future__ import annotations

from graph.errors import WrongSetting
from seeds.imports.boundaries import BOUNDARIES
from seeds.imports.cbs import CBS
from seeds.imports.importer import Importer
from seeds.imports.lists.contracts import CONTRACT_LISTS
from seeds.imports.lists.providers import PROVIDER_LISTS
from seeds.imports.roo import ROO
from seeds.imports.rvig import RVIG
from seeds.imports.tooi import TOOI

_ALL = (CBS, TOOI, RVIG, ROO, BOUNDARIES, CONTRACT_LISTS, PROVIDER_LISTS)
IMPORTERS = {importer.name: importer for importer in _ALL}


def importer(name: str) -> Importer:
    """Returns the importer of a name. Raises WrongSetting if there is none."""
    if name not in IMPORTERS:
        raise WrongSetting(f'There is no importer "{name}".', f"Use one of: {', '.join(IMPORTERS)}.")
    return IMPORTERS[name]
