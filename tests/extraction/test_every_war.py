"""One sentence, many wars: what is said of one of them is read the same of all the others.

A rule that knows of one war, or a name that the parser takes for something else, shows here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pytest

from tests.extraction.extracted import diplomacy, loaded, told
from worker.alert import AlertStatus
from worker.article import Article
from worker.correlation import Policy
from worker.event import HAPPENED, Act
from worker.offline import replay


@dataclass(frozen=True, slots=True, kw_only=True)
class War:
    """Who attacks (`it`, `its`, `forces`) whom (`foe`, `foes`: soldiers of it), where, and who mediates, on a day of it."""

    it: str
    its: str
    forces: str
    attacker: str
    """The id of its side."""
    foe: str
    foes: str
    attacked: str
    town: str
    mediator: str
    on: datetime

    def say(self, sentence: str) -> str:
        """A sentence of this war."""
        said = sentence.format(
            it=self.it,
            its=self.its,
            forces=self.forces,
            foe=self.foe,
            foes=self.foes,
            town=self.town,
            mediator=self.mediator,
        )
        return ". ".join(part[:1].upper() + part[1:] for part in said.split(". "))


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


WARS: Final = (
    War(
        it="Russia", its="Russian", forces="Russian forces", attacker="RUS", foe="Ukraine",
        foes="Ukrainian soldiers", attacked="UKR", town="Kharkiv", mediator="Turkey", on=_day(2025, 5, 7),
    ),
    War(
        it="Israel", its="Israeli", forces="Israeli troops", attacker="ISR", foe="Hezbollah",
        foes="Hezbollah fighters", attacked="LBN", town="Tyre", mediator="France", on=_day(2024, 12, 4),
    ),
    War(
        it="Israel", its="Israeli", forces="Israeli troops", attacker="ISR", foe="Hamas",
        foes="Hamas fighters", attacked="palestine", town="Khan Younis", mediator="Qatar",
        on=_day(2025, 10, 22),
    ),
    War(
        it="Pakistan", its="Pakistani", forces="Pakistani troops", attacker="PAK", foe="India",
        foes="Indian soldiers", attacked="IND", town="Jammu", mediator="the United States",
        on=_day(2025, 5, 14),
    ),
    War(
        it="Cambodia", its="Cambodian", forces="Cambodian soldiers", attacker="KHM", foe="Thailand",
        foes="Thai soldiers", attacked="THA", town="Surin", mediator="Malaysia", on=_day(2025, 7, 30),
    ),
    War(
        it="the M23", its="M23", forces="M23 rebels", attacker="m23", foe="Congo",
        foes="Congolese soldiers", attacked="COD", town="Sake", mediator="Qatar", on=_day(2025, 7, 23),
    ),
    War(
        it="the RSF", its="RSF", forces="RSF fighters", attacker="rsf", foe="the Sudanese army",
        foes="Sudanese soldiers", attacked="SDN", town="El Obeid", mediator="Saudi Arabia",
        on=_day(2025, 11, 12),
    ),
    War(
        it="Azerbaijan", its="Azerbaijani", forces="Azerbaijani forces", attacker="AZE", foe="Armenia",
        foes="Armenian soldiers", attacked="ARM", town="Stepanakert", mediator="Russia",
        on=_day(2020, 10, 14),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "{its} shelling killed five people in {town} on Tuesday.",
        "Five people were killed by {its} shelling in {town} on Tuesday.",
        "Five people died on Tuesday when {its} shells hit {town}.",
        "Five people died in a {its} attack on {town} on Tuesday, officials said.",
        "A {its} drone hit a market in {town}, killing five people.",
        "{forces} attacked {town} overnight, killing at least five civilians.",
        "{town} came under {its} attack on Tuesday, leaving five dead.",
        "An attack by {forces} on {town} left five people dead.",
        "{forces} killed five {foes} near {town} on Tuesday.",
        "Five {foes} were killed in an ambush by {forces} near {town}.",
        "Five {foes} were killed by {forces} near {town} on Tuesday, the military said.",
        "{forces} fired rockets at {town}, wounding twelve people.",
        "Rockets fired by {forces} landed in {town}, wounding twelve people.",
        "A hospital in {town} was hit by {its} rockets, doctors said.",
        "{its} fire hit a school in {town}, killing two children, the governor said.",
        "{forces} have been shelling {town} since dawn, residents said.",
        "At least five people, including two children, were killed when {forces} shelled {town}, according to officials.",
        "{forces} stormed a base outside {town} and killed nine {foes}.",
        "The death toll from a {its} strike on {town} rose to five.",
        "{its} air strikes on {town} killed five people, local media reported.",
        "Officials said {forces} had shelled {town} again on Tuesday.",
        "{forces} launched an attack on {town} that killed five people.",
        "{forces} carried out a series of attacks near {town}, killing five {foes}.",
        "Overnight, {forces} shelled {town}; five people died.",
        "{its} artillery struck {town}, setting a fuel depot on fire.",
        "A {its} missile struck an apartment block in {town}, killing five.",
        "A {its} strike hit {town}, where five people died.",
        "{its} strike on {town} kills five",
        "{its} shelling of {town} kills five, wounds ten",
        "Five killed in {its} strike on {town}",
        "Five {foes} killed in {its} attack near {town}",
        "{forces} attack {town}, kill five civilians",
        "{forces} accused of killing five civilians in {town}",
        "{forces} gunned down five civilians near {town} on Tuesday.",
    ],
)
def test_who_attacks_whom(sentence: str) -> None:
    read = {
        war.it + war.foe: {
            (a.side, r.side)
            for e in told(war.say(sentence), on=war.on)
            for a in e.actors
            for r in e.recipients
        }
        for war in WARS
    }
    assert read == {war.it + war.foe: {(war.attacker, war.attacked)} for war in WARS}


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("{it} and {foe} agreed to a ceasefire on Monday.", Act.CEASEFIRE_AGREED),
        ("A ceasefire between {it} and {foe} took effect at midnight.", Act.CEASEFIRE_IN_EFFECT),
        ("{it} and {foe} have extended their truce by two weeks, {mediator} said.", Act.CEASEFIRE_EXTENDED),
        (
            "{it} and {foe} signed a cessation of hostilities agreement mediated by {mediator}.",
            Act.CEASEFIRE_AGREED,
        ),
        ("{it}, {foe} agree to truce", Act.CEASEFIRE_AGREED),
        ("{mediator} proposed a 30-day ceasefire between {it} and {foe}.", Act.CEASEFIRE_PROPOSED),
        ("The UN called on {it} and {foe} to agree to a ceasefire.", Act.CEASEFIRE_DEMANDED),
        ("{mediator} urged {it} and {foe} to stop fighting.", Act.CEASEFIRE_DEMANDED),
        ("{it} ruled out a ceasefire with {foe}.", Act.CEASEFIRE_REJECTED),
        ("{foe} refused to sign a truce with {it}.", Act.CEASEFIRE_REJECTED),
        ("{it} ended its ceasefire with {foe}.", Act.CEASEFIRE_ENDED),
        ("The ceasefire between {it} and {foe} collapsed on Tuesday.", Act.CEASEFIRE_ENDED),
        ("The truce between {it} and {foe} expired at dawn.", Act.CEASEFIRE_ENDED),
        ("{it} accused {foe} of violating the ceasefire.", Act.VIOLATION_ALLEGED),
        ("{it} accuses {foe} of breaking truce", Act.VIOLATION_ALLEGED),
        ("{foe} broke the truce, {it} said.", Act.VIOLATION_ALLEGED),
        ("{it} says {foe} has repeatedly breached the ceasefire.", Act.VIOLATION_ALLEGED),
        ("Delegations from {it} and {foe} met in Doha for ceasefire talks.", Act.TALKS_HELD),
        ("{it} and {foe} will hold ceasefire talks in Istanbul on Friday.", Act.TALKS_SCHEDULED),
        ("{it} suspended peace talks with {foe}.", Act.TALKS_SUSPENDED),
        ("Peace talks between {it} and {foe} broke down on Tuesday.", Act.TALKS_SUSPENDED),
    ],
)
def test_what_is_done_between_whom(sentence: str, act: Act) -> None:
    for war in WARS:
        done = {
            (e.act, frozenset(p.side for p in e.parties))
            for e in diplomacy(war.say(sentence), on=war.on)
            if e.assertion.status in HAPPENED and e.act is not Act.CEASEFIRE_MENTIONED
        }
        assert done == {(act, frozenset({war.attacker, war.attacked}))}, war.say(sentence)


def _alerted(sentence: str) -> dict[str, bool]:
    """Whether the sentence raises an alert, for every war."""
    lexicon, parser = loaded()
    articles = [
        Article(
            article_id=war.it + war.foe, url=None, source="Test Wire", title=None, text=war.say(sentence),
            published_at=war.on, seen_at=war.on,
        )
        for war in WARS
    ]  # fmt: skip
    alerts = replay(articles, lexicon=lexicon, parser=parser, policy=Policy(), isolated=True).alerts
    raised = {
        e.article_id for alert in alerts if alert.status is not AlertStatus.RETRACTED for e in alert.evidence
    }
    return {article.article_id: article.article_id in raised for article in articles}


@pytest.mark.parametrize(
    "sentence",
    [
        "{it} and {foe} agreed to a ceasefire on Sunday. On Tuesday, {forces} shelled {town}, killing three people.",
        "{forces} shelled {town} on Tuesday, two days after a ceasefire between {it} and {foe} took effect.",
        "Despite the ceasefire with {foe}, {its} shelling killed three people in {town} on Tuesday.",
        "{foe} said {it} had violated the ceasefire by shelling {town} on Tuesday, killing three people.",
        "{forces} broke the truce with {foe} by attacking {town} on Tuesday, killing three people.",
        "The truce between {it} and {foe} was shattered on Tuesday when {forces} shelled {town}, killing three people.",
        "{forces} shelled {town} on Tuesday in breach of a truce with {foe}, killing three people.",
        "{foe} accused {it} of breaking a two-day-old truce after {forces} shelled {town} on Tuesday.",
        "The shelling of {town} by {forces} on Tuesday was the first breach of the ceasefire between {it} and {foe} that began on Sunday.",
        "{forces} shelled {town} on Tuesday, the third day of a truce with {foe}.",
        "{forces} shelled {town} on Tuesday, testing a fragile truce with {foe}.",
        "{forces} shelled {town} on Tuesday, a day into a ceasefire with {foe}.",
        "{forces} shelled {town} on Tuesday as a truce with {foe} entered its second day.",
        "{forces} shelled {town} on Tuesday, killing three people. A ceasefire between {it} and {foe} has been in force since Sunday.",
        "{forces} shelled {town} on Tuesday, killing three people. The truce between {it} and {foe}, brokered by {mediator}, took effect on Sunday.",
        "A ceasefire between {it} and {foe} came into force on Sunday, but {forces} shelled {town} on Tuesday.",
        "A truce between {it} and {foe} was marred by shelling of {town} by {forces} on Tuesday.",
        "A truce between {it} and {foe} lasted only two days before {forces} shelled {town} on Tuesday.",
        "A truce between {it} and {foe} looked shaky on Tuesday after {forces} shelled {town}.",
        "A truce between {it} and {foe} was under strain on Tuesday after {forces} shelled {town}.",
        "{it} declared a unilateral ceasefire on Sunday; on Tuesday {forces} shelled {town}, {foe} said.",
        "{it} had promised to hold its fire until Friday, but {forces} shelled {town} on Tuesday.",
        "{it} shells {town} hours into ceasefire",
        "{it} violates truce with shelling of {town}",
        "Shelling of {town} by {it} breaks ceasefire",
        "{it} breaks ceasefire, shells {town}",
        "{its} shelling kills three in {town} despite truce",
        "Truce collapses as {it} shells {town}",
        "Truce in doubt after {it} shells {town}",
    ],
)
def test_an_attack_after_a_ceasefire_raises_an_alert(sentence: str) -> None:
    assert all(_alerted(sentence).values()), _alerted(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "{it} and {foe} agreed to a ceasefire on Tuesday, a day after {forces} shelled {town}, killing three people.",
        "{forces} shelled {town} on Tuesday, hours before a ceasefire between {it} and {foe} was to take effect.",
        "{forces} shelled {town} on Tuesday as {it} and {foe} held ceasefire talks in Geneva.",
        "{it} rejected a ceasefire proposed by {mediator}. {forces} shelled {town} on Tuesday.",
        "{forces} shelled {town} on Tuesday after a truce between {it} and {foe} expired.",
        "{mediator} proposed a truce between {it} and {foe} on Sunday. On Tuesday, {forces} shelled {town}.",
        "{it} ended its truce with {foe} on Sunday. On Tuesday {forces} shelled {town}, killing three people.",
        "The truce between {it} and {foe} has held since Sunday, {mediator} said. {forces} had shelled {town} on Saturday.",
        "{it} and {foe} agreed to a ceasefire on Tuesday. In the last hours before it began, {forces} shelled {town}.",
        "{it} and {foe} agreed to a ceasefire on Tuesday, ending two weeks of {its} shelling of {town}.",
        "A ceasefire between {it} and {foe} that was agreed in May 2012 collapsed within days. {forces} shelled {town} on Tuesday.",
        "{its} shelling of {town} went on until the ceasefire with {foe} took effect on Tuesday.",
        "The ceasefire between {it} and {foe} has held since Sunday. People in {town}, which {forces} shelled for weeks, return home.",
        "{forces} stopped shelling {town} after the truce with {foe} began.",
        "{it} announced talks on a truce with {foe}, but {forces} shelled {town} on Tuesday.",
        "{foe} agreed to a truce proposed by {mediator}, but {forces} shelled {town} on Tuesday.",
        "{forces} kept shelling {town} up to the start of the truce with {foe}.",
        "{forces} said they would shell {town} if {foe} broke the truce.",
        "No shells have fallen on {town} since {it} and {foe} agreed to a truce.",
        "Since the truce with {foe} began, {forces} have let aid into {town}, which they shelled in April.",
        "{it} denied that its forces had shelled {town} in breach of the truce with {foe}.",
        "{forces} shelled {town} on Tuesday, a day after {mediator} said that a ceasefire was close.",
        "{forces} shelled {town} on Tuesday, hours after {foe} said that it would accept a ceasefire if {it} withdrew.",
        "{forces} shelled {town} on Tuesday, hours after the UN Security Council failed to agree on a ceasefire.",
        "{forces} shelled {town} on Tuesday while diplomats worked on a ceasefire between {it} and {foe}.",
        "{forces} shelled {town} on Tuesday, dimming hopes for a ceasefire with {foe}.",
        "{forces} shelled {town} on Tuesday despite progress toward a ceasefire with {foe}.",
        "{forces} shelled {town} on Tuesday despite growing support for a ceasefire with {foe}.",
        "{forces} shelled {town} on Tuesday despite pleas for a ceasefire with {foe}.",
        "{forces} shelled {town} on Tuesday despite a proposed ceasefire with {foe}.",
        "{forces} shelled {town} on Tuesday despite ceasefire hopes",
        "{forces} shelled {town} on Tuesday, a week after {it} turned down a truce with {foe}.",
        "{forces} shelled {town} on Tuesday, in defiance of a UN demand for a ceasefire with {foe}.",
        "{forces} shelled {town} on Tuesday amid speculation about a ceasefire with {foe}.",
        "{forces} shelled {town} on Tuesday. {mediator} hopes that a ceasefire between {it} and {foe} will come into force next week.",
        "{forces} shelled {town} on Tuesday. A ceasefire between {it} and {foe} is not on the table, an official said.",
        "{forces} shelled {town} on Tuesday. {it} and {foe} have not agreed a ceasefire.",
        "{forces} shelled {town} on Tuesday. An official denied that a ceasefire between {it} and {foe} had been agreed.",
        "{forces} shelled {town} on Tuesday. The army said that it would stop only when a ceasefire with {foe} was signed.",
        "{forces} shelled {town} on Tuesday. The summit ended without a ceasefire between {it} and {foe}.",
        "{forces} shelled {town} on Tuesday. By 2003, when a ceasefire was agreed with {foe}, thousands were dead.",
        "{forces} shelled {town} on Tuesday. {it} offered {foe} a three-day truce.",
        "{forces} shelled {town} on Tuesday. If a truce with {foe} is agreed, aid lorries will enter {town}.",
        "{forces} shelled {town} on Tuesday. A truce between {it} and {foe} seems unlikely, analysts say.",
    ],
)
def test_an_attack_before_or_without_a_ceasefire_raises_none(sentence: str) -> None:
    assert not any(_alerted(sentence).values()), _alerted(sentence)
