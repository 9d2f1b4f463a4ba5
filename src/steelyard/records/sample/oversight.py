"""What the assessment itself would look at: files drawn for review, actions, trainings, material."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from steelyard.records.sample import draw
from steelyard.records.sample.enforcement import REVIEWED, Decisions
from steelyard.records.sample.region import Setting

if TYPE_CHECKING:
    import numpy as np

    from steelyard.records.sample.draw import Column

ACTIONS = (
    "inspection",
    "random_inspection",
    "special_action",
    "unannounced_visit",
    "lead_verification",
)
AUDIENCES = ("officers", "judges", "firms", "public")
DEFECTS = ("送达不规范（样本）", "证据不完整（样本）", "说理不充分（样本）", "超期（样本）")


def draw_file_reviews(
    setting: Setting,
    chance: np.random.Generator,
    decisions: Decisions,
    year: int,
    *,
    defective_above: int,
) -> Mapping[str, Column]:
    """Files of the year's decided cases, so many of each place at most, reviewed in November and December."""
    import numpy as np

    first_of_november = int(np.datetime64(f"{year}-11-01", "D").astype(np.int64))
    is_eligible = decisions.is_decided & (decisions.decided < first_of_november)
    at = np.flatnonzero(is_eligible)
    at = at[draw.serial_within(decisions.place[at]) <= _files_of(setting)[decisions.place[at]]]
    size, place = len(at), decisions.place[at]
    lost = _points_lost(setting, chance, place)
    is_defective = lost > defective_above * 10
    defect = np.where(is_defective, draw.between(chance, 0, len(DEFECTS) - 1, size), -1)
    reviewed = first_of_november + draw.between(chance, 0, 60, size)
    return {
        "id": draw.texts(f"SAMPLE-R{year}-", draw.digits(np.arange(1, size + 1), 5)),
        "case_number": decisions.columns["case_number"].take(at),
        "case_type": draw.labels(REVIEWED, decisions.kind[at]),
        "place": draw.labels(setting.region.codes, place),
        "reviewed_on": draw.days(np.minimum(reviewed, first_of_november + 60)),
        "points_possible": draw.exact(np.full(size, 10000), 2),
        "points_lost": draw.exact(lost * 10, 2),
        "is_defective": draw.flags(is_defective),
        "main_defect": draw.labels(DEFECTS, defect),
        "reviewer": draw.texts("样本评查员", draw.digits(draw.between(chance, 1, 30, size), 2)),
    }


def _files_of(setting: Setting) -> draw.Ints:
    """How many files are drawn: fewer of a district than of a city."""
    import numpy as np

    mix = setting.mixes["oversight"]
    listed = [
        mix["files_of_city"] if one.code == one.city else mix["files_of_district"]
        for one in setting.region.places
    ]
    return np.maximum(np.rint(np.array(listed) * min(setting.scale * 4, 1)), 3).astype(np.int64)


def _points_lost(setting: Setting, chance: np.random.Generator, place: draw.Ints) -> draw.Ints:
    """In tenths of a point, of 1000."""
    import numpy as np

    mean = (
        setting.mixes["oversight"]["points_lost"] * setting.profile.pace("files", reach=0.3)[place]
    )
    lost = np.rint(10 * chance.gamma(1.6, mean / 1.6))
    return np.asarray(np.minimum(lost, 1000), dtype=np.int64)


def draw_inspections(
    setting: Setting, chance: np.random.Generator, year: int
) -> Mapping[str, Column]:
    import numpy as np

    size = setting.volume("inspections", year)
    place = draw.picked(chance, setting.region.residents, size)
    kind = draw.picked(chance, (50, 25, 12, 5, 8), size)
    leads = draw.between(chance, 0, 6, size)
    names = [f"样本{name}" for name in ("日常检查", "双随机抽查", "专项行动", "暗访", "线索核查")]
    return {
        "id": draw.texts(f"SAMPLE-I{year}-", draw.digits(np.arange(1, size + 1), 5)),
        "kind": draw.labels(ACTIONS, kind),
        "title": draw.texts(draw.labels(names, kind), draw.digits(np.arange(1, size + 1))),
        "body": draw.constant("市场监督管理部门（样本）", size),
        "place": draw.labels(setting.region.codes, place),
        "held_on": draw.days(draw.days_of(chance, year, size)),
        "premises_checked": draw.whole(draw.between(chance, 1, 60, size)),
        "leads_found": draw.whole(leads),
        "cases_opened": draw.whole(draw.between(chance, 0, leads, size)),
        "officers": draw.whole(draw.between(chance, 2, 30, size)),
        "is_joint": draw.flags(draw.happens(chance, 0.3, size)),
    }


def draw_trainings(
    setting: Setting, chance: np.random.Generator, year: int
) -> Mapping[str, Column]:
    import numpy as np

    size = setting.volume("trainings", year)
    weight = setting.region.residents * np.exp(0.3 * setting.profile.scores["training"])
    place = draw.picked(chance, weight, size)
    audience = draw.picked(chance, (25, 10, 40, 25), size)
    return {
        "id": draw.texts(f"SAMPLE-T{year}-", draw.digits(np.arange(1, size + 1), 5)),
        "title": draw.texts("样本培训", draw.digits(np.arange(1, size + 1))),
        "body": draw.constant("知识产权部门（样本）", size),
        "audience": draw.labels(AUDIENCES, audience),
        "place": draw.labels(setting.region.codes, place),
        "held_on": draw.days(draw.days_of(chance, year, size)),
        "hours": draw.exact(draw.between(chance, 1, 16, size) * 50, 2),
        "persons": draw.whole(draw.between(chance, 15, 300, size)),
    }


def draw_material(setting: Setting, chance: np.random.Generator, year: int) -> Mapping[str, Column]:
    """Pieces of supporting material: a few for each city and district, their hashes of nothing real."""
    import pyarrow as pa

    mix = setting.mixes["oversight"]
    items, kinds = tuple(mix["material_items"]), ("minutes", "report", "form", "screenshot")
    places = [
        *setting.region.cities,
        *(one.code for one in setting.region.places if one.code != one.city),
    ]
    named = [(place, item) for place in places for item in items]
    size = len(named)
    ids = [f"SAMPLE-M{year}-{place}-{item}" for place, item in named]
    return {
        "id": pa.array(ids),
        "item": pa.array([item for _, item in named]),
        "kind": draw.labels(kinds, draw.picked(chance, (1, 1, 1, 1), size)),
        "title": pa.array([f"样本材料{item}" for _, item in named]),
        "place": pa.array([place for place, _ in named]),
        "submitted_on": draw.days(draw.days_of(chance, year, size)),
        "pages": draw.whole(draw.between(chance, 1, 40, size)),
        "file_hash": pa.array(
            [f"sha256:{hashlib.sha256(one.encode()).hexdigest()}" for one in ids]
        ),
        "contact": draw.texts("样本联系人", draw.digits(draw.between(chance, 1, 99, size), 2)),
        "contact_phone": draw.named(chance, "000-", size),
    }
