"""The three floors: imports go down only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {"films": {"films"}, "articles": {"articles", "films"}, "rushcms": {"rushcms", "articles", "films"}}
MODULES = [path.relative_to(ROOT) for floor in MAY_IMPORT for path in (ROOT / floor).rglob("*.py")]


def imported(path):
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_module_imports_no_floor_above_its_own(path):
    floors = {name.split(".")[0] for name in imported(path)} & set(MAY_IMPORT)
    assert floors <= MAY_IMPORT[path.parts[0]]


def test_all_three_floors_are_looked_at():
    assert {path.parts[0] for path in MODULES} == set(MAY_IMPORT)
