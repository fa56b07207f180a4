"""How the verb over a ceasefire stands in its sentence: who does it, what it hangs on, what it only seems to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.assertion import BIDDING
from worker.extraction.tree import VERBS

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

WRAPPERS: Final = frozenset(
    "agreement deal accord pact arrangement understanding terms term regime truce ceasefire process period text measure package "
    "protocol memorandum treaty document".split()
)
"""Nouns that stand for the ceasefire they name: "ceasefire agreement", "terms of the truce"."""

PARTS: Final = frozenset({"phase", "stage"})
"""What a ceasefire is agreed on in: it may run out before the ceasefire does."""

TALK_NOUNS: Final = frozenset(
    "talk negotiation discussion consultation negotiator mediator dialogue mediation summit".split()
)

_BINDING: Final = frozenset(
    "call urge ask press pressure push force demand appeal reach sign strike order tell agree rule offer promise pledge vow refuse decline".split()
)
"""Verbs whose complement the parser takes for an adverbial clause ("calls on Russia to declare a truce")."""

_DONE_TO: Final = ("agreed", "declared", "extended", "rejected", "proposed", "demanded", "violated")


_SEEMING: Final = frozenset(
    "appear seem fail begin start continue expect set schedule look threaten risk prove plan suppose slate manage mean be".split()
)

_HOLDING: Final = frozenset(
    "include contain foresee provide envisage envision entail comprise stipulate".split()
)

DRAFTS: Final = frozenset({"plan", "proposal", "draft", "initiative", "roadmap", "blueprint"})

WRECKING: Final = frozenset(
    "overturn shatter wreck torpedo tear shred bury scuttle scupper derail sabotage".split()
)
"""What is done to a ceasefire, or to talks, by who does not keep to them."""

COMMANDS: Final = frozenset({"order", "instruct", "command"})

_PROMISES: Final = frozenset(
    "pledge promise offer commitment decision proposal plan call demand appeal order".split()
)

_LOOSE: Final = frozenset("after by since without before following upon despite with than".split())
"""Prepositions whose gerund is an act of its own ("after agreeing to a truce")."""


def containing(view: View, verb: int, role: str) -> int | None:
    """The deal or plan that a ceasefire is part of: "a deal that includes a truce", "the plan foresees a pause"."""
    tree = view.tree
    if tree.tokens[verb].lemma not in _HOLDING or role not in {"object", "for"}:
        return None
    holders = [s for s in tree.subjects(verb) if tree.tokens[s].tag not in {"WDT", "WP"}]
    if not holders and tree.tokens[verb].dep in {"relcl", "acl"}:
        holders = [tree.tokens[verb].head]
    # "a deal on trade that includes a truce": the parser hangs the clause on the nearest noun
    above = [a for h in holders for a in (h, *tree.ancestors(h))]
    done = next((a for a in above if tree.tokens[a].pos == "VERB"), None)
    above += tree.objects(done) if done is not None and done < verb else []
    return next((a for a in above if _is_deal(view, a)), None)


def _is_deal(view: View, i: int) -> bool:
    token = view.tree.tokens[i]
    return token.pos == "NOUN" and token.lemma in WRAPPERS | DRAFTS | {"declaration"}


def including(view: View, preposition: int) -> int | None:
    """The same of "several steps, including a truce", "a deal to merge their forces, including a truce"."""
    tree = view.tree
    if tree.tokens[preposition].lower != "including":
        return None
    deal = next((a for a in tree.ancestors(preposition) if _is_deal(view, a)), None)
    whole = tree.tokens[preposition].head if deal is None else deal
    return whole if tree.tokens[whole].pos == "NOUN" else None


def done_to(view: View, verb: int, cues: Cues) -> bool:
    """ "Ceasefire agreed in Minsk": a participle that the parser takes for an active verb, which a truce cannot do."""
    token = view.tree.tokens[verb]
    if (
        token.tag not in {"VBD", "VBN"}
        or view.tree.objects(verb)
        or token.lemma in cues.acts["in_effect"] | cues.acts["ended"]
    ):
        return False
    return any(token.lemma in cues.acts[name] for name in _DONE_TO)


def seeming(view: View, verb: int, role: str) -> tuple[int, str]:
    """ "Appears to collapse", "is due to begin", "is expected to be signed": the verb that the truce is really subject of."""
    tree = view.tree
    if role not in {"subject", "passive"}:
        return verb, role
    for at in (verb, *tree.kids(verb, "acomp", "advmod")):
        below = tree.kids(at, "xcomp")
        if below and (tree.tokens[at].lemma in _SEEMING or at != verb):
            return below[0], "passive" if tree.kids(below[0], "auxpass") else "subject"
    return verb, role


def is_passive(view: View, verb: int) -> bool:
    """Whether a verb is passive, a bare participle included."""
    return view.tree.is_passive(verb) or (
        view.tree.tokens[verb].tag == "VBN" and not view.tree.kids(verb, "aux")
    )


def tells_another(view: View, upper: int, at: int) -> bool:
    """ "The court orders Israel to stop its offensive": who orders somebody with a name asks, who orders his troops undertakes."""
    tree = view.tree
    told = [*tree.kids(upper, "dobj", "dative"), *tree.kids(at, "nsubj")]
    return any(tree.tokens[t].pos == "PROPN" for t in told)


def tells_his_own(view: View, upper: int) -> bool:
    """ "Told their troops to stand down", "its soldiers had been told to hold fire": an order to one's own forces."""
    tree = view.tree
    told = tree.kids(upper, "dobj", "dative", "nsubjpass")
    return any(
        tree.tokens[t].lemma in FORCES and tree.tokens[k].lower in {"its", "their", "his", "her", "our"}
        for t in told
        for k in tree.kids(t, "poss")
    )


