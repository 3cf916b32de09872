"""The description of the REST addresses in OpenAPI 3.1, at /v1/openapi.json, as the API Design Rules of the Dutch government want it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.answer import API_VERSION
from api.export.changes import cloud_events, feed
from api.export.export import Format
from api.export.rdf.records import RECORDS
from api.http.cache import plain_etag
from api.http.rest.answering import answered, check_accepts
from api.http.rest.problem import MEDIA
from api.http.rest.things import MEDIA as FORMS
from graph.compile.rows import MAX_PAGE
from graph.domain.model import TYPE_OF_PREFIX

PATH = "/v1/openapi.json"
Json = dict[str, Any]
JSON = "application/json"
STRING: Json = {"type": "string"}
ABOUT = (
    "Who covers what in Dutch regional youth care, on any day, according to whom. These addresses are read only and take things and "
    "whole files along; questions are asked with GraphQL, at `/graphql`. Errors are problem details (RFC 9457) with the same codes."
)
RECORDS_TOLD = {"source": "A source", "claim": "What one source says of one thing", "conflict": "A contradiction", "dataset": "A dataset"}
_HEADERS: Json = {"API-Version": {"$ref": "#/components/headers/API-Version"}}


@dataclass(frozen=True, slots=True)
class Contact:
    """Holds who answers for a server."""

    name: str
    email: str
    url: str


def document(formats: Mapping[str, Format], base_url: str | None, contact: Contact | None) -> Json:
    """Returns the description. It names whoever answers for the server, if that is known."""
    info: Json = {
        "title": "Regiograaf",
        "version": API_VERSION,
        "description": ABOUT,
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }
    if contact:
        info["contact"] = {"name": contact.name, "email": contact.email, "url": contact.url}
    root = (base_url or "").rstrip("/")
    here = {"servers": [{"url": root or "/", "description": "Addresses of things, which never change."}]}
    return {
        "openapi": "3.1.1",
        "info": info,
        "servers": [{"url": f"{root}/v1", "description": "This server."}],
        "tags": [
            {"name": "things", "description": "Things by their addresses."},
            {"name": "files", "description": "Files to take along."},
            {"name": "changes", "description": "What changed in the data."},
            {"name": "records", "description": "Who says what: sources, claims, contradictions and datasets."},
        ],
        "paths": {
            "/export/{name}": {"get": _export(formats)},
            "/changes": {"get": _changes()},
            "/changes/feed": {"get": _feed()},
            "/openapi.json": {"get": _description()},
            "/id/{type}/{slug}": {**here, "get": _thing()},
            "/id/{code}": {**here, "get": _code()},
            **{f"/id/{kind}/{{key}}": {**here, "get": _record(kind)} for kind in RECORDS},
        },
        "components": {
            "headers": {"API-Version": {"description": "The full version of this API.", "schema": STRING, "example": API_VERSION}},
            "parameters": _parameters(formats),
            "schemas": {"Problem": _problem(), "Thing": _thing_schema(), "Changes": _changes_schema(), "Record": _record_schema()},
            "responses": _problems(),
        },
    }


def _operation(id_: str, tag: str, summary: str, parameters: list[str], responses: Json, *problems: str) -> Json:
    refs = [{"$ref": f"#/components/parameters/{name}"} for name in parameters]
    told = {status: {"$ref": f"#/components/responses/{_NAMES[status]}"} for status in problems}
    return {"operationId": id_, "tags": [tag], "summary": summary, "parameters": refs, "responses": {**responses, **told}}


_OF_A_DAY = ["asOf", "dataVersion"]
_NAMES = {
    "300": "Ambiguous", "400": "BadRequest", "404": "NotFound", "405": "NotAllowed", "406": "NotAcceptable", "409": "OtherVersion",
    "410": "NotKept",
    "429": "TooOften", "500": "Failed", "503": "Unavailable",
}  # fmt: skip
_USUAL = ("400", "404", "406", "409", "429", "500", "503")


def _export(formats: Mapping[str, Format]) -> Json:
    media: Json = {one.media_type.partition(";")[0]: {} for _, one in sorted(formats.items())} or {"application/octet-stream": {}}
    ok = {"description": "The file. Its entity tag is its SHA-256.", "headers": _HEADERS, "content": media}
    named = "; ".join(f"`{name}`: {one.title['EN']}" for name, one in sorted(formats.items()))
    operation = _operation("getExport", "files", "A file to take along", ["name", *_OF_A_DAY], {"200": ok, "304": _NOT_MODIFIED}, *_USUAL)
    operation["description"] = (
        f"A file is made once for a version of the data and a day; while it is being made the answer is 503 with Retry-After. {named}."
    )
    return operation


def _changes() -> Json:
    content: Json = {JSON: {"schema": {"$ref": "#/components/schemas/Changes"}}, cloud_events.MEDIA: {}, feed.MEDIA: {}}
    link = {"Link": {"description": "The page behind this one, with rel=next; not on the last.", "schema": STRING}}
    ok = {"description": "The changes, the oldest first; in the feed the newest.", "headers": {**_HEADERS, **link}, "content": content}
    asked = ["since", "about", "first", "after", "dataVersion"]
    responses = {"200": ok, "304": _NOT_MODIFIED}
    operation = _operation("getChanges", "changes", "What changed in the data", asked, responses, "300", *_USUAL, "410")
    operation["description"] = (
        "Which claims came, went or changed, also those that are gone. To stay in step, ask with the `dataVersion` of the last answer "
        "until `next` is null. Only the last loads are kept: what goes back further is 410, and then all claims are taken anew."
    )
    return operation


def _feed() -> Json:
    ok = {"description": "The newest changes, as an Atom feed.", "headers": _HEADERS, "content": {feed.MEDIA: {}}}
    asked = ["since", "about", "first", "dataVersion"]
    responses = {"200": ok, "304": _NOT_MODIFIED}
    return _operation("getChangesFeed", "changes", "A feed of what changed in the data", asked, responses, "300", *_USUAL, "410")


def _description() -> Json:
    content = {"application/json": {"schema": {"type": "object"}}}
    ok = {"description": "This description.", "headers": _HEADERS, "content": content}
    return _operation("getDescription", "files", "This description", [], {"200": ok, "304": _NOT_MODIFIED}, "406")


def _thing() -> Json:
    content: Json = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    content |= {media: {} for media in FORMS.values() if media not in content}
    ok = {"description": "What is known of the thing.", "headers": _HEADERS, "content": content}
    responses = {"200": ok, **_SEE, "304": _NOT_MODIFIED}
    operation = _operation("getThing", "things", "A thing", ["type", "slug", *_OF_A_DAY], responses, "300", *_USUAL)
    operation["description"] = (
        "The address of a thing leads (303) to its page or its data, by Accept. With one of the suffixes `.html`, `.json`, `.jsonld` and "
        "`.ttl` behind the slug it is that page or data. A code or an old name in the place of the slug leads to the thing that it means. "
        "`.ics` is a calendar to subscribe to, with the firm ends and the options of the contracts that the thing is a party to or that "
        "hold for it; `.atom` is a feed of what begins, ends or changes. Both are in Dutch. "
        "With `webcal:` in place of `https:` a program of calendars subscribes."
    )
    return operation


def _record(kind: str) -> Json:
    content: Json = {"application/json": {"schema": {"$ref": "#/components/schemas/Record"}}, "application/ld+json": {}, "text/turtle": {}}
    ok = {"description": "What is known of it.", "headers": _HEADERS, "content": content}
    responses = {"200": ok, **_SEE, "304": _NOT_MODIFIED}
    operation = _operation(f"get{kind.capitalize()}", "records", RECORDS_TOLD[kind], ["key", *_OF_A_DAY], responses, *_USUAL)
    operation["description"] = (
        "The address leads (303) to its data or, for people, to the place on a page where it is told, by Accept. With one of the suffixes "
        "`.html`, `.json`, `.jsonld` and `.ttl` it is that place or data."
    )
    return operation


def _code() -> Json:
    operation = _operation("getByCode", "things", "Leads from a code or a name to its thing", ["code", *_OF_A_DAY], _SEE, "300", *_USUAL)
    operation["description"] = "An old code leads to the thing that had it; the data of that thing names what came in its place."
    return operation


_NOT_MODIFIED: Json = {"description": "The client has it already, as If-None-Match says.", "headers": _HEADERS}
_SEE: Json = {
    "303": {
        "description": "It is there, at another address.",
        "headers": {**_HEADERS, "Location": {"description": "The other address.", "schema": {"type": "string", "format": "uri-reference"}}},
    }
}


def _parameters(formats: Mapping[str, Format]) -> Json:
    def parameter(name: str, where: str, description: str, schema: Json, example: Any = None) -> Json:
        told = {"name": name, "in": where, "description": description, "schema": schema, "required": where == "path"}
        return {**told, "example": example} if example else told

    day, short = {"type": "string", "format": "date"}, {"type": "string", "maxLength": 200}
    names: Json = {"type": "string", "enum": sorted(formats)} if formats else STRING
    return {
        "asOf": parameter("asOf", "query", "The day that is asked about; today if it is left out.", day, "2023-06-01"),
        "dataVersion": parameter("dataVersion", "query", "The version that the data must have; else the answer is 409.", short),
        "type": parameter("type", "path", "The kind of thing.", {"type": "string", "enum": sorted(TYPE_OF_PREFIX)}, "municipality"),
        "slug": parameter("slug", "path", "The name of the thing in its address.", short, "zaanstad"),
        "code": parameter("code", "path", "A code or a name, such as GM0479 or JZ09.", short, "GM0479"),
        "key": parameter("key", "path", "The key of the record, as the files have it; that of a claim may have slashes.", short, "roo"),
        "name": parameter("name", "path", "The name of the file.", names),
        "since": parameter("since", "query", "A version of the data or an instant; all that is kept if it is left out.", short),
        "about": parameter(
            "about", "query", "Only what bears on these things, by code, name or key.", {"type": "array", "items": short}, ["JZ09"]
        ),
        "first": parameter("first", "query", "The size of a page.", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}),
        "after": parameter("after", "query", "Where a page begins, from the address of `next`.", STRING),
    }


def _problem() -> Json:
    texts = {
        "type": "The kind of problem: `urn:regiograaf:problem:` and the code.",
        "title": "What is wrong, for people, in the language of Accept-Language.",
        "detail": "What is wrong in this case and what to do, in that language.",
        "code": "The same in every language and release.",
        "message": "What is wrong in this case, in English.",
        "remedy": "What to do, in English.",
    }
    properties: Json = {name: {"type": "string", "description": text} for name, text in texts.items()}
    properties["status"] = {"type": "integer", "description": "The HTTP status."}
    return {"type": "object", "required": ["type", "title", "status", "detail", "code", "message", "remedy"], "properties": properties}


_ABOUT: Json = {
    "uri": {"type": "string", "description": "Its identity, at every address the same."},
    "address": {"type": "string", "description": "Its address at this server, if the server knows its own."},
    "asOf": {"type": "string", "format": "date", "description": "The day."},
    "dataVersion": {"type": "string", "description": "The version of the data."},
}


def _thing_schema() -> Json:
    return {
        "type": "object",
        "description": "A thing on a day. `entity` and `timeline` have the fields of the saved question `Thing` of GraphQL. An event has "
        "`event` in their place, with those of `EventById`.",
        "required": ["uri", "asOf", "dataVersion"],
        "properties": {
            **_ABOUT,
            "entity": {"type": "object", "description": "What is known of it, with sources."},
            "timeline": {"type": "array", "items": {"type": "object"}, "description": "What happened to it, in order."},
            "event": {"type": "object", "description": "What is known of an event, with sources."},
        },
    }


def _changes_schema() -> Json:
    return {
        "type": "object",
        "description": "Changes of the data. The entries have the fields of the saved question `ChangesOfTheData` of GraphQL.",
        "required": ["uri", "dataVersion", "totalCount", "next", "loads", "changes"],
        "properties": {
            "uri": {"type": "string", "description": "The identity of this list."},
            "dataVersion": {"type": "string", "description": "The version of the data, to ask with the next time."},
            "totalCount": {"type": "integer", "description": "The number of changes on all pages."},
            "next": {"type": ["string", "null"], "description": "The address of the next page; null on the last."},
            "loads": {"type": "array", "items": {"type": "object"}, "description": "The loads since then, the oldest first."},
            "changes": {"type": "array", "items": {"type": "object"}, "description": "The changes, in order."},
        },
    }


def _record_schema() -> Json:
    questions = {"source": "SourceById", "claim": "ClaimById", "conflict": "ConflictById", "dataset": "Datasets"}
    told = {kind: {"type": "object", "description": f"{RECORDS_TOLD[kind]}, as in `{questions[kind]}`."} for kind in RECORDS}
    return {
        "type": "object",
        "description": "A source, claim, contradiction or dataset under the name of its kind, with the fields of a saved question.",
        "required": ["uri", "asOf", "dataVersion"],
        "properties": {**_ABOUT, **told},
    }


def _problems() -> Json:
    texts = {
        "Ambiguous": "It can mean several things; `candidates` has their keys.",
        "BadRequest": "The address cannot be read.",
        "NotFound": "It is not in the data, or nothing is at this address.",
        "NotAllowed": "The address can only be read.",
        "NotAcceptable": "None of the media types in Accept can be produced.",
        "OtherVersion": "The data has another version.",
        "NotKept": "The store no longer keeps what changed since then; the remedy says how to go on.",
        "TooOften": "The client asks too often.",
        "Failed": "Something went wrong on our side.",
        "Unavailable": "It is being made, or the store is away; Retry-After says how long to wait.",
    }
    content = {MEDIA: {"schema": _problem()}}
    return {name: {"description": text, "headers": _HEADERS, "content": content} for name, text in texts.items()}


def route(formats: Mapping[str, Format], base_url: str | None, contact: Contact | None) -> Route:
    """Returns the route of the description, which every origin may read."""
    body = orjson.dumps(document(formats, base_url, contact), option=orjson.OPT_INDENT_2)
    headers = {"etag": plain_etag(body), "cache-control": "no-cache", "access-control-allow-origin": "*", "vary": "Accept"}

    async def describe(request: Request, id_: str) -> Response:
        check_accepts(request, "application/json")
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="application/json")

    return Route(PATH, answered(describe))
