"""Reads the file `dataset.yaml` of a folder: which dataset its claims come in."""

from __future__ import annotations

from graph.domain.claim import ClaimDataset
from seeds import values
from seeds.document import YamlMap
from seeds.problem import Findings

KEYS = ("slug", "title", "scope", "version", "publisher", "licence", "checked")


def dataset_of(root: YamlMap, digest: str, findings: Findings) -> ClaimDataset | None:
    """Reads the dataset of a folder whose files have a digest, or None if there is a problem with it."""
    before = len(findings.problems)
    values.unknown_keys(root, KEYS, findings)
    slug = values.slug(values.required(root, "slug", findings), "slug", findings)
    title = values.text(values.required(root, "title", findings), "title", findings, ours=True)
    scope = values.text(values.required(root, "scope", findings), "scope", findings, ours=True)
    checked = values.day(values.required(root, "checked", findings), "checked", findings)
    version, publisher, licence = (values.plain(root.value(key), key, findings) for key in ("version", "publisher", "licence"))
    if len(findings.problems) > before or not (slug and title and scope and checked):
        return None
    return ClaimDataset(slug, title, scope, version or digest, checked, publisher, licence)
