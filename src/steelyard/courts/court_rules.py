"""All rules of a region's courts in one place, each table read when it is first asked for.

rules = CourtRules.of("guangdong")
rules.limit("civil.appeal.judgment", date(2023, 11, 1)).last_day
rules.fee("ip", on=date(2023, 11, 1), amount="5000000").payable
rules.number("（2019）粤73知民初1519号")
rules.ask("fee", standard="知识产权", amount="500万", accepted="2023-11-01").headline
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.regions import (
    CASE_NUMBER_CODES,
    CAUSES,
    COURT_FEES,
    FILING_MATERIALS,
    GUANGDONG_COURT_FEES,
    GUANGDONG_COURTS,
    GUANGDONG_PLACES,
    HOLIDAYS,
    JURISDICTION,
    PROVINCES,
    TIME_LIMITS,
)

if TYPE_CHECKING:
    from steelyard.courts.desk.answers import Answer
    from steelyard.courts.rules.case_number_codes import Codes
    from steelyard.courts.rules.case_numbers import CaseNumber, OldNumber, Part
    from steelyard.courts.rules.counting import Excluded, Suspended
    from steelyard.courts.rules.extensions import Granted
    from steelyard.courts.rules.fee_rows import FeeTable
    from steelyard.courts.rules.fees import Fee, Half, Stage
    from steelyard.courts.rules.filing.check import FilingCheck
    from steelyard.courts.rules.filing.filing import Filing
    from steelyard.courts.rules.filing.material_rows import Materials
    from steelyard.courts.rules.jurisdiction.answers import Jurisdiction
    from steelyard.courts.rules.jurisdiction.case import Case
    from steelyard.courts.rules.jurisdiction.causes import Causes
    from steelyard.courts.rules.jurisdiction.first import Rules
    from steelyard.courts.rules.jurisdiction.places import Places
    from steelyard.courts.rules.limitation import Limitation
    from steelyard.courts.rules.limitation_events import Interrupted, Obstacle
    from steelyard.courts.rules.postponement import Postponement
    from steelyard.courts.rules.refunds import Balance
    from steelyard.courts.rules.time_limits import ForAPerson, Limit, TimeLimits
    from steelyard.kernel.working_days import WorkingDays

COURTS: Mapping[str, Path] = {"guangdong": GUANGDONG_COURTS}
PLACES: Mapping[str, Path] = {"guangdong": GUANGDONG_PLACES}
LOCAL_FEES: Mapping[str, Path] = {"guangdong": GUANGDONG_COURT_FEES}
"""What each region has of its own: its courts, its places, the fees that it fixed."""

COURT_HEADS: Mapping[str, str] = {"guangdong": "粤"}
"""The character with which the codes of a region's courts begin."""


