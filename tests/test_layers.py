"""The import graph is a law: who may know whom.

1. A module imports lower layers, or an earlier part of its own layer; imports in functions count.
2. There is no cycle, neither between parts nor between the modules of one part.
3. Only `indexer/embedded` knows Whoosh.
4. The web UI knows `indexer`'s public names alone; its command also knows the command line.
5. Every part stands in the table.
"""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "release", "query", "facets", "request", "response"),
    (
        "languages",
        "analysis",
        "readers",
        "cleaning",
        "dates",
        "authority",
        "syntax",
        "kernels",
        "lexicon",
        "patterns",
        "passages",
        "vocabulary",
        "matching",
        "highlight",
        "rewriting",
        "translation",
        "filters",
        "bundled",
        "ledger",
        "history",
        "fixity",
        "earlier",
        "grouping",
        "bookkeeping",
        "records",
        "citations",
        "concordance",
        "exports",
        "labels",
        "comparison",
    ),
    (
        "engine",
        "gathering",
        "pipeline",
        "journal",
        "resuming",
        "parallel",
        "reading",
        "retagging",
        "plan",
        "account",
        "audit",
        "build",
        "updating",
        "watching",
    ),
    ("embedded",),
    ("index", "trends", "__init__"),
    ("console", "inspection", "commands", "cli"),
)
"""The parts of `indexer` from the bottom to the top, within a layer from the first."""

PARTS = tuple(part for layer in LAYERS for part in layer)

WEB_COMMAND = "webui.command"


def modules() -> dict[str, Path]:
    """Every module of the two packages by its dotted name."""
    found = {}
    for package in ("indexer", "webui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            dotted = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(dotted[:-1] if dotted[-1] == "__init__" else dotted)] = path
    return found


MODULES = modules()


def imports(name: str, source: str, known: set[str]) -> Iterator[tuple[str, str | None]]:
    """What a module imports: (module, name in it); a submodule is a module, not a name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner, None) if inner in known else (str(node.module), alias.name)


def imports_of(name: str) -> list[tuple[str, str | None]]:
    return list(imports(name, MODULES[name].read_text(encoding="utf-8"), set(MODULES)))


def part_of(module: str) -> str:
    """The part of `indexer` that a module belongs to."""
    names = module.split(".")
    return names[1] if len(names) > 1 else "__init__"


def upward(module: str, imported: list[tuple[str, str | None]]) -> list[str]:
    """The imports of a module of `indexer` that break the first law."""
    own = part_of(module)
    return [
        f"{module} imports {target}"
        for target, _ in imported
        if target.split(".")[0] in ("indexer", "webui")
        and (
            target.split(".")[0] == "webui"
            or (part_of(target) != own and PARTS.index(part_of(target)) > PARTS.index(own))
        )
    ]


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("indexer")])
def test_1_nothing_is_imported_upward(module: str) -> None:
    assert upward(module, imports_of(module)) == []


def test_1_the_law_can_be_broken() -> None:
    source = "def hidden():\n    from indexer.embedded import EmbeddedEngine\n"
    found = list(imports("indexer.build", source, set(MODULES)))
    assert upward("indexer.build", found) == ["indexer.build imports indexer.embedded"]
    assert upward("indexer.errors", [("indexer.release", None)])
    assert upward("indexer.cli", [("webui.app", None)])
    assert not upward("indexer.index", [("indexer.embedded.engine", None)])


def test_2_there_is_no_cycle() -> None:
    graph = {
        module: {
            target for target, _ in imports_of(module) if target in MODULES and target != module
        }
        for module in MODULES
    }
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", MODULES)
def test_3_only_the_embedded_engine_knows_whoosh(module: str) -> None:
    if not module.startswith("indexer.embedded"):
        assert not [t for t, _ in imports_of(module) if t.split(".")[0] == "whoosh"]


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("webui")])
def test_4_the_web_knows_public_names_alone(module: str) -> None:
    public = public_names()
    allowed = {"indexer.cli", "indexer.commands.command"} if module == WEB_COMMAND else set()
    for target, name in imports_of(module):
        if target.split(".")[0] == "indexer" and target not in allowed:
            assert target == "indexer", f"{module} imports {target}"
            assert name in public, f"{module} imports {name}, which is not public"


def public_names() -> set[str]:
    """`__all__` of `indexer`, read without importing it."""
    tree = ast.parse(MODULES["indexer"].read_text(encoding="utf-8"))
    (names,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    return set(names)


def test_5_every_part_stands_in_the_table() -> None:
    there = {part_of(module) for module in MODULES if module.startswith("indexer")}
    assert there == set(PARTS)
    assert len(PARTS) == len(set(PARTS))
