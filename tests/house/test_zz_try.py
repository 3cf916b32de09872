"""Scratch."""
from graph.engines.bolt import Cypher
def test_a(empty_store, runner):
    assert runner.run(empty_store.rows(Cypher("MATCH (n) RETURN count(n)"))) == [[0]]
def test_b(loaded, runner):
    assert runner.run(loaded.rows(Cypher("MATCH (n) RETURN count(n)")))[0][0] > 100
def test_c(loaded_everywhere, runner):
    assert len(loaded_everywhere) == 2
