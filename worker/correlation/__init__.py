"""EVENTS -> ALERTS, pure: event time only, no clock, no input or output, no logging.

engine.py      advance(): one event, and what it changes
conflicts.py   which events may meet; who stands against whom
ceasefires.py  the life of a ceasefire; ceasefire_reports.py what one report says of it
terms.py       what was promised by whom
incidents.py   ten articles, one attack; sources.py who knows it of himself; figures.py ranges of numbers
rules/         attack_after_ceasefire.py the whole decision; titles.py its sentence
judging.py     an incident against its ceasefires, kept from one time to the next; telling.py what its reports tell
alerts.py      raised, revised, retracted; content.py what an alert tells; quoting.py in whose words
memory.py      putting events in their place; forgetting.py what is too old
state.py       all that is remembered; codec.py how it is written
watermark.py  windows.py  policy.py
"""

from worker.correlation.engine import Step, advance
from worker.correlation.policy import Policy, engine_id
from worker.correlation.state import ConflictState, new_state, state_from_dict, state_to_dict
from worker.correlation.watermark import LateReason

__all__ = [
    "ConflictState",
    "LateReason",
    "Policy",
    "Step",
    "advance",
    "engine_id",
    "new_state",
    "state_from_dict",
    "state_to_dict",
]
