"""Freeze what an assessment collected, beside what bodies delivered, and weigh it in the background.

Asking is one transaction: what was collected becomes deliveries of the assessment, the snapshot is asked
for with them and with what bodies delivered, and the weighing is given to the worker. The worker may
be killed at any time and begins again, :data:`~steelyard.assessment.rules.frozen.weighings.MOST_ATTEMPTS` times;
a weighing is finished once, and whatever happens it ends.
"""

from steelyard.assessment.actions.weighings.asking import ask_again, freeze, reopen
from steelyard.assessment.actions.weighings.running import carry_out, take_up_again

__all__ = ["ask_again", "carry_out", "freeze", "reopen", "take_up_again"]
