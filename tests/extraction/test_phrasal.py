"""Verbs that tell of an attack together with another word only, and what they are without it."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import day, pairs


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Ukraine blew up a Russian railway bridge near Kursk.", (2024, 3, 10), {("UKR", "RUS")}),
        ("A Ukrainian sea drone blew a hole in a Russian tanker.", (2023, 8, 5), {("UKR", "RUS")}),
        ("FARC dissidents detonated a car bomb in Popayán.", (2024, 5, 20), {("farc-dissidents", "COL")}),
        ("ADF fighters hacked nine villagers to death near Beni.", (2024, 6, 9), {("adf", "COD")}),
        ("Russian troops took the village of Robotyne in Ukraine.", (2024, 5, 5), {("RUS", "UKR")}),
        ("Ukrainian forces pushed into Russia's Belgorod region.", (2024, 8, 15), {("UKR", "RUS")}),
        ("The M23 advanced on Butembo after routing the army.", (2025, 2, 14), {("m23", "COD")}),
        ("The RSF shot down an army cargo plane over Nyala.", (2025, 5, 4), {("rsf", "SDN")}),
        ("Iran retaliated with missiles against bases in Israel.", (2025, 6, 14), {("IRN", "ISR")}),
        (
            "The US Navy destroyed two Houthi missiles that were ready to launch.",
            (2024, 1, 20),
            {("USA", "houthis")},
        ),
        ("The US Navy destroyed two Houthi missiles over the Red Sea.", (2024, 1, 20), {("houthis", "USA")}),
        ("A Russian drone pierced the roof of a power plant in Ukraine.", (2025, 2, 14), {("RUS", "UKR")}),
        (
            "Militants threw grenades at an army lorry in Rajouri, India.",
            (2024, 7, 8),
            {("kashmiri-militants", "IND")},
        ),
        (
            "Gunmen of the Viv Ansanm alliance took the Haitian town of Kenscoff.",
            (2025, 3, 3),
            {("haitian-gangs", "HTI")},
        ),
        # without that word, or of something else
        ("The fire was blown out over Moscow.", (2024, 3, 10), set()),
        ("The scandal blew up in the face of Russia's government.", (2024, 3, 10), set()),
        ("Hackers hacked a bank in Ukraine.", (2024, 3, 10), set()),
        ("Ukraine's team took the lead in Kharkiv.", (2024, 3, 10), set()),
        ("Germany advanced into the final against Spain.", (2024, 7, 10), set()),
        ("American marines practised shooting down missiles in South Korea.", (2024, 3, 7), set()),
        ("A cry pierced the silence in Kyiv.", (2024, 3, 7), set()),
        ("Iran retaliated with tariffs on goods from Israel.", (2025, 6, 14), set()),
    ],
)
def test_who_struck_whom(text: str, on: tuple[int, int, int], expected: set[tuple[str, str]]) -> None:
    assert pairs(text, on=day(*on)) == expected