FORCES: Final = frozenset(
    "force troop army fighter soldier military unit man militia guerrilla commander".split()
)


def above_infinitive(view: View, at: int) -> int | None:
    """The word that an infinitive, a gerund or a coordinated verb hangs on; None where its clause stands by itself."""
    tree = view.tree
    token = tree.tokens[at]
    upper = tree.tokens[token.head]
    if token.dep == "conj":
        shared = upper.pos == "VERB" and not tree.kids(at, "nsubj", "nsubjpass") and token.tag == upper.tag
        return upper.i if shared else None
    if token.dep == "acomp" and upper.tag == "VB" and upper.dep == "xcomp":
        return upper.head  # "called on Israel to be willing to agree"
    if token.dep == "pcomp" or (token.dep == "prep" and token.tag == "VBG"):
        preposition = upper if token.dep == "pcomp" else token
        return None if preposition.lower in _LOOSE else tree.tokens[preposition.i].head
    if token.dep == "ccomp" and token.tag in {"VB", "VBP", "VBZ"} and upper.lemma in BIDDING:
        return None if tree.kids(at, "aux") else upper.i  # "proposed that both sides stop firing"
    if token.dep not in {"xcomp", "ccomp", "acl", "advcl", "relcl"} or not _unfinite(view, at):
        return None
    if upper.dep == "acl" and upper.lemma in _MADE and tree.tokens[upper.head].lemma in WRAPPERS:
        return upper.head  # "an agreement mediated by Egypt to begin a truce"
    if token.dep == "advcl" and token.tag == "VB":  # "approves a deal with Hamas to pause fighting"
        before = _before_infinitive(view, at)
        deal = next((o for o in tree.objects(upper.i) if before in tree.subtree(o)), None)
        if deal is not None and tree.tokens[deal].lemma in WRAPPERS | TALK_NOUNS | _PROMISES:
            return deal
    if token.dep == "advcl" and upper.lemma not in _BINDING:
        return None
    in_order = upper.lemma == "order" and upper.pos == "NOUN" and tree.tokens[upper.head].lower == "in"
    return None if in_order or upper.i == at else upper.i


_MADE: Final = frozenset("mediate broker sign reach negotiate facilitate".split())


def _before_infinitive(view: View, verb: int) -> int | None:
    """The word right before the "to" of an infinitive."""
    to = next((k for k in view.tree.kids(verb, "aux") if view.tree.tokens[k].lower == "to"), None)
    return to - 1 if to else None


def _unfinite(view: View, i: int) -> bool:
    tree = view.tree
    if tree.tokens[i].tag == "VBG":
        return not tree.kids(i, "aux") or tree.tokens[i].dep != "ccomp"
    return any(tree.tokens[k].lower == "to" for k in tree.kids(i, "aux")) or (
        tree.tokens[i].tag == "VB" and not tree.kids(i, "aux")
    )


def agents_of(view: View, verb: int, role: str) -> list[int]:
    """Nouns that do what a verb says, seen from the role that the ceasefire has in it."""
    tree = view.tree
    token = tree.tokens[verb]
    by = tree.prep_objects(verb, "by")
    if (
        role == "passive"
        or tree.kids(verb, "nsubjpass")
        or (token.tag == "VBN" and not tree.kids(verb, "nsubj", "aux"))
    ):
        return by
    subjects = [s for s in tree.subjects(verb) if tree.tokens[s].tag not in {"WDT", "WP"}]
    if not subjects and token.dep in {"acl", "relcl"}:
        subjects = [token.head]
    if not subjects and token.dep == "pcomp":
        upper = tree.tokens[tree.tokens[token.head].head]
        subjects = tree.subjects(upper.i) if upper.pos in VERBS else []
    return subjects or by
