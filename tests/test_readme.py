"""The README is true: its commands stand at the top, its tables are complete."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text()
START = "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python manage.py quickstart"
TEST = "python3 -m venv .venv && .venv/bin/pip install -r requirements-dev.txt && .venv/bin/pytest"
READS = re.compile(r"""(?:\benv\.\w+|environ\.get|environ\.setdefault|getenv|\bdatabase)\(\s*"([A-Z_]+)\"""")


def variables_read() -> set[str]:
    sources = [*(ROOT / "tracker").glob("*.py"), ROOT / "manage.py", *(ROOT / "cases").rglob("*.py")]
    texts = [source.read_text() for source in sources]
    keys = {name for text in texts for name in re.findall(r"""read_keys\((?:env|Env\(\)), "([A-Z_]+)\"""", text)}
    found = {name for text in texts for name in READS.findall(text)} | keys | {f"{name}_FILE" for name in keys}
    return found - {"DJANGO_SETTINGS_MODULE"}


def table_rows(heading: str) -> set[str]:
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `(?:manage\.py )?([A-Za-z_]+)", section, re.MULTILINE))


def test_readme_begins_with_the_two_commands_each_on_one_line() -> None:
    lines = README.splitlines()
    assert [line for line in lines[:20] if line.startswith("python3 ")] == [START, TEST]


def test_readme_lists_exactly_the_variables_that_the_settings_read() -> None:
    assert table_rows("Settings") == variables_read()


def test_every_reading_of_the_environment_is_seen_by_the_test_above() -> None:
    """A reading in a form that READS does not know would escape the table."""
    for name in ("settings.py", "env.py"):
        source = (ROOT / "tracker" / name).read_text()
        calls = re.findall(r"\benv\.(?:str|bool|int|list)\(", source)
        named = re.findall(r"""\benv\.(?:str|bool|int|list)\(\s*"[A-Z_]+\"""", source)
        unnamed = re.findall(r"""env\.str\((?:variable, default|name, ""|f"{name}_FILE", "")\)""", source)
        assert len(calls) == len(named) + len(unnamed), name


def test_readme_lists_exactly_our_commands() -> None:
    ours = {name for name, app in get_commands().items() if app == "cases"} | {"make_keys"}  # before there are settings
    assert table_rows("Commands") == ours


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", "cases/README.md"])
def test_every_file_that_a_page_links_to_exists(name: str) -> None:
    path = ROOT / name
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_licence_is_the_complete_text_of_the_agpl() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.split()[:6] == ["GNU", "AFFERO", "GENERAL", "PUBLIC", "LICENSE", "Version"]
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text) == 34523


def test_requirements_name_one_exact_version_each() -> None:
    lines = [line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines()]
    assert [line for line in lines if line and "==" not in line] == []
