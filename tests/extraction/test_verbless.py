"""Sentences whose verb the parser takes for a noun."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes
from worker.event import Status


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Two Russian drones damage buildings in Odesa, Ukraine.", "RUS", "UKR"),
        ("The Houthis launch a cruise missile at the Israeli port of Eilat.", "houthis", "ISR"),
        ("A Hezbollah rocket strikes Metula, northern Israel.", "hezbollah", "ISR"),
        ("An Israeli missile strike on Tyre damages a school in southern Lebanon.", "ISR", "LBN"),
        ("Israeli jet strikes depot in southern Lebanon", "ISR", "LBN"),
        ("Ukrainian drone hits refinery in Russia", "UKR", "RUS"),
        ("Houthis claim to have hit Israeli ship in Red Sea", "houthis", "ISR"),
        ("PKK claim to have killed four Turkish soldiers in Hakkari", "pkk", "TUR"),
        ("Turkish aircraft bombs hamlet in northern Iraq", "TUR", "pkk"),
        ("Russian Su-34 bombs warehouse in Kharkiv", "RUS", "UKR"),
        ("Houthis attack tanker off Yemen", "houthis", "YEM"),
        ("Al-Shabaab fighters storm prison in Mogadishu", "al-shabaab", "SOM"),
        ("Myanmar forces bomb rebel-held town in Sagaing", "MMR", "myanmar-rebels"),
        ("Ukrainian missiles rain on depot in Belgorod", "UKR", "RUS"),
        ("Israeli army raids clinic in Gaza, witnesses say", "ISR", "palestine"),
        ("Russian missile strikes market in Kherson", "RUS", "UKR"),
        ("Officials say six killed in Russia strikes on market in Sumy", "RUS", "UKR"),
        ("The RSF fires rockets at Nyala in Sudan.", "rsf", "SDN"),
        ("Houthis fire rockets at Eilat in Israel.", "houthis", "ISR"),
        (
            "Eleven soldiers are killed as JNIM overruns one of their bases in Djibo, Burkina Faso.",
            "jnim",
            "BFA",
        ),
        ("Nine people died in Sudanese army shelling of Nyala.", "SDN", "rsf"),
        ("A truck bomb laid by al-Shabaab explodes in Mogadishu, killing six people.", "al-shabaab", "SOM"),
    ],
)
def test_a_verb_that_could_be_a_noun_is_read(text: str, actor: str, recipient: str) -> None:
    """The present tense of news is read as the past tense would be, and the offsets stay those of the text."""
    found = strikes(text)
    assert any(
        actor in {a.id for a in e.actors} and recipient in {r.side for r in e.recipients} for e in found
    )
    assert all(e.evidence[0].text == text for e in found)


def test_an_order_that_could_be_orders_is_read() -> None:
    """ "Netanyahu orders …" with a quotation behind it is no list of nouns."""
    (event,) = strikes('Israeli Prime Minister Benjamin Netanyahu orders "immediate strikes" on Gaza.')
    assert event.assertion.status is Status.PLANNED


@pytest.mark.parametrize(
    "text",
    [
        "Labour strikes in France.",
        "Heart attacks, a growing danger in Israel.",
        "Rocket launch delays.",
        "Israeli jet engine maker",
        "Hezbollah's claim to have power",
        "Israeli strikes policy questioned",
        "US drone strikes report",
        "Teachers strike in Nigeria",
        "Rail workers attack government plans in France",
    ],
)
def test_a_heading_without_a_verb_stays_one(text: str) -> None:
    """A noun phrase tells of no attack."""
    assert not strikes(text)
