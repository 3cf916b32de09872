"""The page for a browser at /graphql: GraphiQL, and where its files cannot be fetched a plain page of our own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from strawberry.http.ides import get_graphql_ide_html

PLAIN = "/graphql/plain"
# GraphiQL's own files come from a CDN: without it the browser goes on to the plain page.
_FALLBACK = f"<script>if (!(window.React && window.GraphiQL)) location.replace('{PLAIN}' + location.search)</script></body>"


@cache
def page() -> str:
    """GraphiQL, with a way out for where its files cannot be fetched."""
    return get_graphql_ide_html(graphql_ide="graphiql").replace("</body>", _FALLBACK)


@cache
def plain() -> str:
    """Our own page: a question, its variables, the answer."""
    return (files("api") / "pages" / "plain.html").read_text("utf-8")
