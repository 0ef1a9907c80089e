"""torch takes a second or more to load: no command may load it that doesn't need it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import claims

PACKAGE = Path(claims.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"torch", "transformers", "safetensors"}


def imports(tree: ast.AST, *, inside: bool = False) -> Iterator[tuple[str, bool]]:
    """(top-level name of an imported package, whether inside a function) without type-only ones."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0], inside
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for other in node.orelse:
                yield from imports(other, inside=inside)
        else:
            function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports(node, inside=inside or function)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_torch_is_imported_only_where_it_may_be(path: Path) -> None:
    place = path.relative_to(PACKAGE)
    found = {(name, inside) for name, inside in imports(ast.parse(path.read_text("utf-8")))
             if name in HEAVY}  # fmt: skip
    if place.parts[0] == "training" or place.name == "network.py":
        return
    if place.name in ("config.py", "loading.py") and place.parts[0] == "extraction":
        found -= {("transformers", False), ("transformers", True)}  # its settings, its logging
    if place.as_posix() in ("sources/ranking.py", "matching/pairs.py"):
        found -= {("safetensors", True)}  # read small arrays by numpy alone, when first used
    assert not found


def test_the_extractor_can_be_named_without_loading_torch() -> None:
    code = (
        "import sys, claims.extraction, claims.extraction.predict, claims.training, claims.cli;"
        f"print(sorted(set(sys.modules) & {HEAVY}), callable(claims.extraction.load))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "True"]


def test_the_check_sees_imports_of_all_kinds() -> None:
    source = """
import torch.nn
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import transformers
class A:
    from safetensors import x
def f():
    if True:
        import torch
"""
    found = list(imports(ast.parse(source)))
    assert [f for f in found if f[0] in HEAVY] == [
        ("torch", False),
        ("safetensors", False),
        ("torch", True),
    ]
    assert len(MODULES) > 40
