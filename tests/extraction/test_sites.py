"""Sites: what kind of place was hit, and what was only near it."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes
from tests.extraction.parsed import view_of
from worker.extraction.sites import damaged_sites


def _sites(text: str) -> set[str]:
    return {s.type.value for e in strikes(text) for s in e.sites}


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("A Ukrainian drone attack caused a fire at a fuel depot in Smolensk, Russia.", {"energy"}),
        ("Two Israeli soldiers were killed in a Hezbollah rocket attack.", {"military"}),
        ("Israeli airstrikes hit Hezbollah sites in Sidon, Lebanon.", {"military"}),
        ("Russian artillery shelling killed three Red Cross workers in Donetsk, Ukraine.", {"humanitarian"}),
        ("Houthi forces fired two missiles at the USS Mason in the Gulf of Aden.", {"ship", "military"}),
        ("Russian missiles hit a school in the village of Groza, Ukraine.", {"school"}),
        ("Russian shelling damaged a site of Ukraine's gas company in Kherson.", {"energy"}),
        ("Russian drones hit two army trucks near Kharkiv, Ukraine.", {"military"}),
        ("Russian drones hit Kharkiv near a railway station.", set()),
        ("Hezbollah fired rockets at Shebaa Farms in Israel.", set()),
        ("Russian shelling killed a woman in Kherson, Ukraine, a hospital spokesman said.", set()),
        (
            "Russian drones attacked Odesa. A residential building and a school were damaged.",
            {"residential", "school"},
        ),
        ("Russian drones attacked Odesa. An oil depot was set ablaze.", {"energy"}),
        ("Russian drones attacked Odesa. A fire broke out at a power station.", {"energy"}),
        ("Russian drones attacked Odesa. The windows of a hospital were shattered.", {"hospital"}),
        ("Russian drones attacked Odesa. A school caught fire in a thunderstorm near Lviv.", set()),
    ],
)
def test_sites_of_a_strike(text: str, sites: set[str]) -> None:
    """Targets, victims, owners and what the next sentence says was damaged; never what is near or who speaks."""
    assert _sites(text) == sites


def test_what_is_taken_is_not_hit() -> None:
    """Capturing a village hits no homes."""
    assert _sites("Russian forces captured the Ukrainian village of Tymofiivka.") == set()


def test_damage_alone() -> None:
    """Only what is said to be damaged counts."""
    found = damaged_sites(view_of("A hospital was damaged, and people hid in the metro."))
    assert [s.type.value for s in found] == ["hospital"]


@pytest.mark.parametrize(
    "facility",
    [
        "an oil depot", "an oil export hub", "a petroleum products depot", "a coal-fired plant", "an offshore platform",
        "a CHP plant", "a compressor station", "a gas condensate field", "an electricity distribution station",
        "a thermal power station", "a tank farm", "a boiler house", "a transformer", "an LNG terminal",
    ],
)  # fmt: skip
def test_energy_sites_however_they_are_called(facility: str) -> None:
    """Whatever a truce on energy sites covers has to be seen as one."""
    assert _sites(f"Ukrainian drones struck {facility} in Russia's Samara region overnight.") == {"energy"}


def test_what_a_confirmed_strike_was_on() -> None:
    """The words after "the strike on" are what was hit, not where it was confirmed."""
    assert _sites("Ukraine's military confirmed the strike on an oil depot in Samara.") == {"energy"}
    assert _sites("Ukraine's military confirmed the strike on Tuesday.") == set()
