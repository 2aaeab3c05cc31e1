"""SECURITY.md names a test beside each protection; each of them exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "SECURITY.md").read_text()


def test_every_test_that_the_threat_model_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    there = {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }
    assert sorted(named - there) == []
    assert len(named) > 40


def test_every_protection_has_a_test_beside_it() -> None:
    table = PAGE.split("## What stops them", 1)[1].split("## What they do not stop", 1)[0]
    rows = [line for line in table.splitlines() if line.startswith("| **")]
    assert len(rows) > 15
    assert [row[:60] for row in rows if "`test_" not in row] == []
