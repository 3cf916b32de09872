"""Who covers dyslexia in Aalsmeer, with a client that ariadne-codegen made: `pip install ariadne-codegen; ariadne-codegen`."""

import os
from datetime import date

from regiograaf_client import Client

client = Client(os.environ.get("REGIOGRAAF", "http://127.0.0.1:8000/graphql"))
found = client.coverage(municipality="Aalsmeer", function="dyslexie", as_of=date(2023, 6, 1)).coverage
assert found  # null would be an error of its own, which the client raises
print(f'{{"status": "{found.status.value}", "changesOn": "{found.changes_on.isoformat()}"}}')  # typed: an enum, and a date or None
