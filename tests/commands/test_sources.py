"""`claims sources`: reading the registry and deciding about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims.sources.registry import Registry
from tests.commands.conftest import Run

PEOPLE = "id,name,kind,country\nperson:marsh,Lena Marsh,person,GB\nperson:vale,Orrin Vale,person,\n"


@pytest.fixture
def people(stored: Run, folder: Path) -> Run:
    """As `stored`, with the speakers of the article loaded."""
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert stored("sources", "load", "people.csv").exit_code == 0
    return stored


def test_the_shipped_registry_can_be_read_before_there_is_a_database(
    run: Run, folder: Path
) -> None:
    listed = run("sources", "list", "--kind", "media", "--control", "public")
    assert listed.exit_code == 0
    assert "media:bbc" in listed.stdout
    assert "media:kcna" not in listed.stdout
    shown = run("sources", "show", "KCNA").stdout
    assert "owner    North Korea (state:KP)" in shown
    assert "(as of 2024-12-31)" in shown
    assert "KCNA (acronym)" in shown
    assert "heard    never" in shown
    assert run("sources", "search", "Yonhp").stdout.split()[1] == "media:yonhap"
    assert list(folder.iterdir()) == []
    assert run("sources", "show", "KCNA", "--db", "none.db").exit_code == 1


def test_list_as_json_filters(run: Run) -> None:
    rows = json.loads(run("sources", "list", "--country", "kp", "--json").stdout)
    assert {row["country"] for row in rows} == {"KP"}
    assert {"state:KP", "media:kcna"} <= {row["id"] for row in rows}
    assert len(json.loads(run("sources", "list", "--json").stdout)) == len(
        Registry.shipped().sources
    )


def test_a_name_that_does_not_tell_is_an_error_with_the_repair(run: Run) -> None:
    result = run("sources", "show", "Security Council")
    assert result.exit_code == 1
    assert "body:un-security-council" in result.stderr
    assert "repair: name one by its id" in result.stderr
    result = run("sources", "show", "Kcnaa")
    assert result.exit_code == 1
    assert "like it: media:kcna" in result.stderr


def test_unresolved_names_the_most_heard_first_until_they_are_known(stored: Run) -> None:
    rows = json.loads(stored("sources", "unresolved", "--json").stdout)
    assert [row["name"] for row in rows[:2]] == ["Lena Marsh", "Orrin Vale"]
    assert rows[0]["attributions"] == 2
    assert rows[0]["articles"] == [1]
    stdin = PEOPLE.encode()
    assert stored("sources", "load", "-", stdin=stdin).exit_code == 0
    left = stored("sources", "unresolved").stdout
    assert "Marsh" not in left
    assert "Tavira" in left
    assert len(stored("sources", "unresolved", "--top", "1").stdout.splitlines()) == 1


def test_an_unresolved_speaker_says_why_wherever_it_is_shown(run: Run, folder: Path) -> None:
    why = "nobody is named near “He” who could be meant"
    (folder / "nobody.txt").write_text("Rain fell all day. He said the road is lost.\n")
    assert run("ingest", "nobody.txt").exit_code == 0
    (row,) = json.loads(run("sources", "unresolved", "--json").stdout)
    assert row["name"] == "UNRESOLVED"
    assert row["why"] == [{"article": 1, "why": why, "attributions": 1}]
    counted, reason = run("sources", "unresolved").stdout.splitlines()
    assert counted.split() == ["1", "UNRESOLVED", "(#1)"]
    assert reason.strip() == f"#1 {why}"
    for command in (("show", "1"), ("report",), ("report", "articles")):
        assert f"unresolved: {why}" in " ".join(run(*command).stdout.split())
        data = json.dumps(json.loads(run(*command, "--json").stdout), ensure_ascii=False)
        assert f'"why": "{why}"' in data
    line = json.loads(run("extract", "nobody.txt").stdout)
    assert line["attributions"][0]["speakers"][0]["why"] == why


def test_show_tells_what_was_heard(people: Run) -> None:
    data = json.loads(people("sources", "show", "Lena Marsh", "--json").stdout)
    assert (data["id"], data["heard"]["attributions"]) == ("person:marsh", 2)
    shown = people("sources", "show", "person:marsh").stdout
    assert "2 attributed, 0 carried, in 1 article (#1)" in shown
    assert "2 as Lena Marsh" in shown


def test_merge_split_and_undo(people: Run) -> None:
    merged = people("sources", "merge", "person:marsh", "Orrin Vale", "--as", "desk", "--json")
    assert merged.exit_code == 0
    data = json.loads(merged.stdout)
    assert (data["decision"], data["kind"], data["by"]) == (1, "merge", "desk")
    shown = people("sources", "show", "Orrin Vale").stdout
    assert shown.startswith("Lena Marsh")
    assert "merged   person:vale" in shown
    assert people("sources", "split", "Orrin Vale").exit_code == 0
    assert people("sources", "show", "Orrin Vale").stdout.startswith("Orrin Vale")
    undone = people("sources", "undo", "2")
    assert "Decision 3: decision 2 is undone." in undone.stdout
    assert "claims sources undo 3" in undone.stderr
    log = people("sources", "log").stdout.splitlines()
    assert len(log) == 3
    assert "(undone)" in log[1]
    assert [row["in_force"] for row in json.loads(people("sources", "log", "--json").stdout)] == [
        True,
        False,
        True,
    ]
    again = people("sources", "undo", "2")
    assert again.exit_code == 1
    assert "undone before, by decision 3" in again.stderr
    assert people("sources", "merge", "KCNA", "media:kcna").exit_code == 1
    assert people("sources", "split", "media:kcna").exit_code == 1
    assert people("sources", "split", "media:kcna", "--to", "media:tass").exit_code == 2


def test_names_are_given_with_days_and_taken(people: Run) -> None:
    given = people(
        "sources", "alias", "person:marsh", "harbour minister",
        "--kind", "title", "--from", "2023-01-01", "--note", "since the vote",
    )  # fmt: skip
    assert given.exit_code == 0
    assert "'harbour minister' names person:marsh (title, 2023-01-01–)" in given.stdout
    assert (
        "harbour minister (title, 2023-01-01–)" in people("sources", "show", "person:marsh").stdout
    )
    taken = people("sources", "split", "media:yonhap", "Yonhap News TV", "--to", "YTN")
    assert "but media:ytn" in taken.stdout
    assert people("sources", "show", "Yonhap News TV").stdout.startswith("YTN")
    clash = people("sources", "alias", "person:marsh", "KCNA")
    assert clash.exit_code == 1
    assert "--ambiguous shares it" in clash.stderr


def test_load_is_idempotent_and_all_or_nothing(run: Run, folder: Path) -> None:
    first = json.loads(run("sources", "load", "--json").stdout)
    assert first["added"] > 2000
    second = json.loads(run("sources", "load", "--json").stdout)
    assert (second["added"], second["changed"]) == (0, 0)
    assert second["version"] == first["version"] == Registry.shipped().version
    (folder / "good.csv").write_text(PEOPLE, encoding="utf-8")
    bad = "id,name,kind,control\nmedia:x,X,media,state\nmedia:y,Y,paper,\n"
    (folder / "bad.csv").write_text(bad, encoding="utf-8")
    result = run("sources", "load", "good.csv", "bad.csv")
    assert result.exit_code == 1
    assert "bad.csv:2: an owner or a control needs its basis" in result.stderr
    assert "bad.csv:3: kind 'paper'" in result.stderr
    assert run("sources", "show", "person:marsh").exit_code == 1
    assert run("sources", "load", "good.csv").exit_code == 0
    assert run("sources", "show", "person:marsh").exit_code == 0


def test_files_that_cannot_be_read(run: Run, folder: Path) -> None:
    (folder / "latin.csv").write_bytes("id,name,kind\nbody:é,É,organization\n".encode("latin-1"))
    assert "isn't UTF-8" in run("sources", "load", "latin.csv").stderr
    missing = run("sources", "load", "none.csv")
    assert missing.exit_code == 1
    assert "none.csv can't be read" in missing.stderr
    assert not (folder / "claims.db").exists()


def test_text_of_articles_does_not_steer_the_terminal(stored: Run, folder: Path) -> None:
    text = "A harbour story.\n\nLena\x1b[31m Marsh said the port would open on Monday.\n"
    (folder / "evil.txt").write_text(text, encoding="utf-8")
    stored("ingest", "evil.txt")
    shown = stored("sources", "unresolved").stdout
    assert "␛" in shown
    assert "\x1b" not in shown