@dataclass(frozen=True)
class CourtRules:
    """The rules of one region: the country's, and what the region fixed.

    ``thresholds``: a file of an office's own amounts, which go before the region's.
    """

    region: str
    thresholds: Path | None = None

    @classmethod
    def of(cls, region: str, *, thresholds: Path | None = None) -> CourtRules:
        """The rules of a region by its name, as ``guangdong``.

        Raises:
            Faulty: no rules of this region ship.
        """
        if region not in LOCAL_FEES:
            raise Faulty([_no_region(region)])
        return cls(region, thresholds)

    @cached_property
    def calendar(self) -> WorkingDays:
        """Days off and make-up working days, as far as notices tell them."""
        from steelyard.kernel.working_days import read_working_days

        with HOLIDAYS.open(encoding="utf-8", newline="") as lines:
            return read_working_days(lines, file=HOLIDAYS.name)

    @cached_property
    def limits(self) -> TimeLimits:
        """The time limits of the country."""
        from steelyard.courts.rules.time_limits import read_time_limits

        with TIME_LIMITS.open(encoding="utf-8", newline="") as lines:
            return read_time_limits(lines, file=TIME_LIMITS.name)

    @cached_property
    def fees(self) -> FeeTable:
        """The court fees of the country, narrowed by what the region fixed."""
        from steelyard.courts.rules.fee_rows import read_fee_table

        local = LOCAL_FEES[self.region]
        return read_fee_table(
            COURT_FEES.read_text("utf-8"),
            local.read_text("utf-8"),
            file=COURT_FEES.name,
            local_file=local.name,
        )

    @cached_property
    def codes(self) -> Codes:
        """The codes of which case numbers are made."""
        from steelyard.courts.rules.case_number_codes import read_codes

        return read_codes(
            CASE_NUMBER_CODES.read_text("utf-8"),
            file=CASE_NUMBER_CODES.name,
            divisions=PLACES[self.region].read_text("utf-8"),
            head=COURT_HEADS[self.region],
        )

    @cached_property
    def causes(self) -> Causes:
        """The causes of action of the country."""
        from steelyard.courts.rules.jurisdiction.causes import read_causes

        with CAUSES.open(encoding="utf-8-sig", newline="") as lines:
            return read_causes(lines, file=CAUSES.name)

    @cached_property
    def places(self) -> Places:
        """The places of the region, and the provinces of the country."""
        from steelyard.courts.rules.jurisdiction.places import read_places

        below = PLACES[self.region]
        return read_places(
            below.read_text("utf-8-sig").splitlines(),
            PROVINCES.read_text("utf-8-sig").splitlines(),
            file=below.name,
            provinces_file=PROVINCES.name,
        )

    @cached_property
    def jurisdiction(self) -> Rules:
        """The table of jurisdiction of the country, and the courts of the region."""
        from steelyard.courts.rules.jurisdiction.courts import read_region
        from steelyard.courts.rules.jurisdiction.first import Rules
        from steelyard.courts.rules.jurisdiction.levels import read_thresholds
        from steelyard.courts.rules.jurisdiction.rows import read_table

        table = read_table(JURISDICTION.read_text("utf-8"), file=JURISDICTION.name)
        courts = COURTS[self.region].read_text("utf-8")
        region = read_region(courts, places=self.places, groups=table.groups)
        if self.thresholds is not None:
            own = read_thresholds(
                _written(self.thresholds),
                file=self.thresholds.name,
                groups=table.groups,
                citations=table.citations,
            )
            region = replace(region, thresholds=(*own, *region.thresholds))
        return Rules(table, region)

    @cached_property
    def materials(self) -> Materials:
        from steelyard.courts.rules.filing.material_rows import read_materials

        return read_materials(FILING_MATERIALS.read_text("utf-8"), file=FILING_MATERIALS.name)

    def filing(self, filing: Filing, *, on: date) -> FilingCheck:
        """What keeps a suit from being registered on a day, all of it at once.

        Raises:
            Faulty: the day lies before the rules that the check knows.
        """
        from steelyard.courts.rules.filing.check import check_filing

        return check_filing(filing, self.materials, on=on)

    def which(self, case: Case) -> Jurisdiction:
        """The court of a case and that of its appeal, with articles and reasons.

        Raises:
            Faulty: facts are missing or contradict each other, or the place founds no jurisdiction.
        """
        from steelyard.courts.rules.jurisdiction.decide import decide

        return decide(self.jurisdiction, case)

    def limit(
        self,
        code: str,
        start: date,
        *,
        granted: tuple[Granted, ...] = (),
        excluded: tuple[Excluded, ...] = (),
        suspended: Suspended | None = None,
    ) -> Limit | ForAPerson:
        """The limit that starts with the event of a day.

        Raises:
            Faulty: as :meth:`steelyard.courts.rules.time_limits.TimeLimits.limit` does.
        """
        return self.limits.limit(
            code, start, self.calendar, granted=granted, excluded=excluded, suspended=suspended
        )

    def limitation(
        self,
        code: str,
        start: date,
        *,
        interrupted: Iterable[Interrupted] = (),
        obstacles: Iterable[Obstacle] = (),
        harmed_on: date | None = None,
    ) -> Limitation | ForAPerson:
        """The last day of a limitation period, or of the time to apply for enforcement, after all
        that happened to it.

        Raises:
            Faulty: as :func:`steelyard.courts.rules.limitation.limitation` does.
        """
        from steelyard.courts.rules.limitation import limitation

        return limitation(
            self.limits,
            code,
            start,
            self.calendar,
            interrupted=interrupted,
            obstacles=obstacles,
            harmed_on=harmed_on,
        )

    def postponement(self, missed: Limit, obstacle: Obstacle) -> Postponement | ForAPerson:
        """Until when a party that missed a limit for good cause may ask for more time.

        Raises:
            Faulty: as :func:`steelyard.courts.rules.postponement.postponement` does.
        """
        from steelyard.courts.rules.postponement import postponement

        return postponement(self.limits, missed, obstacle, self.calendar)

    def ends_at(self, code: str, start: datetime) -> datetime:
        """When a limit in hours ends.

        Raises:
            Faulty: no such limit, or it is not counted in hours.
        """
        return self.limits.ends_at(code, start)

    def fee(
        self,
        code: str,
        *,
        on: date,
        amount: Fraction | Decimal | int | str | None = None,
        stage: Stage = "first",
        halved: Collection[Half] = (),
    ) -> Fee:
        """The fee of a case accepted on a day.

        Raises:
            Faulty: as :func:`steelyard.courts.rules.fees.fee` does.
        """
        from steelyard.courts.rules.fees import fee

        return fee(self.fees, code, on=on, amount=amount, stage=stage, halved=halved)

    def refund(self, code: str, *, paid: Fraction, already_halved: bool = False) -> Balance:
        """What goes back of a fee that was paid.

        Raises:
            Faulty: no such reason; what was paid is below 0.
        """
        from steelyard.courts.rules.refunds import refund

        return refund(self.fees, code, paid=paid, already_halved=already_halved)

    def number(self, text: str) -> CaseNumber | OldNumber:
        """The case number that a person wrote.

        Raises:
            Faulty: all that is wrong with it.
        """
        from steelyard.courts.rules.case_numbers import read_number

        return read_number(text, self.codes)

    def numbers(self, text: str) -> tuple[CaseNumber | OldNumber, ...]:
        """Every case number that a text names, runs and lists written out.

        Raises:
            Faulty: all that is wrong with them.
        """
        from steelyard.courts.rules.case_number_lists import read_numbers

        return read_numbers(text, self.codes)

    def explain(self, number: CaseNumber | OldNumber) -> tuple[Part, ...]:
        """The parts of a number, each with its meaning."""
        from steelyard.courts.rules.case_numbers import explain

        return explain(number, self.codes)

    def next_number(
        self,
        *,
        year: int,
        court: str,
        type: str,
        special: str = "",
        issued: Iterable[CaseNumber] = (),
    ) -> CaseNumber:
        """The number of the next case of a series.

        Raises:
            Faulty: as :func:`steelyard.courts.rules.case_numbers.next_number` does.
        """
        from steelyard.courts.rules.case_numbers import next_number

        return next_number(
            self.codes, year=year, court=court, type=type, special=special, issued=issued
        )

    def ask(self, job: str, *, today: date | None = None, **written: str) -> Answer:
        """What the counter answers to facts as a person writes them, by the codes of questions.

        >>> rules = CourtRules.of("guangdong")
        >>> rules.ask("days", limit="对判决上诉", start="2023年11月1日").headline.en
        'appeal against a judgment: 2023-11-16 (Thursday)'

        Raises:
            Faulty: an answer is not understood or missing, or the rules refuse it.
        """
        from steelyard.courts.desk.jobs import asked

        return asked(job, self, written, today=today)


def _written(path: Path) -> str:
    """
    Raises:
        Faulty: there is no such file, or it is no text.
    """
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = Text(f"读不出文件：{error}", f"the file cannot be read: {error}")
        mend = Text("请核对文件名和编码（UTF-8）", "check its name, and that it is UTF-8")
        raise Faulty([Fault("no-thresholds", what, mend, Where(str(path)))]) from error


def _no_region(region: str) -> Fault:
    listed = ", ".join(LOCAL_FEES)
    return Fault(
        "no-such-region",
        Text(f"没有地区“{region}”的法院规则", f"no court rules of {region!r} ship"),
        Text(f"可用：{listed}", f"name one of: {listed}"),
    )
