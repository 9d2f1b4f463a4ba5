"""May the assessment go on to its next stage? What stands against it, all at once.

Open work blocks the next step: comments without an answer, differences without a decision, items
without a score. What the step then brings with it is done by the actions of each part.
"""

from steelyard.assessment.rules.stages.facts import Asked, AssessmentState
from steelyard.assessment.rules.stages.limits import DIVIDES, LIMITS, against
from steelyard.assessment.rules.stages.of_the_collection import LONGEST_AFTER

__all__ = ["DIVIDES", "LIMITS", "LONGEST_AFTER", "Asked", "AssessmentState", "against"]
