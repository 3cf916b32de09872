"""Questions as pages: prose, GraphQL, Cypher, answer. The tests ask each on both engines; `python -m tests.questions` writes them anew."""
