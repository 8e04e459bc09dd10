"""The guides: their commands, pictures and links are there."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from films import names

ROOT = Path(__file__).parents[2]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "benchmarks" / "README.md"]
MOST = 150_000  # Bytes of a picture.


@pytest.fixture(params=GUIDES, ids=lambda guide: guide.name)
def guide(request):
    return request.param


def test_every_command_a_guide_names_exists(guide):
    named = set(re.findall(r"manage\.py ([a-z_]+)", guide.read_text()))
    assert named - get_commands().keys() == set()


def test_every_module_a_guide_runs_exists(guide):
    named = set(re.findall(r"python -m (benchmarks\.[a-z_]+)", guide.read_text()))
    assert {name for name in named if not (ROOT / f"{name.replace('.', '/')}.py").exists()} == set()


def test_every_link_of_a_guide_leads_somewhere(guide):
    links = re.findall(r"\]\(([^)#\s]+)\)", re.sub(r"`[^`\n]*`|^    .*$", "", guide.read_text(), flags=re.MULTILINE))
    broken = [link for link in links if "://" not in link and not (guide.parent / link).exists()]
    assert broken == []


def test_every_place_a_guide_points_to_in_itself_is_a_heading(guide):
    text = guide.read_text()
    places = set(re.findall(r"\]\(#([^)\s]+)\)", text))
    headings = {names.slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert places - headings == set()


def test_no_picture_of_a_guide_is_heavy():
    assert [image.name for image in (ROOT / "docs" / "images").iterdir() if image.stat().st_size > MOST] == []
