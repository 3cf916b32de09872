"""The tests lie as the code does: each module has a test file of its name, or a line here that says which test holds it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.test_layout import MODULES, ROOT, place

MOST_FILES = 20
OF_ONE_KIND = {"api/schema"}  # a file for each type of the schema
SCHEMA = "tests/api/schema/test_schema.py"
PAGES = "tests/questions/test_pages.py"
SITE = "tests/api/pages/test_site.py"
HELD_BY = {
    **dict.fromkeys(("api/export/changes/cloud_events.py", "api/export/changes/feed.py"), "tests/api/http/rest/test_changes.py"),
    "graph/answers/claim_change.py": "tests/graph/compile/test_claim_changes.py",
    "api/export/asked.py": "tests/api/export/test_geojson.py",
    "api/export/colophon.py": "tests/api/export/test_ics.py",
    "api/export/export.py": "tests/api/export/ocds/test_package.py",
    "api/export/network.py": "tests/api/export/test_graphml.py",
    "api/export/ocds/extension.py": "tests/api/export/ocds/test_package.py",
    "api/export/ocds/parties.py": "tests/api/export/ocds/test_package.py",
    "api/export/xml_text.py": "tests/api/export/test_atom.py",
    "api/pages/pictures/areas.py": "tests/api/pages/test_map.py",
    "api/pages/pictures/periods.py": "tests/api/pages/test_timeline.py",
    "api/cli/options.py": "tests/api/cli/test_commands.py",
    "api/cli/interrupted.py": "tests/graph/load/test_stopped_load.py",
    "graph/answers/clauses.py": "tests/graph/answers/test_changes.py",
    "graph/answers/coverage_sentences.py": "tests/domain/test_sentences.py",
    "graph/domain/closed_list.py": "tests/graph/domain/test_words.py",
    "api/__main__.py": "tests/api/cli/test_commands.py",
    "api/cli/root.py": "tests/api/cli/test_commands.py",
    "api/cli/doctor.py": "tests/api/cli/test_commands.py",
    "api/cli/explain_text.py": "tests/api/cli/test_explain.py",
    "api/cli/import_report.py": "tests/api/cli/test_import.py",
    "api/cli/load_report.py": "tests/api/cli/test_commands.py",
    "api/documents/fragments.py": "tests/api/documents/test_selection.py",
    "api/documents/ids.py": "tests/api/schema/test_federation.py",
    "api/documents/literals.py": "tests/api/documents/test_hostile_input.py",
    "api/documents/lru.py": "tests/api/test_trace.py",
    "api/documents/missing.py": "tests/api/schema/test_federation.py",
    "api/documents/slots.py": "tests/api/documents/test_selection.py",
    "api/export/columns.py": "tests/api/export/test_lists.py",
    "api/export/coverage.py": "tests/api/export/test_lists.py",
    "api/export/rows.py": "tests/api/export/test_lists.py",
    "api/export/zipped.py": "tests/api/export/test_archive.py",
    "api/errors.py": "tests/api/documents/test_errors.py",
    **dict.fromkeys(
        (f"api/export/rdf/{name}.py" for name in ("content", "description", "provenance", "relations", "syntax", "terms")),
        "tests/api/export/rdf/test_things.py",
    ),
    "api/export/rdf/care_functions.py": "tests/api/export/rdf/test_concepts.py",
    "api/export/rdf/records.py": "tests/api/http/rest/test_records.py",
    "api/http/cross_origin.py": "tests/api/http/test_app.py",
    "api/http/in_flight.py": "tests/api/http/test_cache.py",
    "api/http/refusal.py": "tests/api/http/test_rates.py",
    "api/http/request.py": "tests/api/http/test_endpoint.py",
    "api/http/request_id.py": "tests/api/http/test_endpoint.py",
    "api/http/rest/library.py": "tests/api/http/rest/test_exports.py",
    **dict.fromkeys((f"api/http/rest/{name}.py" for name in ("addresses", "answering", "problem")), "tests/api/http/rest/test_things.py"),
    "api/http/rest/routes.py": "tests/api/http/rest/test_openapi.py",
    "api/limits.py": SCHEMA,
    **dict.fromkeys((f"api/pages/{name}.py" for name in ("address", "around/foot", "provenance/notes", "render", "visit")), SITE),
    "api/serve/engine.py": "tests/drills/test_embedded_engine.py",
    "api/serve/listening.py": "tests/api/serve/test_connection.py",
    "api/serve/opened.py": "tests/drills/test_embedded_engine.py",
    "api/serve/warm_up.py": "tests/drills/test_store.py",
    "api/serve/workers.py": "tests/neo4j/test_workers.py",
    "api/pages/standards/results.py": "tests/standards/test_results.py",
    "api/pages/things/about.py": "tests/api/pages/things/test_thing.py",
    "api/pages/things/blocks.py": "tests/api/pages/things/test_thing.py",
    "api/pages/things/contracts.py": "tests/api/pages/things/test_thing.py",
    "api/pages/things/kinds.py": "tests/api/pages/things/test_thing.py",
    "api/pages/things/parties.py": "tests/api/pages/things/test_thing.py",
    "api/settings.py": "tests/house/test_manuals.py",
    "graph/answers/change_rule.py": "tests/graph/answers/test_changes.py",
    "graph/answers/change_sentences.py": "tests/domain/test_changes.py",
    "graph/answers/columns.py": PAGES,
    "graph/answers/comparison.py": "tests/graph/test_random_selections.py",
    "graph/answers/evidence.py": "tests/graph/build/test_chains.py",
    "graph/answers/facets.py": PAGES,
    "graph/answers/outline.py": "tests/domain/test_outlines.py",
    "graph/answers/paths.py": PAGES,
    "graph/answers/resolution.py": "tests/domain/test_linking.py",
    "graph/answers/shape.py": PAGES,
    "graph/answers/timeline.py": PAGES,
    "graph/ask/ask.py": "tests/api/test_answer.py",
    "graph/ask/parameters.py": "tests/graph/compile/test_plan.py",
    "graph/build/bundle.py": "tests/graph/load/test_batches.py",
    "graph/build/contract_counts.py": "tests/graph/compile/test_contracts.py",
    "graph/build/fingerprint.py": "tests/graph/load/test_batches.py",
    "graph/build/nodes.py": "tests/graph/compile/test_search.py",
    "graph/build/provenance.py": "tests/graph/load/test_load.py",
    "graph/build/records.py": "tests/graph/load/test_batches.py",
    "graph/compile/catalog.py": "tests/graph/compile/test_plan.py",
    "graph/compile/changes.py": "tests/graph/answers/test_changes.py",
    "graph/compile/comparison.py": "tests/graph/compile/test_plan.py",
    "graph/compile/coverage.py": "tests/graph/answers/test_coverage.py",
    "graph/compile/fields.py": "tests/graph/compile/test_plan.py",
    "graph/compile/lists.py": "tests/graph/compile/test_pages.py",
    "graph/compile/memberships.py": "tests/graph/compile/test_pages.py",
    "graph/compile/organizations.py": "tests/graph/compile/test_pages.py",
    "graph/compile/roots.py": "tests/graph/compile/test_plan.py",
    "graph/compile/rows.py": "tests/graph/compile/test_plan.py",
    "graph/compile/source.py": "tests/graph/compile/test_plan.py",
    "graph/compile/timeline.py": PAGES,
    "graph/domain/claim.py": "tests/graph/build/test_edges.py",
    "graph/domain/model.py": "tests/graph/domain/test_words.py",
    "graph/domain/predicates.py": "tests/domain/test_asking.py",
    "graph/domain/record.py": "tests/api/export/test_claims.py",
    "graph/domain/reference.py": "tests/graph/domain/test_notation.py",
    "graph/engines/child.py": "tests/graph/engines/test_embedded.py",
    "graph/engines/cypher.py": "tests/graph/engines/test_bolt.py",
    "graph/engines/printed.py": "tests/api/cli/test_explain.py",
    "graph/engines/profile.py": "tests/api/cli/test_explain.py",
    "graph/errors.py": "tests/api/documents/test_errors.py",
    "graph/load/first_load.py": "tests/graph/load/test_update.py",
    "graph/load/writes.py": "tests/graph/load/test_load.py",
    "graph/question.py": "tests/graph/compile/test_plan.py",
    "seeds/conflict.py": "tests/seeds/test_check.py",
    "seeds/consistency.py": "tests/seeds/test_check.py",
    "seeds/dataset.py": "tests/seeds/test_folder.py",
    "seeds/document.py": "tests/seeds/test_check.py",
    "seeds/entry.py": "tests/seeds/test_check.py",
    "seeds/imports/arrangements.py": "tests/seeds/imports/test_roo.py",
    "seeds/imports/compact.py": "tests/seeds/imports/test_cbs.py",
    "seeds/imports/csv_file.py": "tests/seeds/imports/test_roo.py",
    "seeds/imports/events.py": "tests/seeds/imports/test_tooi.py",
    "seeds/imports/importer.py": "tests/seeds/imports/test_proposal.py",
    "seeds/imports/lists/columns.py": "tests/seeds/imports/lists/test_template.py",
    "seeds/imports/lists/draft.py": "tests/seeds/imports/lists/test_contracts.py",
    "seeds/imports/lists/heading.py": "tests/seeds/imports/lists/test_table.py",
    "seeds/imports/lists/new_provider.py": "tests/seeds/imports/lists/test_contracts.py",
    "seeds/imports/lists/rows.py": "tests/seeds/imports/lists/test_contracts.py",
    "seeds/imports/problem.py": "tests/seeds/imports/test_proposal.py",
    "seeds/imports/regions.py": "tests/seeds/imports/test_cbs.py",
    "seeds/imports/slug.py": "tests/seeds/imports/test_cbs.py",
    "seeds/problem.py": "tests/seeds/test_check.py",
    "seeds/source.py": "tests/seeds/test_check.py",
    "seeds/values.py": "tests/seeds/test_check.py",
}


def of_its_name(module: Path) -> Path:
    """Returns where the test file of a module's name would lie."""
    inside = module.relative_to(ROOT)
    return ROOT / "tests" / inside.parent / f"test_{inside.stem}.py"


def test_every_module_has_a_test_file_of_its_name_or_a_line_here() -> None:
    modules = {place(path): path for path in MODULES if path.stem != "__init__" and place(path.parent) not in OF_ONE_KIND}
    without = {name for name, path in modules.items() if not of_its_name(path).is_file()}
    assert (sorted(without - set(HELD_BY)), sorted(set(HELD_BY) - without)) == ([], [])


def test_the_tests_of_the_lines_are_there() -> None:
    assert sorted(test for test in {*HELD_BY.values(), SCHEMA} if not (ROOT / test).is_file()) == []


def test_no_folder_has_more_files_than_one_can_choose_from() -> None:
    files = Counter(place(path.parent) for path in MODULES)
    assert {folder: many for folder, many in files.items() if many > MOST_FILES and folder not in OF_ONE_KIND} == {}


def test_only_errors_and_questions_lie_flat_in_the_graph() -> None:
    assert {path.stem for path in MODULES if path.parent == ROOT / "graph"} == {"__init__", "errors", "question"}
