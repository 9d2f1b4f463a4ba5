"""The tables of an assessment, by what they hold. What was signed or issued is not altered."""

from steelyard.assessment.models.assessments import Assessment
from steelyard.assessment.models.collection import (
    Answer,
    Material,
    MaterialUse,
    Objection,
    Submission,
)
from steelyard.assessment.models.differences import Difference, Settlement
from steelyard.assessment.models.forgery import Suspicion
from steelyard.assessment.models.leads import Informant, InformantRead, Lead
from steelyard.assessment.models.papers import Letterhead, PaperTemplate
from steelyard.assessment.models.reviews import Draw, DrawnFile, EarlierReview, FileReview, Mark
from steelyard.assessment.models.schemes import (
    Approval,
    ApprovalStep,
    Comment,
    SchemeVersion,
)
from steelyard.assessment.models.scoring import Deduction, Score
from steelyard.assessment.models.supplied import Figure, MissingFigure, Sheet, SheetVersion
from steelyard.assessment.models.visits import Finding, ReportCorrection, Visit
from steelyard.assessment.models.weighings import Weighing

__all__ = [
    "Answer",
    "Approval",
    "ApprovalStep",
    "Assessment",
    "Comment",
    "Deduction",
    "Difference",
    "Draw",
    "DrawnFile",
    "EarlierReview",
    "Figure",
    "FileReview",
    "Finding",
    "Informant",
    "InformantRead",
    "Lead",
    "Letterhead",
    "Mark",
    "Material",
    "MaterialUse",
    "MissingFigure",
    "Objection",
    "PaperTemplate",
    "ReportCorrection",
    "SchemeVersion",
    "Score",
    "Settlement",
    "Sheet",
    "SheetVersion",
    "Submission",
    "Suspicion",
    "Visit",
    "Weighing",
]
