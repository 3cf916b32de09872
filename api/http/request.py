"""Parses a GraphQL request: the query string of a GET or the body of a POST."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson

from api.answer import Question
from api.documents.prepare import Refused
from api.documents.saved import SavedQuestions, digits, document, is_saved
from api.errors import of_request

JSON = "application/json"
MAX_BODY = 256 * 1024


def accepted(header: str) -> list[tuple[str, float]]:
    """Returns the media types of an Accept header with their weights: 1 if none is given, 0 if it is no number from 0 to 1."""
    items = ([part.strip() for part in item.split(";")] for item in header.lower().split(","))
    return [(name, next((_weight(p[2:]) for p in parameters if p.startswith("q=")), 1.0)) for name, *parameters in items]


def negotiated(header: str, offered: Sequence[str]) -> str | None:
    """Returns the media type that an Accept header prefers, or None if it accepts none: the better accepted, then the one that it
    names first, then the one that is offered first.

    Of each the most specific range counts: `application/json;q=0, */*` accepts all but JSON.
    """
    ranges = accepted(header)
    best: tuple[float, int, str] | None = None
    for media in offered:
        for name in (media, f"{media.partition('/')[0]}/*", "*/*"):
            if found := max(((weight, -at) for at, (each, weight) in enumerate(ranges) if each == name), default=None):
                if found[0] > 0 and (best is None or found > best[:2]):
                    best = (*found, media)
                break
    return best[2] if best else None


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


class BadRequest(Exception):
    """The request is not GraphQL over HTTP."""

    def __init__(self, status: int, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.status, self.error = status, of_request(code, message, remedy)


@dataclass(frozen=True, slots=True)
class ParsedRequest:
    """The question of a request, and the version of the data that its address names."""

    question: Question
    requested_version: str | None = None


def of_address(query: bytes, saved: SavedQuestions, *, saved_only: bool) -> ParsedRequest:
    """Parses the query string of a GET, where an empty parameter counts as left out. Raises BadRequest or Refused."""
    try:
        parameters = dict(parse_qsl(query.decode("ascii"), errors="strict", max_num_fields=50))
    except ValueError:
        raise BadRequest(400, "BAD_REQUEST", "The address is not percent-encoded UTF-8.", "Encode it like an HTML form.") from None
    sent: dict[str, Any] = {name: parameters.get(name) for name in ("query", "operationName", "documentId")}
    for name in ("variables", "extensions"):
        sent[name] = _json(name, parameters.get(name))
    return ParsedRequest(_question(sent, saved, saved_only), parameters.get("dataVersion"))


def _json(name: str, text: str | None) -> Any:
    if not text:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, "BAD_JSON", f"{name} is not JSON: {error}.", f"Send {name} as a JSON object.") from None


def of_body(body: bytes, saved: SavedQuestions, *, saved_only: bool) -> ParsedRequest:
    """Parses the body of a POST. Raises BadRequest or Refused."""
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, "BAD_JSON", f"The body is not JSON: {error}.", 'Send {"query": "…", "variables": {…}}.') from None
    if not isinstance(sent, Mapping):
        raise BadRequest(400, "BAD_REQUEST", "The request is not a JSON object.", 'Send {"query": "…"}; batches are not supported.')
    return ParsedRequest(_question(sent, saved, saved_only))


def check_headers(headers: Mapping[bytes, bytes]) -> None:
    """Raises BadRequest if a body is announced that is not JSON, is compressed or is too large, before any of it is read."""
    kind = headers.get(b"content-type", b"")
    if kind != b"application/json":
        check_media_type(kind.decode("latin-1"))
    check_encoding(headers.get(b"content-encoding", b""))
    check_length(headers.get(b"content-length"))


def check_media_type(content_type: str) -> None:
    """Raises BadRequest unless the Content-Type of a body is JSON."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type != JSON:
        raise BadRequest(
            415, "UNSUPPORTED_MEDIA_TYPE", f"The Content-Type of the body is {media_type or 'missing'}.", f"Send it as {JSON}."
        )


def check_encoding(content_encoding: bytes) -> None:
    """Raises BadRequest if a body is compressed: what it would grow to is not known."""
    if content_encoding.strip().lower() not in (b"", b"identity"):
        raise BadRequest(415, "UNSUPPORTED_ENCODING", "The body is compressed.", "Send it without Content-Encoding.")


def check_length(content_length: bytes | None) -> None:
    """Raises BadRequest if a body announces that it is too large, before any of it is read."""
    if content_length and content_length.isdigit() and int(content_length[:20]) > MAX_BODY:
        raise too_large()


def too_large() -> BadRequest:
    return BadRequest(413, "TOO_LARGE", f"The body is larger than {MAX_BODY // 1024} KiB.", "Send a shorter document.")


def other_version(requested: str, current: str | None) -> BadRequest:
    return BadRequest(
        409, "OTHER_DATA_VERSION", f'The data has version "{current}", not "{requested}".',
        "Leave dataVersion out of the address, or name the current version: { meta { dataVersion } }.",
    )  # fmt: skip


def _question(sent: Mapping[str, Any], saved: SavedQuestions, saved_only: bool) -> Question:
    name, variables, extensions = sent.get("operationName"), sent.get("variables"), sent.get("extensions")
    if not isinstance(name, str | None):
        raise BadRequest(400, "BAD_REQUEST", "operationName is not a text.", "Leave it out or send the name of an operation.")
    for field, value in (("variables", variables), ("extensions", extensions)):
        if not isinstance(value, Mapping | None):
            raise BadRequest(400, "BAD_REQUEST", f"{field} is not an object.", "Leave it out or send a JSON object.")
    text = _text(sent.get("query"), _id(sent.get("documentId"), extensions), saved, saved_only)
    return Question(text, name or None, variables)


def _id(document_id: Any, extensions: Mapping[str, Any] | None) -> str | None:
    """Returns the id of a saved question, from `documentId` or from the extension of Apollo."""
    if document_id is None and extensions and isinstance(persisted := extensions.get("persistedQuery"), Mapping):
        document_id = persisted.get("sha256Hash")
    if not isinstance(document_id, str | None):
        raise BadRequest(400, "BAD_REQUEST", "The id of the document is not a text.", "Send sha256: and the 64 digits of its digest.")
    return document_id


def _text(query: Any, document_id: str | None, saved: SavedQuestions, saved_only: bool) -> str:
    """Returns the document. If an id is sent too, it has to be that of the document."""
    if query is None and document_id is not None:
        text = document(document_id, saved)
        if text is None:
            raise Refused([of_request(
                "PERSISTED_QUERY_NOT_FOUND", "No saved question has this id.",
                "Take the documentId from { savedQuestions { name documentId } }, or send the document itself.",
            )])  # fmt: skip
        return text
    if not isinstance(query, str) or not query.strip():
        raise BadRequest(400, "NO_QUERY", "The request has no query.", 'Send {"query": "{ meta { dataVersion } }"}, or a documentId.')
    if document_id is not None and document_id.lower().removeprefix("sha256:") != digits(query):
        raise BadRequest(400, "BAD_REQUEST", "The id is not that of the document beside it.", "Send one of the two.")
    if saved_only and not is_saved(query, saved):
        raise Refused([of_request(
            "NOT_SAVED", "This server answers saved questions only.", "Send the documentId of one of them; the README says where they are."
        )])  # fmt: skip
    return query
