"""Are the tables that a new database gets in one step those that every step on the way leads to?"""

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

LAST_STEP = ("cases", "0012_unsealing")
ONE_STEP = ("cases", "0001_squashed_0012_unsealing")


def test_one_step_leads_where_the_steps_lead():
    in_one_step, step_by_step = MigrationLoader(None), MigrationLoader(None)
    step_by_step.replace_migrations = False
    step_by_step.build_graph()
    assert ONE_STEP in in_one_step.graph.nodes
    assert LAST_STEP not in in_one_step.graph.nodes
    assert step_by_step.graph.node_map[LAST_STEP].parents, "the steps are no longer a chain"
    old, new = step_by_step.project_state(LAST_STEP), in_one_step.project_state(ONE_STEP)
    assert {key for key in old.models if key[0] == "cases"} == {key for key in new.models if key[0] == "cases"}
    assert "cases" not in MigrationAutodetector(old, new)._detect_changes()
