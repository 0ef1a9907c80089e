"""The shipped registry: what a name stands for, and who stands behind a source."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import pytest

from claims.sources.entries import Alias, AliasKind, Control, Source, SourceKind
from claims.sources.registry import Registry

SHIPPED = Registry.shipped()
STATES = [source for source in SHIPPED.sources if source.is_state]


def resolved(name: str, **context: object) -> str | None:
    source = SHIPPED.resolve(name, **context)  # type: ignore[arg-type]
    return source.id if source else None


@pytest.mark.parametrize(
    ("name", "source_id"),
    [
        ("Seoul", "state:KR"),
        ("Pyongyang’s", "state:KP"),
        ("the Blue House", "state:KR"),
        ("The Kremlin", "state:RU"),
        ("MOSCOW", "state:RU"),
        ("Downing Street", "state:GB"),
        ("Whitehall", "state:GB"),
        ("the White House", "state:US"),
        ("U.S.", "state:US"),
        ("the United States'", "state:US"),
        ("State Department", "state:US/foreign-ministry"),
        ("N. Korea", "state:KP"),
        ("the DPRK", "state:KP"),
        ("Cote d'Ivoire", "state:CI"),
        ("St. Lucia", "state:LC"),
        ("Kyiv", "state:UA"),
        ("Turkey", "state:TR"),
        ("the French government", "state:FR"),
        ("government of Togo", "state:TG"),
        ("Russia's Foreign Ministry", "state:RU/foreign-ministry"),
        ("the Russian Foreign Ministry", "state:RU/foreign-ministry"),
        ("Russian Ministry of Foreign Affairs", "state:RU/foreign-ministry"),
        ("Ministry of Foreign Affairs of the Russian Federation", "state:RU/foreign-ministry"),
        ("Moscow's foreign ministry", "state:RU/foreign-ministry"),
        ("U.S. State Department", "state:US/foreign-ministry"),
        ("British Foreign Office", "state:GB/foreign-ministry"),
        ("Russia's natural resources ministry", "state:RU/natural-resources-ministry"),
        ("South Korea's Defence Ministry", "state:KR/defence-ministry"),
        ("South Korean National Defense Ministry", "state:KR/defence-ministry"),
        ("Seoul's Unification Ministry", "state:KR/unification-ministry"),
        ("South Korea's intelligence agency", "state:KR/nis"),
        ("South Korea's spy agency", "state:KR/nis"),
        ("NIS", "state:KR/nis"),
        ("South Korea's Joint Chiefs of Staff", "state:KR/joint-chiefs"),
        ("the Pentagon", "state:US/defence-ministry"),
        ("KCNA", "media:kcna"),
        ("the official Korean Central News Agency (KCNA)", "media:kcna"),
        ("state media KCNA", "media:kcna"),
        ("Yonhap news agency", "media:yonhap"),
        ("Russia's TASS news agency", "media:tass"),
        ("AFP", "media:afp"),
        ("The Guardian", "media:guardian"),
        ("U.N. Security Council", "body:un-security-council"),
        ("Nato", "body:nato"),
        ("WHO", "body:who"),
    ],
)
def test_names_that_tell(name: str, source_id: str) -> None:
    assert resolved(name) == source_id


@pytest.mark.parametrize(
    "name",
    [
        "Washington",
        "Georgia",
        "Jordan",
        "the South",
        "the North",
        "Korea",
        "Brussels",
        "Congo",
        "Congolese Foreign Ministry",
        "Joint Chiefs of Staff",
        "Security Council",
        "U.S. intelligence agency",
        "Russian",
        "PAP",
    ],
)
def test_ambiguous_names_never_resolve_silently(name: str) -> None:
    assert resolved(name) is None
    matches = SHIPPED.find(name)
    assert matches
    assert all(match.ambiguous for match in matches)


@pytest.mark.parametrize(
    "name",
    [
        *("who", "Who", "us", "turkey", "Kim Jong Un", "the ministry", "Foreign Ministry"),
        *("Georgia Department of Agriculture", "Lund Foreign Ministry", "analysts"),
        *("", "the", "'s", "(x)", "…"),
    ],
)
def test_what_it_does_not_know_is_nothing(name: str) -> None:
    assert resolved(name) is None


def test_the_context_decides_among_candidates() -> None:
    assert resolved("PAP", kind=SourceKind.MEDIA) == "media:pap"
    assert resolved("Congress", country="US") == "state:US/congress"
    assert resolved("Security Council", country="RU") == "state:RU/security-council"
    assert resolved("Georgia", kind=SourceKind.GOVERNMENT) == "state:GE"
    assert resolved("Russian", kind=SourceKind.GOVERNMENT) is None
    assert resolved("KCNA", kind=SourceKind.PERSON) is None


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.id)
def test_every_state_by_short_name_and_by_adjective_with_a_ministry(state: Source) -> None:
    (first, *_) = [match.source.id for match in SHIPPED.find(state.name)]
    assert first == state.id
    if state.name not in ("Georgia", "Jordan", "Chad"):
        assert resolved(state.name) == state.id
    ministry = SHIPPED.get(f"{state.id}/health-ministry")
    assert ministry is not None
    assert resolved(f"{state.name}'s Health Ministry") == ministry.id
    assert resolved(f"Ministry of Health of {state.name}") == ministry.id
    demonyms = [a.alias for a in SHIPPED.aliases(state.id) if a.kind is AliasKind.DEMONYM]
    assert demonyms
    for demonym in demonyms:
        found = {match.source.id for match in SHIPPED.find(f"the {demonym} Health Ministry")}
        assert ministry.id in found
        assert len(found) == 1 or demonym in ("Congolese", "Dominican")
        assert state.id in {match.source.id for match in SHIPPED.find(demonym)}


def test_a_ministry_of_its_own_name_is_the_listed_one() -> None:
    assert SHIPPED.get("state:US/foreign-ministry").name == "US Department of State"  # type: ignore[union-attr]
    derived = SHIPPED.get("state:NO/fisheries-ministry")
    assert derived is not None
    assert (derived.name, derived.owner) == ("Norwegian Fisheries Ministry", "state:NO")
    assert SHIPPED.get("state:NO/magic-ministry") is None
    assert SHIPPED.get("state:QQ/foreign-ministry") is None
    assert SHIPPED.get("media:afp/foreign-ministry") is None


def test_spellings_of_romanised_names_are_one() -> None:
    person = Source("person:kim", "Kim Jong-un", SourceKind.PERSON, "KP")
    registry = Registry([person])
    for name in ("Kim Jong Un", "KIM JONG-UN", "Kim Jong‑un", "Kim Jongun", "Kim Jong Un's"):
        assert registry.resolve(name) == person
    other = Registry([Source("person:m", "Nicolás Núñez", SourceKind.PERSON)])
    assert other.resolve("Nicolas Nunez") is not None


def test_an_office_is_whoever_holds_it_that_day() -> None:
    people = [Source(f"person:{name}", name, SourceKind.PERSON) for name in ("Abe", "Bea")]
    office = "minister of external economic relations"
    registry = Registry(
        people,
        [
            Alias("person:Abe", office, AliasKind.TITLE, valid_to=date(2024, 3, 1)),
            Alias("person:Bea", office, AliasKind.TITLE, valid_from=date(2024, 3, 2)),
        ],
    )
    assert registry.resolve(office, date(2023, 12, 13)) == people[0]
    assert registry.resolve(office, date(2024, 11, 21)) == people[1]
    assert registry.resolve(office) is None
    assert {match.source.id for match in registry.find(office)} == {"person:Abe", "person:Bea"}
    alone = Registry(
        people, [Alias("person:Abe", office, AliasKind.TITLE, valid_to=date(2024, 3, 1))]
    )
    assert alone.resolve(office) is None, "whose office it was on an unknown day isn't known"


def test_names_of_past_times() -> None:
    assert resolved("Nur-Sultan", on=date(2020, 5, 1)) == "state:KZ"
    assert resolved("Nur-Sultan", on=date(2024, 5, 1)) is None
    assert resolved("Nur-Sultan") == "state:KZ"


@pytest.mark.parametrize(
    ("source_id", "owners", "root"),
    [
        ("media:kcna", ["state:KP"], "state:KP"),
        ("media:rodong-sinmun", ["state:KP/wpk", "state:KP"], "state:KP"),
        ("state:KR/nis", ["state:KR"], "state:KR"),
        ("state:RU/fisheries-ministry", ["state:RU"], "state:RU"),
        ("media:sputnik", ["media:rossiya-segodnya", "state:RU"], "state:RU"),
        ("media:cnbc", ["body:comcast"], "body:comcast"),
        ("media:sky-news", ["body:comcast"], "body:comcast"),
        ("media:bbc", [], "media:bbc"),
        ("media:yonhap", [], "media:yonhap"),
        ("body:un-security-council", ["body:un"], "body:un"),
    ],
)
def test_who_stands_behind(source_id: str, owners: list[str], root: str) -> None:
    source = SHIPPED.get(source_id)
    assert source is not None
    assert [owner.id for owner in SHIPPED.owner_chain(source)] == owners
    assert SHIPPED.root(source).id == root
    government = SHIPPED.government_of(source)
    assert (government.id if government else None) == (root if root.startswith("state:") else None)


def test_control_by_a_state_tells_the_government_without_an_owner() -> None:
    state = Source("state:KP", "North Korea", SourceKind.GOVERNMENT, "KP")
    radio = Source("media:r", "R", SourceKind.MEDIA, "KP", control=Control.STATE, basis="law")
    assert Registry([state, radio]).government_of(radio) == state


def test_owners_in_a_ring_end() -> None:
    ring = [
        Source("body:a", "A", SourceKind.ORGANIZATION, owner="body:b"),
        Source("body:b", "B", SourceKind.ORGANIZATION, owner="body:a"),
    ]
    assert Registry(ring).owner_chain(ring[0]) == [ring[1]]


def test_a_merged_source_is_found_by_all_its_names() -> None:
    one, two, three = (Source(f"body:{n}", f"Body {n}", SourceKind.ORGANIZATION) for n in "abc")
    alias = Alias("body:c", "Third Body", AliasKind.NAME)
    registry = Registry(
        [one, two, three], [alias], standing={"body:c": "body:b", "body:b": "body:a"}
    )
    assert registry.resolve("Third Body") == registry.resolve("Body b") == one
    assert registry.stands_for("body:c") == one
    assert registry.get("body:c") == three
    assert registry.merged_into("body:a") == ["body:b", "body:c"]
    assert registry.sources == [one]
    assert alias in registry.aliases("body:a")


def test_search_forgives_slips() -> None:
    assert SHIPPED.search("yonhp news")[0].source.id == "media:yonhap"
    assert SHIPPED.search("Rusia")[0].source.id == "state:RU"
    assert SHIPPED.search("korean central")[0].source.id == "media:kcna"
    assert len(SHIPPED.search("agency", limit=3)) == 3
    assert SHIPPED.search("qqqqqqqq") == []
    assert SHIPPED.search("") == []


def test_the_version_is_of_the_data() -> None:
    assert SHIPPED.version == Registry.shipped().version
    one = Registry([Source("body:a", "A", SourceKind.ORGANIZATION)])
    two = Registry([Source("body:a", "B", SourceKind.ORGANIZATION)])
    assert one.version != two.version
    assert len(one.version) == 16


def test_it_loads_fast_and_without_heavy_packages() -> None:
    code = (
        "import sys, time\n"
        "from claims.sources.registry import Registry\n"
        "times = []\n"
        "start = time.process_time(); Registry.shipped(); print(time.process_time() - start)\n"
        "heavy = {'torch', 'transformers', 'numpy', 'sqlalchemy', 'sqlmodel', 'rapidfuzz'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    times, heavy = zip(*(run.stdout.splitlines() for run in runs), strict=True)
    assert set(heavy) == {"[]"}
    assert min(map(float, times)) < 0.1


def test_a_look_up_is_fast() -> None:
    start = time.process_time()
    for _ in range(200):
        SHIPPED.find("Lena Marsh of the Harbour Board")
    assert time.process_time() - start < 0.2
