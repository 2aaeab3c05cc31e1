"""Are the tables that a new database gets in one step those that every step on the way leads to?"""

import pytest
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

AFTER = ("cases", "0002_penalties")
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


def names_of_the_steps():
    loader = MigrationLoader(None)
    return [name for app, name in loader.replacements[ONE_STEP].replaces if app == "cases"]


@pytest.mark.django_db
def test_what_comes_after_follows_a_database_of_one_step_and_one_of_every_step():
    loader = MigrationLoader(connection)
    assert loader.disk_migrations[AFTER].dependencies[0] == ONE_STEP
    steps = names_of_the_steps()
    for taken in ([*steps, ONE_STEP[1]], steps):  # one step writes down those that it replaces, too
        recorder = MigrationRecorder(connection)
        recorder.migration_qs.filter(app="cases").delete()
        for name in taken:
            recorder.record_applied("cases", name)
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
        plan = executor.migration_plan([AFTER])
        assert [(one.app_label, one.name) for one, _backwards in plan if one.app_label == "cases"] == [AFTER]
