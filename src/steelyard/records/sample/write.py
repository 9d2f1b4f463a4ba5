"""Write a sample of every table: Parquet files and the cover list that delivers them.

The chance of each table is its own, so that one table may grow without moving the others. The
same region, seed and scale give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.read import shipped
from steelyard.records.sample import (
    contest,
    courts,
    enforcement,
    funds,
    oversight,
    plan,
    pledges,
    survey,
)
from steelyard.records.sample.claims import counted_by_city, draw_claims
from steelyard.records.sample.deliveries import Cover, Sample, hand_over, write_cover
from steelyard.records.sample.region import Setting, draw_profile, read_region

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column, Ints

    Dated = list[tuple[Mapping[str, Column], Ints]]
"""Columns of several draws, each with the year whose delivery a row stands in."""


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
    yield from _of_last_year(setting, seed, setting.years[-1])


def _courts(setting: Setting, seed: int) -> Drawn:
    cases: Dated = []
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


def _enforcement(setting: Setting, seed: int) -> Drawn:
    listed: dict[str, Dated] = {}
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


def _of_last_year(setting: Setting, seed: int, year: int) -> Drawn:
    """Tables that the sample has for the assessed year alone."""
    meetings, who, day = plan.draw_meetings(setting, chance_of(seed, "meetings"), year)
    yield "meetings", year, meetings
    yield (
        "resolutions",
        year,
        plan.draw_resolutions(setting, chance_of(seed, "resolutions"), meetings, who, day, year),
    )
    adopted = plan.draw_plan(setting, chance_of(seed, "plan"), year)
    yield "plan_aspects", year, adopted.aspects
    yield "plan_tasks", year, adopted.tasks
    yield "plan_measures", year, adopted.measures
    yield (
        "measure_reports",
        year,
        plan.draw_reports(setting, chance_of(seed, "reports"), adopted, year),
    )
    entries = contest.draw_entries(setting, chance_of(seed, "entries"), year)
    yield "contests", year, contest.draw_contests(setting, year)
    yield "contest_entries", year, entries
    yield "contest_awards", year, contest.draw_prizes(setting, entries, year)
    yield (
        "top_event_nominations",
        year,
        contest.draw_nominations(setting, chance_of(seed, "nominations"), year),
    )
    yield from _pledges(setting, seed, year)
    yield "survey_answers", year, survey.draw_answers(setting, chance_of(seed, "survey"), year)
    yield (
        "supporting_material",
        year,
        oversight.draw_material(setting, chance_of(seed, "material"), year),
    )


def _pledges(setting: Setting, seed: int, year: int) -> Drawn:
    indications = pledges.draw_indications(setting, chance_of(seed, "indications"), year)
    pledged = pledges.draw_pledges(setting, chance_of(seed, "pledges"), indications, year)
    yield "geographical_indications", year, indications.columns
    yield "gi_users", year, pledges.draw_users(setting, chance_of(seed, "users"), indications, year)
    yield "pledges", year, pledged.columns
    yield (
        "draw_downs",
        year,
        pledges.draw_draw_downs(setting, chance_of(seed, "draw_downs"), pledged, year),
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
    """The file reviews, which one city lacks and one correction mends; and what the cities claim."""
    year = setting.years[-1]
    left_out = setting.region.cities[
        int(chance_of(seed, "left_out").integers(len(setting.region.cities)))
    ]
    decisions = _decisions(setting, seed, year)
    mix = setting.mixes["oversight"]
    drafted, mended = (
        _review(setting, seed, decisions, year, body, left_out, mix[name])
        for name in ("wrongly_defective_above", "defective_above")
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
    yield from _claims(setting, seed, decisions, year)


def _review(
    setting: Setting,
    seed: int,
    decisions: enforcement.Decisions,
    year: int,
    body: Text,
    left_out: str,
    defective_above: int,
) -> Sample:
    """The reviews of every city but one: its body did not deliver, so that it is missing, not zero."""
    columns = oversight.draw_file_reviews(
        setting, chance_of(seed, "reviews"), decisions, year, defective_above=defective_above
    )
    own = {one.code for one in setting.region.places if one.city == left_out}
    covers = tuple(city for city in setting.region.cities if city != left_out)
    kept = [place not in own for place in columns["place"].to_pylist()]
    return Sample("file_reviews", body, year, columns, covers=covers).kept(kept)


def _claims(
    setting: Setting, seed: int, decisions: enforcement.Decisions, year: int
) -> Iterator[Sample]:
    import numpy as np

    entries = contest.draw_entries(setting, chance_of(seed, "entries"), year)
    entered = np.array(
        [setting.region.codes.index(place) for place in entries["place"].to_pylist()]
    )
    supplied = {
        "patent_disputes": counted_by_city(setting, decisions.place[decisions.kind < 2]),
        "contest_entries": counted_by_city(setting, entered),
    }
    claims, settlements = draw_claims(setting, chance_of(seed, "claims"), supplied, year)
    bodies = setting.mixes["bodies"]
    yield Sample("self_reported_figures", Text(*bodies["cities"]), year, claims)
    yield Sample("settlements", Text(*bodies["assessment_team"]), year, settlements)
