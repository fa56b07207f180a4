"""What the place index answers, on the real data: spellings, coordinates, order of meanings, determinism."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from worker.lexicon import build_places
from worker.lexicon.entries import PlaceKind
from worker.lexicon.places import BUILD_COMMAND, Gazetteer, fold, load_gazetteer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def index() -> bytes:
    return build_places.build()


@pytest.fixture(scope="module")
def places(index: bytes) -> Gazetteer:
    return Gazetteer(index)


KNOWN = [
    ("Kyiv", "UKR", 50.45, 30.52),
    ("Kharkiv", "UKR", 49.99, 36.23),
    ("Odesa", "UKR", 46.48, 30.73),
    ("Dnipro", "UKR", 48.46, 35.05),
    ("Sumy", "UKR", 50.91, 34.80),
    ("Krasnopil", "UKR", 50.77, 35.26),
    ("Bakhmut", "UKR", 48.60, 38.00),
    ("Avdiivka", "UKR", 48.14, 37.75),
    ("Pokrovsk", "UKR", 48.28, 37.18),
    ("Sevastopol", "UKR", 44.61, 33.52),
    ("Krasnodar", "RUS", 45.04, 38.98),
    ("Kursk", "RUS", 51.73, 36.19),
    ("Belgorod", "RUS", 50.60, 36.59),
    ("Jeddah", "SAU", 21.49, 39.19),
    ("Khan Yunis", "PSE", 31.34, 34.31),
    ("Rafah", "PSE", 31.29, 34.25),
    ("Beit Lahia", "PSE", 31.55, 34.50),
    ("Kiryat Shmona", "ISR", 33.21, 35.57),
    ("Tyre", "LBN", 33.27, 35.20),
    ("Baalbek", "LBN", 34.01, 36.21),
    ("Aleppo", "SYR", 36.20, 37.16),
    ("Idlib", "SYR", 35.93, 36.63),
    ("Sanaa", "YEM", 15.35, 44.21),
    ("Hodeidah", "YEM", 14.80, 42.95),
    ("Bandar Abbas", "IRN", 27.19, 56.28),
    ("Erbil", "IRQ", 36.19, 44.01),
    ("El Fasher", "SDN", 13.63, 25.35),
    ("Goma", "COD", -1.67, 29.23),
    ("Mekelle", "ETH", 13.50, 39.47),
    ("Shusha", "AZE", 39.76, 46.75),
    ("Stepanakert", "AZE", 39.82, 46.75),
    ("Muzaffarabad", "PAK", 34.37, 73.47),
    ("Washington", "USA", 38.90, -77.04),
]


@pytest.mark.parametrize(("name", "country", "lat", "lon"), KNOWN)
def test_a_known_place_is_where_it_is(
    places: Gazetteer, name: str, country: str, lat: float, lon: float
) -> None:
    entry = places.lookup(name)[0]
    assert entry.country == country
    assert entry.lat == pytest.approx(lat, abs=0.1)
    assert entry.lon == pytest.approx(lon, abs=0.1)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kyiv", "Kiev", "KYIV", "kyïv"),
        ("Kharkiv", "Kharkov"),
        ("Odesa", "Odessa"),
        ("Dnipro", "Dnipropetrovsk", "Dnepropetrovsk"),
        ("Khan Younis", "Khan Yunis", "Khan-Yunis", "Khān Yūnis"),
        ("El Fasher", "El-Fasher", "al-Fashir", "Al Fashir"),
        ("Deir al-Balah", "Deir el-Balah", "Deir Al Balah"),
        ("Sanaa", "Sana'a", "Sana’a"),
        ("Hodeidah", "al-Hudaydah", "Hudaydah", "Hodeida"),
        ("Jabalia", "Jabaliya", "Jabaliya refugee camp"),
        ("Deir ez-Zor", "Deir Ezzor", "Deir al-Zor"),
        ("Stepanakert", "Khankendi", "Xankəndi"),
        ("Wad Madani", "Wad Medani"),
        ("Raqqa", "ar-Raqqah", "Al-Raqqa"),
    ],
)
def test_spellings_of_one_place_agree(places: Gazetteer, spellings: tuple[str, ...]) -> None:
    assert len({places.lookup(spelling)[0] for spelling in spellings}) == 1


def test_a_town_has_a_geonameid_and_its_division(places: Gazetteer) -> None:
    kyiv = places.lookup("Kiev")[0]
    assert (kyiv.geonameid, kyiv.kind, kyiv.population > 2_000_000) == (703448, PlaceKind.CITY, True)
    assert places.lookup("Pokrovsk")[0].admin1 == "Donetsk Oblast"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kursk", "Kursk"),
        ("Kursk region", "Kursk Oblast"),
        ("the Kursk oblast", "Kursk Oblast"),
        ("Kyiv region", "Kyiv Oblast"),
        ("Dnipropetrovsk region", "Dnipropetrovsk Oblast"),
        ("Idlib governorate", "Idlib"),
        ("province of Idlib", "Idlib"),
        ("Kachin State", "Kachin State"),
    ],
)
def test_a_word_for_a_division_asks_for_the_division(places: Gazetteer, name: str, expected: str) -> None:
    entry = places.lookup(name)[0]
    assert entry.name == expected
    assert (entry.kind is PlaceKind.ADMIN1) == (name != "Kursk")


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Georgia", PlaceKind.COUNTRY, "GEO"),
        ("Jordan", PlaceKind.COUNTRY, "JOR"),
        ("Congo", PlaceKind.COUNTRY, "COD"),
        ("Türkiye", PlaceKind.COUNTRY, "TUR"),
        ("Gaza", PlaceKind.REGION, "PSE"),
        ("Donbass", PlaceKind.REGION, "UKR"),
        ("Nagorno-Karabakh", PlaceKind.REGION, "AZE"),
        ("the Golan Heights", PlaceKind.REGION, "SYR"),
        ("Black Sea", PlaceKind.WATER, None),
        ("Bab el-Mandeb", PlaceKind.WATER, None),
        ("Punjab", PlaceKind.ADMIN1, "PAK"),
    ],
)
def test_countries_and_regions_come_before_towns(
    places: Gazetteer, name: str, kind: PlaceKind, country: str | None
) -> None:
    entry = places.lookup(name)[0]
    assert (entry.kind, entry.country) == (kind, country)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("northern Iraq", "IRQ"),
        ("north-eastern Syria", "SYR"),
        ("central Kyiv", "UKR"),
        ("southern Lebanon", "LBN"),
    ],
)
def test_a_part_gives_the_whole_where_it_has_no_entry(places: Gazetteer, name: str, whole: str) -> None:
    assert places.lookup(name)[0].country == whole


def test_parts_that_are_states_of_their_own_stay_so(places: Gazetteer) -> None:
    names = ("South Sudan", "South Korea", "North Korea", "East Timor")
    assert [places.lookup(name)[0].country for name in names] == ["SSD", "KOR", "PRK", "TLS"]


@pytest.mark.parametrize(
    "word", ["Tuesday", "March", "Of", "Army", "President", "Putin", "Northern", "Union", "Taliban"]
)
def test_words_that_are_hardly_ever_a_place_are_none(places: Gazetteer, word: str) -> None:
    assert places.lookup(word) == ()


def test_an_unknown_name_is_no_place(places: Gazetteer) -> None:
    for name in ("", " ", "-", "Zzyzxville", "Північ", "the", "region", "of of of", "\x00"):
        assert places.lookup(name) == ()
        assert name not in places
    assert "Kiev" in places


def test_every_hand_written_place_is_found_by_every_spelling(places: Gazetteer) -> None:
    rows = build_places.read_extra()["places"]
    assert len(rows) >= 250
    for row in rows:
        for spelling in (row["name"], *row.get("also", ())):
            assert any(
                entry.country == row.get("country") and abs((entry.lat or 0.0) - row["lat"]) < 0.3
                for entry in places.lookup(spelling)
            ), spelling


def test_every_entry_is_sound(places: Gazetteer) -> None:
    for name in ("Kyiv", "Springfield", "Al-Hamra", "San Juan", "Victoria"):
        for entry in places.lookup(name):
            assert entry.country is None or re.fullmatch("[A-Z]{3}", entry.country)
            assert -90 <= (entry.lat or 0.0) <= 90
            assert -180 <= (entry.lon or 0.0) <= 180


def test_the_same_inputs_give_the_same_bytes(index: bytes) -> None:
    assert build_places.build() == index


def test_the_written_file_is_what_is_read(
    tmp_path: Path, index: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_places, "build", lambda: index)
    path = tmp_path / "places.idx"
    assert build_places.main(path) == 0
    assert load_gazetteer(path).lookup("Kyiv")
    assert [file.name for file in tmp_path.iterdir()] == ["places.idx"]


def test_a_missing_index_names_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=re.escape(BUILD_COMMAND)):
        load_gazetteer(tmp_path / "places.idx")


@pytest.mark.parametrize("cut", [0, 7, 40, -1])
def test_a_damaged_index_is_refused(index: bytes, cut: int) -> None:
    with pytest.raises(ValueError, match=re.escape(BUILD_COMMAND)):
        Gazetteer(index[:cut])


@given(st.text())
@example("𝕊𝕪𝕣𝕚𝕒")
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(places: Gazetteer, name: str) -> None:
    assert isinstance(places.lookup(name), tuple)
