"""Files to take along, at /v1/export/{name}: each is made once for a version of the data and a day, and kept in a folder."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b, sha256
from pathlib import Path
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from api.export.export import Export, Format
from api.http.cache import program
from api.http.explorer import prefers_page
from api.http.rest.answering import VARY, Refusal, answered, asked, check_accepts, refusal
from api.http.rest.jobs import Jobs, beside, in_thread
from api.http.rest.library import Library, current, time_left
from api.http.site import problem_page
from api.pages.site import Site
from api.pages.visit import problem_of
from api.pages.words import language_of

CHUNK = 256 << 10
LIMIT = 500 << 20  # bytes of files that are kept


@dataclass(frozen=True, slots=True)
class Folder:
    """Keeps files in a folder, at most so many bytes of them; the ones asked for longest ago go first. Their names have their SHA-256."""

    path: Path
    limit: int = LIMIT

    def find(self, key: str) -> Path | None:
        """Returns the file with a key, which counts as asked for now, or None."""
        for file in self.path.glob(f"{key}-*"):
            try:
                os.utime(file)
            except OSError:  # another process has just removed it
                continue
            return file
        return None

    async def add(self, key: str, parts: AsyncIterator[bytes]) -> Path:
        """Writes a file, whole or not at all, and makes room for it."""
        self.path.mkdir(parents=True, exist_ok=True)
        digest = sha256()
        descriptor, name = tempfile.mkstemp(prefix=".part-", dir=self.path)
        try:
            with open(descriptor, "wb") as file:
                async for part in parts:
                    digest.update(part)
                    file.write(part)
            whole = self.path / f"{key}-{digest.hexdigest()}"
            os.replace(name, whole)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self.make_room(whole)
        return whole

    def make_room(self, newest: Path) -> None:
        """Removes files until the others and the newest are within the limit. The newest stays in any case."""
        found = []
        for file in self.path.iterdir():
            try:
                state = file.stat()
            except OSError:
                continue
            if file != newest:
                found.append((state.st_mtime, state.st_size, file))
        left = self.limit - newest.stat().st_size
        for _, size, file in sorted(found, reverse=True):
            left -= size
            if left < 0:
                file.unlink(missing_ok=True)


def digest_of(file: Path) -> str:
    """Returns the SHA-256 of a file of a folder."""
    return file.name.rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class Exports:
    """Makes the files of some formats from one store, and answers with them."""

    library: Library
    formats: Mapping[str, Format]
    folder: Folder
    base_url: str | None = None
    ocid_prefix: str = ""
    jobs: Jobs[Path] = field(default_factory=Jobs)

    async def file(self, request: Request, id_: str) -> Response:
        """Answers with a file, if it is there or made in time."""
        wanted, name = asked(request), request.path_params["name"]
        format_ = self.formats.get(name)
        if format_ is None:
            there = ", ".join(sorted(self.formats)) or "none"
            message = f'There is no file "{name}" to take along.'
            raise refusal(404, "NO_EXPORT", message, f"Ask for one of these: {there}.", reference=name)
        check_accepts(request, format_.media_type.partition(";")[0])
        version, load_id = await current(self.library.answers, wanted)
        day = wanted.day or self.library.answers.today()
        file = await self._made(format_, day, version, load_id)
        tag = f'"{digest_of(file)}"'
        headers = {
            "etag": tag, "vary": "Accept", "cache-control": wanted.caching,
            "content-disposition": f'attachment; filename="{format_.file_name}"',
        }  # fmt: skip
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={name: headers[name] for name in ("etag", "vary", "cache-control")})
        opened = file.open("rb")  # what is open can be read to its end, also if it is removed meanwhile
        headers["content-length"] = str(os.fstat(opened.fileno()).st_size)
        return StreamingResponse(_parts(opened, nothing=request.method == "HEAD"), headers=headers, media_type=format_.media_type)

    async def _made(self, format_: Format, day: date, version: str, load_id: str) -> Path:
        """Returns the file of a format. Raises Refusal if it takes longer than a request may."""
        answers = self.library.answers
        text = f"{load_id}\0{self.base_url or ''}\0{self.ocid_prefix}\0{answers.engine}".encode()
        key = f"{format_.name}-{day.isoformat()}-{blake2b(text, key=program(), digest_size=12).hexdigest()}"
        if (file := self.folder.find(key)) is not None:
            return file
        there = beside(answers, asyncio.get_running_loop())

        async def work() -> Path:
            export = Export(await self.library.dataset(load_id), there, day, version, self.base_url, self.ocid_prefix)
            return await in_thread(lambda: self.folder.add(key, self._checked(format_.write(export), load_id)))

        return await self.jobs.result(key, work, time_left(answers))

    async def _checked(self, parts: AsyncIterator[bytes], load_id: str) -> AsyncIterator[bytes]:
        """Yields the parts of a file. Raises Changing at its end if other data was loaded meanwhile."""
        async for part in parts:
            yield part
        self.library.check(load_id)


async def _parts(file: BinaryIO, *, nothing: bool) -> AsyncIterator[bytes]:
    with file:
        while not nothing and (part := await asyncio.to_thread(file.read, CHUNK)):
            yield part


def routes(exports: Exports, pages: Site) -> list[BaseRoute]:
    """Returns the routes of files. A browser is told by a page why it does not get one."""

    async def file(request: Request, id_: str) -> Response:
        try:
            return await exports.file(request, id_)
        except Refusal as refused:
            if not prefers_page(request.headers.get("accept", "")):
                raise
            headers = {**VARY, **({"retry-after": str(refused.retry_seconds)} if refused.retry_seconds else {})}
            language = language_of(request.headers.get("accept-language", ""))
            return await problem_page(exports.library.answers, pages, language, problem_of(refused.error), headers)

    return [Route("/v1/export/{name}", answered(file))]
