"""The wheel holds weights and seeds, and the program finds them wherever it is installed."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
LEFT_OUT = ("claims/_seeds/pairs.tsv", "claims/_models/accurate/")
SAMPLE = "Lena Marsh said the harbour would open again on Tuesday.\n"


def call(*args: str | Path, cwd: Path) -> str:
    result = subprocess.run(args, cwd=cwd, capture_output=True, text=True, check=False, timeout=900)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(
        sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=REPOSITORY
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel in it; what it needs is looked up in this one."""
    venv = tmp_path_factory.mktemp("venv")
    call(sys.executable, "-m", "venv", "--without-pip", venv, cwd=venv)
    python = venv / "bin" / "python"
    call(
        sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
        "--no-index", "--disable-pip-version-check", wheel, cwd=venv,
    )  # fmt: skip
    (packages,) = (venv / "lib").glob("python*/site-packages")
    (packages / "needed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return venv / "bin"


def test_the_wheel_holds_what_the_repository_ships(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for inside, folder in (("claims/_models", "models"), ("claims/_seeds", "seeds")):
        shipped = subprocess.run(
            ["git", "ls-files", folder], cwd=REPOSITORY, capture_output=True, text=True, check=False
        ).stdout.split()
        files = [name for name in shipped if (REPOSITORY / name).is_file()]
        wanted = {inside + name.removeprefix(folder) for name in files}
        wanted = {name for name in wanted if not name.startswith(LEFT_OUT)}
        assert {name for name in held if name.startswith(f"{inside}/")} >= wanted
    assert not [name for name in held if name.startswith(LEFT_OUT)]
    assert {"claims/py.typed", "claims/store/migrations/env.py"} <= held
    assert "claims/_seeds/floors.json" in held
    templates = (REPOSITORY / "claims/reports/templates").glob("*.j2")
    assert {f"claims/reports/templates/{path.name}" for path in templates} <= held
    licences = {name.rpartition("/licenses/")[2] for name in held if "/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE", "models/LICENSE.md"}


def test_resources_are_found_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = (
        "import claims, json\n"
        "from claims.extraction.catalogue import available\n"
        "from claims.resources import models_dir, seeds_dir\n"
        "articles = len(list((seeds_dir() / 'articles').iterdir()))\n"
        "print(json.dumps([claims.__file__, str(models_dir()), articles, available()]))\n"
    )
    home, models, articles, names = json.loads(call(installed / "python", "-c", code, cwd=tmp_path))
    assert Path(home).is_relative_to(installed.parent)
    assert Path(models).parent == Path(home).parent
    assert articles >= 12
    assert names == _models()


def _models() -> list[str]:
    configs = REPOSITORY.glob("models/*/config.json")
    found = {p.parent.name for p in configs if "claims-extractor" in p.read_text()}
    return sorted(found - {"accurate"})


@pytest.mark.skipif(not _models(), reason="no model has been trained yet")
def test_the_installed_program_reads_an_article_from_any_folder(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(SAMPLE)
    line = json.loads(call(installed / "claims", "extract", "a.txt", cwd=tmp_path))
    (found,) = line["attributions"]
    assert [SAMPLE[start:end] for start, end in found["source"]] == ["Lena Marsh"]
    assert [SAMPLE[start:end] for start, end in found["cue"]] == ["said"]
    assert found["speaker"] == "Lena Marsh"
    call(installed / "claims", "ingest", "a.txt", cwd=tmp_path)
    assert "Lena Marsh" in call(installed / "claims", "report", cwd=tmp_path)
    page = call(installed / "claims", "report", "--html", "-", cwd=tmp_path)
    assert page.startswith("<!doctype html>")
    assert call(installed / "claims", "--version", cwd=tmp_path).startswith("claims ")
