"""Findings from articles to the list, with the models that ship: plain cases must fire."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.extraction.catalogue import available
from tests.test_end_to_end import claims

pytestmark = pytest.mark.skipif(not available(), reason="no model has been trained yet")

QUAY = """Harbour board closes north quay

PORT ANSEL, Estavia - The harbour board closed the north quay on Tuesday after divers found cracks.

Board chairwoman Ulla Brenk said the quay would stay closed for two weeks.

The ferry company Norlane said 300 passengers a day would be affected.
"""
DISPATCH = """Ferry captain was asleep, port office says

MAVIRA (Meridian) - The captain of the ferry that ran aground on Sunday was asleep on the bridge, \
the Mavira port office said on Tuesday.

All 212 people were brought ashore. Tugs pulled the ferry into the yard on Monday night.

The ferry was built in 2009 and sails between the three southern islands.
"""
COPY = DISPATCH.replace(", the Mavira port office said on Tuesday", "").replace(
    "Ferry captain was asleep, port office says", "Tugs pull ferry into yard"
)
DENIED = """Estavia accuses Kordania of shooting at patrol boat

PORT ANSEL, Estavia - Estavia accused Kordania on Friday of firing at one of its patrol boats on \
Lake Ivara and wounding a sailor.

Kordania denied that it had fired at the patrol boat. The sailor was taken to the naval hospital.
"""
LATER = """Sailor leaves hospital after shots on lake

PORT ANSEL, Estavia - Estavia accuses Kordania of firing at one of its patrol boats on Lake Ivara \
and wounding a sailor. The lake has been divided by a line of buoys since 1974.
"""


def line(name: str, outlet: str, day: str, text: str) -> str:
    url = f"https://news.example/{name}"
    given = {"id": name, "text": text, "outlet": outlet, "published": day, "url": url}
    return json.dumps(given) + "\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder: Path = tmp_path_factory.mktemp("desk")
    (folder / "first.jsonl").write_text(
        line("quay", "Harbour Gazette", "2031-05-06", QUAY)
        + line("wire", "Island Record", "2031-08-03", DISPATCH)
        + line("copy", "The Causeway", "2031-08-04", COPY)
        + line("shots", "Harbour Gazette", "2031-05-09", DENIED)
        + line("later", "Delvin Post", "2031-05-11", LATER)
    )
    changed = QUAY.replace("two weeks", "six months")
    (folder / "second.jsonl").write_text(line("quay", "Harbour Gazette", "2031-05-06", changed))
    claims("ingest", "first.jsonl", cwd=folder)
    assert "1 in a new version" in claims("ingest", "second.jsonl", cwd=folder)
    printed: dict[str, list[dict[str, Any]]] = json.loads(claims("findings", "--json", cwd=folder))
    return printed["findings"]


@pytest.mark.parametrize(
    ("kind", "articles", "words"),
    [
        ("contradiction", [4], ("Kordania", "fired at the patrol boat")),
        ("denial_missing", [5, 4], ("Delvin Post", "fired at the patrol boat")),
        ("attribution_dropped", [3, 2], ("The Causeway", "asleep on the bridge")),
        ("passage_changed", [1], ("Harbour Gazette", "six months")),
    ],
)
def test_a_plain_case_is_found(
    found: list[dict[str, Any]], kind: str, articles: list[int], words: tuple[str, str]
) -> None:
    (one,) = [finding for finding in found if finding["kind"] == kind]
    assert one["articles"] == articles
    assert words[0] in one["message"]
    assert any(words[1] in evidence["exact"] for evidence in one["evidence"])
    assert one["claims"]
