"""Nouns that somebody in a war is called by: a state's organs, those who fight it, people who act for nobody."""

from __future__ import annotations

from typing import Final

STATE_NOUNS: Final = frozenset(
    "army military government regime authority authorities navy police junta troops troop soldier force forces "
    "administration parliament cabinet".split()
)
"""Nouns for a state's organs: alone they mean the state that the text is about."""
GROUP_NOUNS: Final = frozenset(
    "rebel insurgent militant separatist guerrilla group movement opposition militia faction fighter jihadist "
    "gunman gunmen extremist terrorist organisation organization insurgency tribesman tribesmen bandit gang militiaman "
    "militiamen assailant attacker raider khwarij khawarij".split()
)
"""Nouns for those who fight a state: alone they mean the group that the text is about."""
REBEL_NOUNS: Final = frozenset(
    "rebel insurgent separatist guerrilla opposition insurgency tribesman tribesmen militant militia "
    "faction jihadist".split()
)
"""With a state's adjective ("Syrian rebels") these mean the state's opponents, never the state."""
AGENT_NOUNS: Final = (
    STATE_NOUNS
    | GROUP_NOUNS
    | frozenset(
        "president plane bomber minister ministry spokesman spokesperson spokeswoman leader official commander general chief envoy "
        "ambassador premier chancellor king defence defense warplane jet aircraft fighter-jet helicopter gunboat "
        "warship command wing unit brigade battalion member side representative delegation delegate negotiator secretary office "
        "commandos commando sniper special operative agent pilot squadron coalition ally politician lawmaker emir "
        "head governor mayor people national citizen settler strongman warlord".split()
    )
)
"""Nouns that are named after whom they belong to: "forces of Haftar", "the army of Sudan"."""
CIVILIANS: Final = frozenset(
    "civilian settler man woman people resident citizen protester demonstrator fan student teenager youth boy girl "
    "crowd mob driver".split()
)
"""Heads that are named after a state without acting for it."""
FACELESS: Final = frozenset("element individual person".split())
"""Heads that, said to be armed, are somebody whom nobody sent: "armed Sudanese elements"."""
POSSESSIVES: Final = frozenset({"its", "their"})
PRONOUNS: Final = frozenset({"it", "they"})
"""Pronouns that may mean a side; "he" and "them" are people."""
KINDS: Final = frozenset({"group", "faction", "militia", "organisation", "organization"})
RELATED: Final = frozenset("ally proxy rival enemy foe adversary opponent backer sponsor patron".split())
