"""A proposal: what an import would change in a folder of claims, told as claims, and written all or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.domain.claim import Claim, Dataset
from seeds.check import found_in
from seeds.folder import DATASET, Folder, files_in, folders_of
from seeds.imports.importer import File, Importer, Known, Progress
from seeds.imports.problem import ImportProblem, ImportRefused
from seeds.read import Place, Reading, read_all


@dataclass(frozen=True, slots=True)
class Proposal:
    """The difference between a folder and what an importer wants in it. `changed` has the new form of each claim."""

    folder: Path
    written: Mapping[str, bytes]
    removed: Sequence[str]
    came: Sequence[Claim]
    went: Sequence[Claim]
    changed: Sequence[Claim]
    notes: Sequence[str] = ()

    @property
    def files(self) -> int:
        """The number of files that are written or removed: none if the folder holds what is wanted already, byte by byte."""
        return len(self.written) + len(self.removed)


def read_files(paths: Sequence[Path]) -> list[File]:
    """Reads the files that were given, each by its name."""
    return [File(path.name, path.read_bytes()) for path in paths]


def propose(importer: Importer, files: Sequence[File], folder: Path, others: Sequence[Place], progress: Progress) -> Proposal:
    """Runs an importer and compares what it wants with what the folder holds. `others` are the folders that are known beside it.

    Raises ImportRefused with all problems of the files, or of the claims that would come of them.
    """
    *beside, present = folders_of([*others, Folder(folder.name, dict(files_in(folder) if folder.is_dir() else ()))])
    before = read_all(*beside, present)
    own = next((slug for slug in before.datasets if slug not in read_all(*map(_without_claims, beside)).datasets), "")
    wanted = importer.read(files, Known(_known(importer, before.dataset, present), own), progress)
    if wanted.problems:
        raise ImportRefused(sorted(set(wanted.problems)))
    if others_own := sorted(
        path for path in present.files.keys() & wanted.files.keys() if not importer.may_write(path, present.files[path])
    ):
        raise ImportRefused([_of_others(path, importer) for path in others_own])
    progress("comparing with what is there")
    written = {path: content for path, content in sorted(wanted.files.items()) if present.files.get(path) != content}
    removed = sorted(path for path in present.files.keys() - wanted.files.keys() if importer.has_written(path, present.files[path]))
    contents = {path: content for path, content in {**present.files, **written}.items() if path not in removed}
    after = read_all(*beside, Folder(folder.name, contents))
    return compared(before, after, folder, written, removed, wanted.notes)


def compared(
    before: Reading, after: Reading, folder: Path, written: Mapping[str, bytes], removed: Sequence[str], notes: Sequence[str]
) -> Proposal:
    """Returns what files change, told as claims. Raises ImportRefused if the claims would have problems that they have not now."""
    _refuse(before, after)
    old, new = ({key: replace(claim, place="") for key, claim in reading.claims.items()} for reading in (before, after))
    came = [after.claims[key] for key in sorted(new.keys() - old.keys())]
    went = [before.claims[key] for key in sorted(old.keys() - new.keys())]
    changed = [after.claims[key] for key in sorted(new.keys() & old.keys()) if new[key] != old[key]]
    return Proposal(folder, written, removed, came, went, changed, notes)


def _without_claims(folder: Folder) -> Folder:
    """Returns a folder with nothing but the file that says which dataset it is."""
    return Folder(folder.name, {path: content for path, content in folder.files.items() if path == DATASET})


def _known(importer: Importer, before: Dataset, present: Folder) -> Dataset:
    """Returns what an importer may know: all, but not what one with a mark wrote before, so that a list means the same again."""
    mine = {f"{present.name}/{path}" for path, content in present.files.items() if importer.has_written(path, content)}
    if not importer.mark or not mine:
        return before
    claims = {key: claim for key, claim in before.claims.items() if claim.place.rpartition(":")[0] not in mine}
    subjects = {claim.subject for claim in claims.values()}
    return replace(before, entities={key: entity for key, entity in before.entities.items() if key in subjects}, claims=claims)


def _of_others(path: str, importer: Importer) -> ImportProblem:
    what = f"`import {importer.name}` did not write this file, so it does not overwrite it."
    return ImportProblem(path, "", 0, "", what, "Import into a folder of its own, or remove the file.", "OTHER_FILE")


def _refuse(before: Reading, after: Reading) -> None:
    """Raises ImportRefused if the claims would have problems that they have not now, or if the folder is no dataset."""
    had = {(p.code, p.entity, p.what) for p in found_in(before)}
    new = [p for p in found_in(after) if (p.code, p.entity, p.what) not in had or p.code == "NO_DATASET"]
    if new:
        raise ImportRefused([ImportProblem(p.file, "", p.line, p.entity, p.what, p.remedy, p.code) for p in new])


def commit(proposal: Proposal) -> None:
    """Writes a proposal. Every file is first written beside its place; if one cannot be put there, those before it are put back."""
    staged: list[tuple[Path, Path]] = []
    before = {path: _content(proposal.folder / path) for path in (*proposal.written, *proposal.removed)}
    try:
        for name, content in proposal.written.items():
            place = proposal.folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = place.with_name(f".{place.name}.new")
            staged.append((beside, place))
            beside.write_bytes(content)
        for beside, place in staged:
            beside.replace(place)
        for name in proposal.removed:
            (proposal.folder / name).unlink()
    except OSError:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)
        _put_back(proposal.folder, before)
        raise


def _put_back(folder: Path, before: Mapping[str, bytes | None]) -> None:
    for name, content in before.items():
        place = folder / name
        if content is None:
            place.unlink(missing_ok=True)
        elif _content(place) != content:
            place.write_bytes(content)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
