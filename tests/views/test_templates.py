"""The house's rules for public templates."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR, "templates", "site")
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
PUBLIC = [TEMPLATES / "base.html", *COMPONENTS, *sorted((TEMPLATES / "public").rglob("*.html"))]


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_component_names_its_variables_and_is_short(path):
    lines = path.read_text().splitlines()
    assert lines[0].startswith("{# ")
    assert ":" in lines[0]
    assert len(lines) <= 40


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_template_takes_components_by_name_alone_and_carries_no_style_or_script(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 150
    assert re.findall(r"{% include|with context|\|safe", text) == []
    assert re.findall(r"\son\w+=|\sstyle=|<script|<style", text) == []
