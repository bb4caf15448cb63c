"""The documentation is true: links lead somewhere, commands and settings exist, examples run."""

import re
import shlex
from pathlib import Path

import pytest

from indexer.cli import make_parser
from webui.command import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("corpus/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [
        link
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []


def readme_commands() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("communique ")]


@pytest.mark.parametrize("line", readme_commands())
def test_commands_of_the_readme_parse(line: str) -> None:
    make_parser(COMMANDS).parse_args(shlex.split(line, comments=True)[1:])


def test_the_python_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert example is not None
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)
    exec(compile(example[1], "README.md", "exec"), {})
    assert "<mark>" in capsys.readouterr().out


def test_the_authority_example_loads() -> None:
    from indexer.authority import parse_file

    text = (ROOT / "docs" / "authority-files.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    assert example is not None
    with_parent = example[1].replace('parent = "channel" ', "# ")
    assert parse_file("example.toml", with_parent).entries[0].id == "channel/arax"
