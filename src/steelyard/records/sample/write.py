"""Write a sample of every table: Parquet files and the cover list that delivers them.

The chance of each table is its own, so that one table may grow without moving the others. The
same region, seed and scale give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.read import shipped
from steelyard.records.sample import (
    contest,
    courts,
    draw,
    enforcement,
    funds,
    oversight,
    plan,
    pledges,
    survey,
)
from steelyard.records.sample.claims import counted_by_city, draw_claims
from steelyard.records.sample.deliveries import Cover, Sample, hand_over, write_cover
from steelyard.records.sample.region import Setting, draw_profile, read_region, year_of

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column, Ints

    Dated = list[tuple[Mapping[str, Column], Ints]]
    """Columns of several draws, each with the year whose delivery a row stands in."""
    Chance = Callable[[str], np.random.Generator]
    """The chance of a table in one year, by the table's name."""


def write_sample(region_folder: Path, out: Path, seed: int, *, scale: float = 1.0) -> int:
    """Write the sample of a region into ``out``; how many rows it has.

    Args:
        region_folder: holds ``sample_mixes.toml``, ``sample_sizes.csv`` and ``units.csv``.
        out: for the Parquet files and ``deliveries.toml``; made if it is not there.
        seed: equal seeds give equal bytes.
        scale: how large, of the full size.

    Raises:
        OSError: a file cannot be read or written.
    """
    region = read_region(region_folder)
    setting = Setting(region, draw_profile(region, chance_of(seed, "profile")), scale)
    samples = [one for one in draw_samples(setting, seed) if len(next(iter(one.columns.values())))]
    cover = Cover(seed, region.mixes["cut_off"], region.mixes["signed_on"])
    rows = hand_over(samples, shipped(), out, cover)
    write_cover(rows, out)
    return sum(row["rows"] for row in rows)


def chance_of(seed: int, *words: object) -> np.random.Generator:
    """The chance of one thing: of the seed and of its name."""
    import numpy as np

    return np.random.default_rng([seed, *(crc32(str(word).encode()) for word in words)])


def draw_samples(setting: Setting, seed: int) -> Iterator[Sample]:
    """Every delivery of the sample, in the order of the areas."""
    body = {
        table: Text(*setting.mixes["bodies"][code])
        for code, tables in setting.mixes["supplies"].items()
        for table in tables
    }
    for table, year, columns in _tables(setting, seed):
        yield Sample(table, body[table], year, columns)
    yield from _reviews(setting, seed, body["file_reviews"])


Drawn = Iterator[tuple[str, int, "Mapping[str, Column]"]]


def _tables(setting: Setting, seed: int) -> Drawn:
    yield from _courts(setting, seed)
    yield from _enforcement(setting, seed)
    for year in setting.years:
        yield from _of_year(setting, seed, year)
    for year, columns in survey.draw_statistics(setting, chance_of(seed, "statistics")).items():
        yield "statistics", year, columns
    for year in setting.years:
        yield from _assessed(setting, partial(_chance_in, setting, seed, year), year)


def _courts(setting: Setting, seed: int) -> Drawn:
    cases: Dated = [_cases_before(setting, seed, setting.year_before)]
    hearings: Dated = []
    for year in setting.years:
        found = courts.draw_cases(setting, chance_of(seed, "cases", year), year)
        cases.append((found.columns, found.year()))
        hearings.append(
            courts.draw_hearings(setting, chance_of(seed, "hearings", year), found, year)
        )
        yield (
            "court_services",
            year,
            courts.draw_services(setting, chance_of(seed, "services", year), year),
        )
    yield from _by_year("cases", cases)
    yield from _by_year("hearings", hearings)


def _cases_before(setting: Setting, seed: int, year: int) -> tuple[Mapping[str, Column], Ints]:
    """What the courts of the first year began with: of it they closed cases filed in the year before.

    The few that were still open at the end of the first year stay out, so that the next is as it is.
    """
    found = courts.draw_cases(setting, chance_of(seed, "cases", year), year)
    is_closed_by_then = found.is_closed & (found.year() <= setting.years[0])
    return draw.kept(found.columns, is_closed_by_then), found.year()[is_closed_by_then]


