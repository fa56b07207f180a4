"""Which words open a strike, and the many uses of the same words that are none."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import events, loaded
from tests.extraction.parsed import view_of
from worker.event import DiplomacyEvent, Status
from worker.extraction.triggers import find_triggers

_TOLD = {Status.ASSERTED, Status.CLAIMED}


@pytest.mark.parametrize(
    "text",
    [
        # labour
        "Train drivers across Germany went on strike on Thursday in a dispute over working hours.",
        "Israel's largest labour federation called a general strike to protest against the government's judicial reform.",
        "Nurses in the United Kingdom began a 48-hour strike over pay.",
        "Air traffic controllers in France will strike next week, grounding hundreds of flights.",
        "Workers at Boeing ended a seven-week strike after accepting a new offer.",
        "Dock workers in the United States struck for higher wages on Tuesday.",
        "Pilots at a Turkish airline walked out, and the strike hit thousands of travellers.",
        "A hunger strike by prisoners in Israel entered its third week.",
        "Teachers in Iran launched a nationwide strike over unpaid salaries.",
        "The strike by Hollywood writers ended after 148 days.",
        "The ELN rebels declared a three-day armed strike and closed the roads of Choco in Colombia.",
        "An exchange of prisoners between Russia and Ukraine took place in Belarus.",
        "Two army helicopters collided in Malaysia, killing ten people on board.",
        "Musk and Trump trade blows for days and call a truce.",
        "India and China held talks on direct flights.",
        "A lawmaker was shot at his door in Baku by unknown assailants.",
        # trade
        "China and the United States agreed to a 90-day trade truce.",
        "India fired back at Washington with tariffs on almonds and apples.",
        "Canada hit back at the United States with tariffs worth 30 billion dollars.",
        "The European Union launched a trade offensive against China over electric cars.",
        "Russia's gas war with Ukraine ended in a deal on prices.",
        # sport
        "Israel beat Ukraine 2-1 as Zahavi struck twice in the second half.",
        "Ukraine's striker fired home in the 80th minute to sink Germany.",
        "Pakistan's bowlers attacked India's batsmen from the start in Lahore.",
        "Iran launched wave after wave of attack against Japan but lost the match in Doha.",
        "Real Madrid bombarded the Liverpool goal but could not score.",
        "South Africa crushed India with a barrage of sixes in Durban.",
        "Spain's assault on the Italian goal brought a third in Berlin.",
        "Russia's Medvedev fought back against the American to win in New York.",
        # works of art
        "A film about the bombing of Dresden opened in German cinemas on Friday.",
        "The series shows a Russian invasion of Norway and was watched by millions.",
        "The new video game lets players attack Moscow with drones.",
        "The documentary on the siege of Sarajevo won a prize in Berlin.",
        # drills, tests
        "The United States and South Korea began large-scale military exercises near the border with North Korea.",
        "North Korea test-fired a ballistic missile into the sea east of the Korean peninsula.",
        "Iran unveiled a new hypersonic missile at a parade in Tehran.",
        "NATO troops practised repelling an attack during a drill in Poland.",
        "India successfully tested a nuclear-capable missile off the coast of Odisha.",
        "Russian bombers carried out a training flight over the Baltic Sea.",
        "Pakistan conducted a test launch of its new cruise missile.",
        # computers
        "Hackers linked to Russia attacked Ukrainian power companies with malware.",
        "A cyber attack on Israel's water supply was stopped, officials said.",
        "A ransomware attack hit hospitals across Romania.",
        "Iranian hackers struck government websites in Albania.",
        # anniversaries
        "Hundreds gathered in Hiroshima to mark the anniversary of the atomic bombing.",
        "Poland remembered the victims of the German attack of 1939 on Friday.",
        "New York marked the anniversary of the attacks of September 11.",
        "A man was sentenced to life in prison for the 2015 Paris attacks.",
        "Israel held a memorial for the victims of the 1972 Munich massacre.",
        # accidents and nature
        "A gas explosion in a block of flats in Russia killed nine people.",
        "Two trains crashed in Pakistan, killing at least 30 passengers.",
        "A helicopter of the Turkish army crashed in bad weather, killing five soldiers.",
        "A fire at a munitions depot in India injured twelve workers.",
        "An explosion at a fireworks factory in China killed seven people.",
        "A Russian military plane crashed on take-off near Moscow.",
        "A bus hit a truck in Iran, killing twenty pilgrims.",
        "A stampede at a stadium in Yemen killed 78 people.",
        "An earthquake struck southern Turkey, killing thousands.",
        "Heavy storms battered Lebanon and damaged hundreds of homes.",
        "Floods killed 40 people in Afghanistan and destroyed farms.",
        "Lightning struck a church in Ukraine, causing a fire.",
        # crime and police
        "A gunman killed ten people at a supermarket in Buffalo, New York.",
        "A man with a knife attacked passers-by in Munich, injuring four.",
        "Police in Brazil shot dead six suspects in a raid on a drug gang.",
        "Police raided the offices of a newspaper in Turkey and arrested its editor.",
        "Riot police fired tear gas at protesters in Paris.",
        "A prison riot in Ecuador killed 31 inmates.",
        "Rival gangs clashed in Port-au-Prince over control of a market.",
        # animals
        "A shark attack killed a swimmer off the coast of Egypt.",
        # figures of speech
        "The health ministry in Kenya launched a campaign against malaria.",
        "Doctors in Israel fight cancer with a new drug.",
        "The opposition in Turkey launched an attack on the government's budget.",
        "The senator fired his chief of staff over a leak.",
        "A new song by the Ukrainian band hit the top of the charts.",
        "SpaceX launched 22 satellites into orbit from Florida.",
        "The central bank of Russia struck a cautious tone on inflation.",
        "Ukraine struck a deal with the United States on minerals.",
        "Bird flu hit farms in Israel and killed thousands of turkeys.",
        "The pandemic hit Iran hard and killed more than 100,000 people.",
        # blazes, whosever
        "A Russian fire killed 60 people in a shopping centre in Kemerovo.",
        "A Pakistani factory fire killed 250 workers in Karachi.",
    ],
)
def test_what_is_no_war_gives_nothing(text: str) -> None:
    told = [e for e in events(text) if isinstance(e, DiplomacyEvent) or e.assertion.status in _TOLD]
    assert told == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Russian forces shelled Kherson.", ["attack"]),
        ("Hezbollah fired rockets at Haifa.", ["launch"]),
        ("The army opened fire on the rebels.", ["attack"]),
        ("Ukraine shot down 40 drones.", ["intercept"]),
        ("Rebels shot down a military helicopter.", ["attack"]),
        ("Two soldiers were shot dead by rebels.", ["kill"]),
        ("The two armies exchanged fire.", ["clash"]),
        ("Israel developed strike drones and assault rifles.", []),
        ("The company caused delays.", []),
        ("The shelling caused damage to homes.", ["noun", "destroy"]),
        ("Since fighting began, thousands have fled.", ["conduct"]),
        ("The fight against corruption goes on.", []),
        ("A helicopter crashed near the base.", []),
        ("A drone crashed into a hotel.", ["explode"]),
        # aircraft brought down are attacked, weapons are intercepted
        ("Pakistan downed two Indian fighter jets.", ["attack"]),
        ("M23 rebels downed a Congolese helicopter.", ["attack"]),
        ("Kuwait downed two missiles.", ["intercept"]),
        ("The minister downed his coffee.", []),
        # bombs go off, and so do lights
        ("A bomb went off in a market.", ["explode"]),
        ("A car bomb went off near a police station.", ["explode"]),
        ("The lights went off in Kharkiv.", []),
        ("A fire alarm went off in a barracks.", []),
        # a fight between two who fight, a killing of somebody
        ("A fight between the Sudanese army and the RSF erupted.", ["noun"]),
        ("A fight over taxes erupted.", []),
        ("The killing of two guards drew anger.", ["noun"]),
        ("The killings near Nablus drew anger.", ["noun"]),
        ("The rebels want more killing.", []),
        # a strike of one kind, an attack of another
        ("A bus bombing in Kabul drew anger.", ["noun"]),
        ("A market bombing in Baghdad drew anger.", ["noun"]),
        ("A gas attack near Damascus drew anger.", ["noun"]),
        ("A gas explosion near Damascus drew anger.", []),
        ("A bus strike in Kabul drew anger.", []),
        ("They signed a cessation of hostilities.", []),
        # weapons used
        ("Tajikistan used rockets against Batken.", ["launch"]),
        ("The police used drones.", []),
    ],
)
def test_role_of_a_trigger(text: str, roles: list[str]) -> None:
    lexicon, _ = loaded()
    assert [t.role for t in find_triggers(view_of(text), lexicon.cues)] == roles
