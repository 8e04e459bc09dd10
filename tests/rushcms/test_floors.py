"""The three floors: imports go down only, and nowhere in a circle."""

import ast
from graphlib import CycleError, TopologicalSorter
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


def test_no_module_imports_itself_through_others_not_even_inside_a_function():
    names = {_name(path): path for path in MODULES}
    graph = {name: _modules(path, names) - {name} for name, path in names.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"A circle: {' <- '.join(error.args[1])}")


def _name(path):
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _modules(path, names):
    """Return the modules of ours that the one at *path* imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            wholes = {f"{node.module}.{alias.name}": node.module for alias in node.names}
            found |= {name if name in names else whole for name, whole in wholes.items()}
    return found & names.keys()