def _enforcement_before(setting: Setting, seed: int, year: int) -> dict[str, Dated]:
    """Of the year before the first: what growth is counted from, and what the police took over."""
    decisions = _decisions(setting, seed, year)
    police = enforcement.draw_police_cases(
        setting, chance_of(seed, "police", year), decisions, year
    )
    return {
        "administrative_decisions": [(decisions.columns, year_of(decisions.accepted))],
        "police_cases": [(police.columns, year_of(police.filed))],
    }


def _enforcement(setting: Setting, seed: int) -> Drawn:
    listed = _enforcement_before(setting, seed, setting.year_before)
    for year in setting.years:
        decisions = _decisions(setting, seed, year)
        police = enforcement.draw_police_cases(
            setting, chance_of(seed, "police", year), decisions, year
        )
        listed.setdefault("administrative_decisions", []).append(
            (decisions.columns, decisions.year())
        )
        listed.setdefault("police_cases", []).append((police.columns, police.year()))
        listed.setdefault("prosecutions", []).append(
            enforcement.draw_prosecutions(
                setting, chance_of(seed, "prosecutions", year), police, year
            )
        )
        listed.setdefault("copyright_cases", []).append(
            enforcement.draw_copyright_cases(setting, chance_of(seed, "copyright", year), year)
        )
        yield (
            "customs_cases",
            year,
            enforcement.draw_customs_cases(setting, chance_of(seed, "customs", year), year),
        )
    for table, drawn in listed.items():
        yield from _by_year(table, drawn)


def _decisions(setting: Setting, seed: int, year: int) -> enforcement.Decisions:
    return enforcement.draw_decisions(setting, chance_of(seed, "decisions", year), year)


def _of_year(setting: Setting, seed: int, year: int) -> Drawn:
    """Tables whose rows all belong to the year they are drawn for."""
    yield (
        "inspections",
        year,
        oversight.draw_inspections(setting, chance_of(seed, "inspections", year), year),
    )
    yield (
        "trainings",
        year,
        oversight.draw_trainings(setting, chance_of(seed, "trainings", year), year),
    )
    rules = funds.draw_rules(setting, year)
    awards = funds.draw_awards(setting, chance_of(seed, "awards", year), rules, year)
    yield "support_rules", year, rules
    yield "fund_awards", year, awards.columns
    yield (
        "fund_payments",
        year,
        funds.draw_payments(setting, chance_of(seed, "payments", year), awards, year),
    )


def _chance_in(setting: Setting, seed: int, year: int, name: str) -> np.random.Generator:
    """In the last year it is of the name alone: that year was drawn before there was another."""
    return chance_of(seed, name) if year == setting.years[-1] else chance_of(seed, name, year)


def _assessed(setting: Setting, chance: Chance, year: int) -> Drawn:
    """Tables that no growth is counted on, in a year that is assessed."""
    meetings, who, day = plan.draw_meetings(setting, chance("meetings"), year)
    yield "meetings", year, meetings
    yield (
        "resolutions",
        year,
        plan.draw_resolutions(setting, chance("resolutions"), meetings, who, day, year),
    )
    adopted = plan.draw_plan(setting, chance("plan"), year)
    yield "plan_aspects", year, adopted.aspects
    yield "plan_tasks", year, adopted.tasks
    yield "plan_measures", year, adopted.measures
    yield "measure_reports", year, plan.draw_reports(setting, chance("reports"), adopted, year)
    entries = contest.draw_entries(setting, chance("entries"), year)
    yield "contests", year, contest.draw_contests(setting, year)
    yield "contest_entries", year, entries
    yield "contest_awards", year, contest.draw_prizes(setting, entries, year)
    yield (
        "top_event_nominations",
        year,
        contest.draw_nominations(setting, chance("nominations"), year),
    )
    yield from _pledges(setting, chance, year)
    yield "survey_answers", year, survey.draw_answers(setting, chance("survey"), year)
    yield "supporting_material", year, oversight.draw_material(setting, chance("material"), year)


