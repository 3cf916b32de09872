"""Who covers dyslexia in Aalsmeer, with gql: `pip install 'gql[aiohttp]'`."""

import json
import os

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport

transport = AIOHTTPTransport(os.environ.get("REGIOGRAAF", "http://127.0.0.1:8000/graphql"))
client = Client(transport=transport, fetch_schema_from_transport=True)  # a mistake in the question is found before it is sent

question = gql("""
query Coverage($municipality: Ref!, $function: Ref!, $asOf: Date) {
  coverage(municipality: $municipality, function: $function, asOf: $asOf) { status changesOn }
}
""")
question.variable_values = {"municipality": "Aalsmeer", "function": "dyslexie", "asOf": "2023-06-01"}
print(json.dumps(client.execute(question)["coverage"]))
