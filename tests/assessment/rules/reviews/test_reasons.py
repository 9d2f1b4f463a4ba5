"""What reviewers found, as the reason of a score."""

from __future__ import annotations

from fractions import Fraction

from steelyard.assessment.rules.reviews.checklists import Defect, FileType
from steelyard.assessment.rules.reviews.marks import missing, outcome
from steelyard.assessment.rules.reviews.reasons import Settled, reason_of
from steelyard.kernel.bilingual import Text


def defect(code: str, zh: str, en: str) -> Defect:
    return Defect(code, Text(zh, en), Fraction(5), Fraction(10))


OF = FileType(
    "trademark", Text("商标案卷", "Trademark files"), "decisions", "trademark", "", Fraction(100),
    Fraction(0), (defect("late", "超期", "Late"), defect("service", "送达不规范", "Faulty service")),
)  # fmt: skip


def settled(**found: int) -> Settled:
    return Settled(OF, found, outcome(OF, found))


def test_each_defect_is_counted_over_all_files_in_the_order_of_the_checklist() -> None:
    files = [
        settled(service=2),
        settled(late=1, service=1),
        settled(),
        Settled(OF, {}, missing(OF)),
    ]
    assert reason_of(files) == (
        "案卷评查：共4卷，缺卷1卷，超期1处，送达不规范3处。\n"
        "Case files reviewed: 4; missing: 1; Late: 1; Faulty service: 3."
    )


def test_files_without_a_defect_need_no_reason() -> None:
    assert reason_of([settled(), settled()]) == reason_of([]) == ""