def _pledges(setting: Setting, chance: Chance, year: int) -> Drawn:
    indications = pledges.draw_indications(setting, chance("indications"), year)
    pledged = pledges.draw_pledges(setting, chance("pledges"), indications, year)
    yield "geographical_indications", year, indications.columns
    yield "gi_users", year, pledges.draw_users(setting, chance("users"), indications, year)
    yield "pledges", year, pledged.columns
    yield (
        "draw_downs",
        year,
        pledges.draw_draw_downs(setting, chance("draw_downs"), pledged, year),
    )


def _by_year(table: str, drawn: Iterable[tuple[Mapping[str, Column], Ints]]) -> Drawn:
    """Rows of several draws, put into the delivery of their year."""
    import numpy as np
    import pyarrow as pa

    listed = list(drawn)
    whole = pa.concat_tables([pa.table(dict(columns)) for columns, _ in listed])
    years = np.concatenate([years for _, years in listed])
    for year in np.unique(years).tolist():
        found = whole.filter(pa.array(years == year))
        yield table, year, {name: found[name].combine_chunks() for name in found.column_names}


def _reviews(setting: Setting, seed: int, body: Text) -> Iterator[Sample]:
    """The file reviews of each year, and what the cities claim.

    In the last year one city lacks reviews, and one correction mends the others.
    """
    *earlier, last = setting.years
    for year in earlier:
        chance = partial(_chance_in, setting, seed, year)
        decisions = _decisions(setting, seed, year)
        yield Sample("file_reviews", body, year, _reviewed(setting, chance, decisions, year))
        yield from _claims(setting, chance, decisions, year)
    yield from _corrected_reviews(setting, seed, body, last)


def _corrected_reviews(setting: Setting, seed: int, body: Text, year: int) -> Iterator[Sample]:
    chance = partial(_chance_in, setting, seed, year)
    left_out = setting.region.cities[int(chance("left_out").integers(len(setting.region.cities)))]
    decisions = _decisions(setting, seed, year)
    drafted, mended = (
        _without(setting, left_out, Sample("file_reviews", body, year, columns))
        for columns in (
            _reviewed(setting, chance, decisions, year, "wrongly_defective_above"),
            _reviewed(setting, chance, decisions, year),
        )
    )
    yield drafted
    yield replace(
        mended,
        part="correction",
        replaces=drafted.id,
        why=Text(
            "样本更正：缺陷判定的扣分标准用错，重新判定",
            "Sample correction: the wrong number of points was taken for a defect",
        ),
    )
    yield from _claims(setting, chance, decisions, year)


def _reviewed(
    setting: Setting,
    chance: Chance,
    decisions: enforcement.Decisions,
    year: int,
    threshold: str = "defective_above",
) -> Mapping[str, Column]:
    defective_above = setting.mixes["oversight"][threshold]
    return oversight.draw_file_reviews(
        setting, chance("reviews"), decisions, year, defective_above=defective_above
    )


def _without(setting: Setting, left_out: str, reviews: Sample) -> Sample:
    """The reviews of every city but one: its body did not deliver, so that it is missing, not zero."""
    own = {one.code for one in setting.region.places if one.city == left_out}
    covers = tuple(city for city in setting.region.cities if city != left_out)
    kept = [place not in own for place in reviews.columns["place"].to_pylist()]
    return replace(reviews, covers=covers).kept(kept)


def _claims(
    setting: Setting, chance: Chance, decisions: enforcement.Decisions, year: int
) -> Iterator[Sample]:
    import numpy as np

    entries = contest.draw_entries(setting, chance("entries"), year)
    entered = np.array(
        [setting.region.codes.index(place) for place in entries["place"].to_pylist()]
    )
    supplied = {
        "patent_disputes": counted_by_city(setting, decisions.place[decisions.kind < 2]),
        "contest_entries": counted_by_city(setting, entered),
    }
    claims, settlements = draw_claims(setting, chance("claims"), supplied, year)
    bodies = setting.mixes["bodies"]
    yield Sample("self_reported_figures", Text(*bodies["cities"]), year, claims)
    yield Sample("settlements", Text(*bodies["assessment_team"]), year, settlements)
