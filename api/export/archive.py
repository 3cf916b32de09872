"""One zip with the files of all formats and a manifest: which program and data made it, and the digest of each file. And its check."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, version
from pathlib import Path
from typing import Any

from api.export.claims import header
from api.export.export import Export, FileRefused, Format
from api.export.lists import CSV, csv_files
from api.export.zipped import File, zipped
from graph.domain.claim import Text

MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 16 * 2**20
_PIECE = 2**20


# ── written ───────────────────────────────────────────────────────────────────────────────────────


def archive(formats: Sequence[Format]) -> Format:
    """Returns the format of all these formats in one zip. What is a zip itself is in it file by file, in a folder."""
    title = Text(
        "Alle bestanden in één zip, met een lijst van hun controlegetallen", "All files in one zip, with a manifest of their digests"
    )
    return Format("all", "regiograaf.zip", "application/zip", title, lambda export: _archive(export, formats))


def _archive(export: Export, formats: Sequence[Format]) -> AsyncIterator[bytes]:
    def last(described: Sequence[Mapping[str, Any]]) -> tuple[str, bytes]:
        return MANIFEST, (json.dumps(manifest(export, described), ensure_ascii=False, indent=2) + "\n").encode()

    return zipped(_files(export, formats), last)


async def _files(export: Export, formats: Sequence[Format]) -> AsyncIterator[File]:
    for each in formats:
        about = {"mediaType": each.media_type, "title": each.title["EN"]}
        if each is CSV:
            async for file in csv_files(export):
                yield File(f"csv/{file.name}", file.content, file.about)
        else:
            yield File(each.file_name, each.write(export), about)


def manifest(export: Export, files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Returns what an archive says of itself."""
    about = {name: value for name, value in header(export).items() if name != "record"}
    return {"program": program(), **about, "files": files}


def program() -> dict[str, str | None]:
    """Returns the version of this program, and the commit from which it was installed, or None if that is not known."""
    try:
        installed = Distribution.from_name("regiograaf").read_text("direct_url.json")
        origin = json.loads(installed or "{}").get("vcs_info", {})
    except (PackageNotFoundError, ValueError):
        origin = {}
    return {"name": "regiograaf", "version": version("regiograaf"), "commit": origin.get("commit_id")}


# ── and checked ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of a check: what is wrong with the files of an archive, and how it differs from what runs now."""

    files: int
    wrong: tuple[str, ...]
    differences: tuple[str, ...]


def verify(path: Path, now: Mapping[str, Any]) -> Verified:
    """Compares each file of an archive with its manifest, and the manifest with that of `now`. Raises FileRefused."""
    try:
        with zipfile.ZipFile(path) as whole:
            said = _manifest(whole)
            wrong = tuple(_faults(whole, {each["name"]: each for each in said["files"]}))
            return Verified(len(said["files"]), wrong, tuple(_differences(said, now)))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        raise FileRefused(f"{path} is no archive of an export: {reason}.", "Give a file that `regiograaf export all` wrote.") from None


def _manifest(whole: zipfile.ZipFile) -> Any:
    if whole.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise ValueError("its manifest is too large")
    said = json.loads(whole.read(MANIFEST))
    if not isinstance(said, dict) or not {"dataVersion", "datasets", "program", "asOf"} <= said.keys():
        raise ValueError("its manifest is not complete")
    return said


def _faults(whole: zipfile.ZipFile, said: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    there = [entry.filename for entry in whole.infolist()]
    for name in there:
        if name != MANIFEST and (name not in said or there.count(name) > 1):
            yield f"{name}: the manifest does not list it{' so often' if name in said else ''}."
    for name, about in said.items():
        if name not in there:
            yield f"{name}: it is not in the archive."
        elif _digest(whole, name, int(about["size"])) != about["sha256"]:
            yield f"{name}: its content is not what was written."


def _digest(whole: zipfile.ZipFile, name: str, size: int) -> str:
    """Returns the digest of a file, or nothing if it cannot be unpacked or is larger than it says."""
    digest, left = hashlib.sha256(), size
    try:
        with whole.open(name) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                left -= len(piece)
                if left < 0:
                    return ""
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error):
        return ""
    return digest.hexdigest()


def _differences(said: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name, what in (("version", "program"), ("commit", "commit of the program")):
        then, today = said["program"].get(name), now["program"].get(name)
        if then != today:
            yield f"The {what} is {then or 'not known'} in the file, and {today or 'not known'} now."
    if said["dataVersion"] != now["dataVersion"]:
        yield f"The data has version {said['dataVersion']} in the file, and {now['dataVersion']} now."
    then, today = ({each["slug"]: each["version"] for each in one["datasets"]} for one in (said, now))
    for slug in sorted(then.keys() | today.keys()):
        if then.get(slug) != today.get(slug):
            yield f'The dataset "{slug}" is {_version(then.get(slug))} in the file, and {_version(today.get(slug))} now.'


def _version(of: str | None) -> str:
    return f"version {of}" if of else "not there"
