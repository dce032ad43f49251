"""The sources of the house as syntax trees."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "miaohui"


@cache
def modules() -> dict[str, ast.Module]:
    """Every module by its path inside the package, `domain/rules/pack.py`."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def domain() -> dict[str, ast.Module]:
    """The modules of the domain."""
    return {path: tree for path, tree in modules().items() if path.startswith("domain/")}


def imported(tree: ast.Module) -> Iterator[str]:
    """The full name of every module that is imported, at the top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def imported_whole(tree: ast.Module) -> set[str]:
    """The name of every module that is imported as `import module`."""
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }


def names_from(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(module, name) of every `from module import name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def calls(tree: ast.Module) -> Iterator[str]:
    """What is called, as written: `open`, `datetime.now`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def words(tree: ast.Module) -> Iterator[str]:
    """Every word of the identifiers and string literals, in lower case; docstrings left out."""
    told = docstrings(tree)
    for node in ast.walk(tree):
        for text in _texts(node):
            if not (isinstance(node, ast.Constant) and id(node) in told):
                yield from (word.lower() for word in _words_in(text))


def docstrings(tree: ast.Module) -> set[int]:
    """The ids of the nodes that are docstrings."""
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and ast.get_docstring(node) is not None
        and isinstance(node.body[0], ast.Expr)
    }


def _texts(node: ast.AST) -> Iterator[str]:
    """The names and strings of one node."""
    for _, value in ast.iter_fields(node):
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, str))


def _words_in(text: str) -> list[str]:
    """`PddStore`, `pdd_store` and `pdd@2026` all hold the word pdd."""
    return re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_]+", text)
