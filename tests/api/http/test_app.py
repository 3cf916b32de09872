"""Who may ask from a page of another origin, and the ids by which requests are found again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from api.answer import Answers
from api.http.app import application, with_cors
from api.settings import Settings, settings_now
from graph.errors import WrongSetting
from tests.api.conftest import TODAY, Client, NeverAsked

TYPENAME = {"query": "{ __typename }"}
OURS, OTHER = "https://jeugd.example.nl", "https://elsewhere.example"
Send = Callable[..., Response]


@pytest.fixture
def send(runner: asyncio.Runner) -> Callable[[tuple[str, ...]], Send]:
    def over(origins: tuple[str, ...]) -> Send:
        app = with_cors(application(Answers(NeverAsked(), lambda: TODAY, "engine")), origins)

        def one(method: str, headers: dict[str, str], **request: object) -> Response:
            async def ask() -> Response:
                async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
                    return await client.request(method, "/graphql", headers=headers, **request)  # type: ignore[arg-type]

            return runner.run(ask())

        return one

    return over


def preflight(one: Send, origin: str, method: str = "POST", headers: str = "content-type") -> Response:
    return one("OPTIONS", {"origin": origin, "access-control-request-method": method, "access-control-request-headers": headers})


def test_a_page_of_a_named_origin_may_ask(send: Callable[[tuple[str, ...]], Send]) -> None:
    one = send((OURS,))
    before = preflight(one, OURS)
    assert before.status_code == 200
    assert before.headers["access-control-allow-origin"] == OURS
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "content-type" in before.headers["access-control-allow-headers"].lower()
    answer = one("POST", {"origin": OURS}, json=TYPENAME)
    assert (answer.headers["access-control-allow-origin"], answer.json()["data"]) == (OURS, {"__typename": "Query"})
    assert answer.headers["access-control-expose-headers"].lower() == "etag, x-request-id"


def test_such_a_page_may_say_which_answer_it_has(send: Callable[[tuple[str, ...]], Send]) -> None:
    one = send((OURS,))
    assert preflight(one, OURS, "GET", "if-none-match").status_code == 200
    kept = one("GET", {"origin": OURS}, params=TYPENAME)
    again = one("GET", {"origin": OURS, "if-none-match": kept.headers["etag"]}, params=TYPENAME)
    assert (again.status_code, again.headers["access-control-allow-origin"]) == (304, OURS)
    assert {part.strip().lower() for part in kept.headers["vary"].split(",")} == {"accept", "accept-encoding", "origin"}


def test_a_page_of_another_origin_may_not(send: Callable[[tuple[str, ...]], Send]) -> None:
    one = send((OURS,))
    assert preflight(one, OTHER).status_code == 400
    assert "access-control-allow-origin" not in one("POST", {"origin": OTHER}, json=TYPENAME).headers


@pytest.mark.parametrize(("method", "headers"), [("DELETE", "content-type"), ("POST", "authorization")])
def test_no_more_is_allowed_than_asking_takes(send: Callable[[tuple[str, ...]], Send], method: str, headers: str) -> None:
    assert preflight(send((OURS,)), OURS, method, headers).status_code == 400


def test_unless_told_no_other_origin_may_ask(send: Callable[[tuple[str, ...]], Send]) -> None:
    one = send(())
    assert preflight(one, OURS).status_code == 405
    assert [name for name in one("POST", {"origin": OURS}, json=TYPENAME).headers if name.startswith("access-control")] == []


@pytest.mark.parametrize(
    ("text", "origins"),
    [("", ()), ("*", ("*",)), (OURS, (OURS,)), (f"{OURS}, http://localhost:5173", (OURS, "http://localhost:5173"))],
)
def test_origins_are_named_with_commas(text: str, origins: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOGRAAF_CORS_ORIGINS", text)
    assert Settings().origins == origins


@pytest.mark.parametrize("text", ["example.nl", f"{OURS}/", f"{OURS};{OTHER}", f"*,{OURS}", "https://"])
def test_what_is_no_origin_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOGRAAF_CORS_ORIGINS", text)
    with pytest.raises(WrongSetting, match="REGIOGRAAF_CORS_ORIGINS"):
        settings_now()


@pytest.mark.parametrize("sent", ["abc-1", "0af7651916cd43dd8448eb211c80319c", "a:b.c_d", "x" * 128])
def test_a_harmless_request_id_comes_back(client: Client, sent: str) -> None:
    assert client("POST", json=TYPENAME, headers={"x-request-id": sent}).headers["x-request-id"] == sent


@pytest.mark.parametrize("sent", ["x" * 129, "a b", "a\tb", "<script>", "é", ""])
def test_any_other_request_id_makes_place_for_a_new_one(client: Client, sent: str) -> None:
    found = client("POST", json=TYPENAME, headers={"x-request-id": sent.encode()}).headers["x-request-id"]
    assert found != sent
    assert len(found) == 16
