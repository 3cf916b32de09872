"""Files to take along: made once, kept within a bound, named by their digests, and never of two versions of the data."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import pytest

from api.answer import Answers
from api.export.export import Export, Format
from api.http.rest.exports import Exports, Folder, digest_of
from api.http.rest.jobs import RETRY_SECONDS
from api.http.rest.library import Library
from api.http.rest.routes import Offer
from graph.domain.claim import Dataset, Text
from graph.errors import EngineUnavailable
from tests.api.conftest import TODAY
from tests.api.http.rest.conftest import HOSTILE, Get, Known, asking, problem

EMPTY = Dataset({}, {}, {}, {}, {}, {})
PARTS = [b"first;second\r\n", b"1;2\r\n" * 1000]
BODY = b"".join(PARTS)


@dataclass
class Made:
    """A format that notes each file that it makes, and a server that offers it."""

    store: Known
    folder: Path
    files: list[Export] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    before: Callable[[], object] = lambda: None

    async def write(self, export: Export) -> AsyncIterator[bytes]:
        self.files.append(export)
        self.threads.add(threading.current_thread().name)
        self.before()
        for part in PARTS:
            yield part

    @property
    def format(self) -> Format:
        return Format("lists", "lists.csv", "text/csv; charset=utf-8", Text("Alle lijsten", "All lists"), self.write)

    @property
    def offer(self) -> Offer:
        return Offer({"lists": self.format}, Folder(self.folder))


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    async def stored(store: object) -> Dataset:
        return EMPTY

    monkeypatch.setattr("api.http.rest.library.stored", stored)
    return Made(Known(), tmp_path / "export")


@pytest.fixture
def take(runner: asyncio.Runner, made: Made) -> Get:
    return asking(runner, Answers(made.store, lambda: TODAY, "engine"), made.offer)


def test_a_file_is_made_once_by_a_thread_and_its_tag_is_its_digest(take: Get, made: Made) -> None:
    first, again = take("/v1/export/lists"), take("/v1/export/lists", "text/csv")
    assert first.content == again.content == BODY
    assert len(made.files) == 1
    assert made.threads == {"export"}
    assert (made.files[0].day, made.files[0].data_version, made.files[0].dataset) == (TODAY, "v1", EMPTY)
    plain = take("/v1/export/lists", accept_encoding="identity")
    assert plain.headers["etag"] == f'"{sha256(BODY).hexdigest()}"'
    assert plain.headers["content-length"] == str(len(BODY))
    assert plain.headers["content-disposition"] == 'attachment; filename="lists.csv"'
    assert (plain.headers["content-type"], plain.headers["api-version"]) == ("text/csv; charset=utf-8", "1.0.0")
    same = take("/v1/export/lists", accept_encoding="identity", if_none_match=plain.headers["etag"])
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", plain.headers["etag"])
    head = take("/v1/export/lists", accept_encoding="identity", method="HEAD")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(BODY)))


def test_another_process_finds_what_was_made(runner: asyncio.Runner, made: Made) -> None:
    for _ in range(2):
        assert asking(runner, Answers(made.store, lambda: TODAY, "engine"), made.offer)("/v1/export/lists").content == BODY
    assert len(made.files) == 1


def test_another_day_another_version_and_another_address_are_other_files(runner: asyncio.Runner, made: Made) -> None:
    answers = Answers(made.store, lambda: TODAY, "engine")
    take = asking(runner, answers, made.offer)
    take("/v1/export/lists")
    take("/v1/export/lists?asOf=2023-06-01")
    made.store.version, made.store.loaded_at = "v2", "2026-02-01"
    take("/v1/export/lists")
    asking(runner, answers, replace(made.offer, base_url="https://example.nl"))("/v1/export/lists")
    assert [(one.day.isoformat(), one.data_version, one.base_url) for one in made.files] == [
        (TODAY.isoformat(), "v1", None), ("2023-06-01", "v1", None), (TODAY.isoformat(), "v2", None),
        (TODAY.isoformat(), "v2", "https://example.nl"),
    ]  # fmt: skip


def test_an_address_with_a_day_and_a_version_lasts(take: Get) -> None:
    assert "immutable" in take("/v1/export/lists?asOf=2023-06-01&dataVersion=v1").headers["cache-control"]
    assert problem(take("/v1/export/lists?dataVersion=v0"))["code"] == "OTHER_DATA_VERSION"


def test_whoever_asks_while_it_is_made_is_told_when_to_ask_again(
    runner: asyncio.Runner, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.rest.library.SPARE_SECONDS", 0)
    go_on = threading.Event()
    made.before = lambda: go_on.wait(30)
    take = asking(runner, Answers(made.store, lambda: TODAY, "engine", request_seconds=0.05), made.offer)
    for _ in range(2):
        response = take("/v1/export/lists")
        assert (response.status_code, response.headers["retry-after"]) == (503, str(RETRY_SECONDS))
        assert problem(response)["code"] == "EXPORT_IN_THE_MAKING"
    go_on.set()
    found = [take("/v1/export/lists").status_code for _ in range(200)]
    assert found[-1] == 200
    assert len(made.files) == 1


def test_a_file_of_two_versions_is_not_kept(take: Get, made: Made, runner: asyncio.Runner) -> None:
    answers = Answers(made.store, lambda: TODAY, "engine")
    take = asking(runner, answers, made.offer)

    def loads() -> None:
        made.store.version, made.store.loaded_at = "v2", "2026-02-01"
        asyncio.run_coroutine_threadsafe(answers.versions.refresh(), runner.get_loop()).result(30)

    made.before = loads
    response = take("/v1/export/lists")
    assert (response.status_code, problem(response)["code"]) == (503, "DATA_CHANGING")
    assert list(made.folder.glob("*")) == []
    made.before = lambda: None
    assert take("/v1/export/lists").status_code == 200


def test_a_file_that_cannot_be_made_is_our_fault_and_tried_again(take: Get, made: Made, caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise ValueError("/secret/place")

    made.before = fails
    response = take("/v1/export/lists")
    assert (response.status_code, problem(response)["code"]) == (500, "INTERNAL")
    assert b"secret" not in response.content
    assert "/secret/place" in caplog.text
    made.before = lambda: None
    assert take("/v1/export/lists").content == BODY


def test_a_store_that_is_away_is_told(runner: asyncio.Runner, made: Made) -> None:
    class Away(Known):
        async def rows(self, cypher: object) -> list[list[object]]:
            raise EngineUnavailable("bolt://secret:7687 is away.", "Wait.")

    async def refreshed() -> None:
        return None

    answers = Answers(Away(), lambda: TODAY, "engine")
    answers.versions.refresh = refreshed  # type: ignore[method-assign]
    response = asking(runner, answers, made.offer)("/v1/export/lists")
    assert (response.status_code, problem(response)["code"]) == (503, "NOT_LOADED")
    assert response.headers["retry-after"]


@pytest.mark.parametrize(
    ("path", "accept", "method", "status", "code"),
    [
        ("/v1/export/nothing", "", "GET", 404, "NO_EXPORT"),
        ("/v1/export/lists.csv", "", "GET", 404, "NO_EXPORT"),
        ("/v1/export/lists/", "", "GET", 404, "NO_PAGE"),
        ("/v1/export/" + "x" * 5000, "", "GET", 400, "TOO_LONG"),
        ("/v1/export/lists?asOf=2023-13-01", "", "GET", 400, "NO_SUCH_DAY"),
        ("/v1/export/lists", "application/json", "GET", 406, "NOT_ACCEPTABLE"),
        ("/v1/export/lists", "", "POST", 405, "METHOD_NOT_ALLOWED"),
    ],
)
def test_what_is_not_offered_is_a_problem(take: Get, made: Made, path: str, accept: str, method: str, status: int, code: str) -> None:
    response = take(path, accept, method=method)
    assert (response.status_code, problem(response)["code"]) == (status, code)
    assert made.files == []


@pytest.mark.parametrize("part", HOSTILE)
def test_no_name_leads_out_of_the_folder(take: Get, made: Made, part: str) -> None:
    assert problem(take(f"/v1/export/{part}"))["status"] in (400, 404)
    assert not made.folder.exists()


# ── the folder ────────────────────────────────────────────────────────────────────────────────────


async def parts(*texts: bytes) -> AsyncIterator[bytes]:
    for text in texts:
        yield text


def add(folder: Folder, key: str, size: int, at: int) -> Path:
    file = asyncio.run(folder.add(key, parts(key.encode() * size)))
    os.utime(file, (at, at))
    return file


def test_a_folder_keeps_what_was_asked_for_last_within_its_bound(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "f", limit=30)
    for at, key in enumerate("abc", 1):
        add(folder, key, 10, at)
    assert folder.find("a")
    add(folder, "d", 10, 1_000_000)
    assert sorted(file.name[0] for file in folder.path.iterdir()) == ["a", "c", "d"]
    assert folder.find("b") is None
    big = add(folder, "e", 100, 5)
    assert list(folder.path.iterdir()) == [big]


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise ValueError("broken")

    folder = Folder(tmp_path)
    with pytest.raises(ValueError, match="broken"):
        asyncio.run(folder.add("a", broken()))
    assert list(tmp_path.iterdir()) == []
    assert digest_of(add(folder, "a-b", 1, 1)) == sha256(b"a-b").hexdigest()


def test_the_claims_are_read_once_for_all_files(runner: asyncio.Runner, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []

    async def stored(store: object) -> Dataset:
        read.append(store)
        return EMPTY

    monkeypatch.setattr("api.http.rest.library.stored", stored)
    library = Library(Answers(made.store, lambda: TODAY, "engine"))
    exports = Exports(library, {"lists": made.format}, Folder(made.folder))

    async def work() -> None:
        await library.answers.versions.refresh()
        load_id = library.answers.versions.load_id or ""
        assert await asyncio.gather(*(exports.library.dataset(load_id) for _ in range(4))) == [EMPTY] * 4

    runner.run(work())
    assert len(read) == 1
