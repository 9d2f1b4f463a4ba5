"""Small packages for `replay.py`, written as the guide says, without the engine, so that the two can be held
against each other elsewhere; and what it makes of them."""

import csv

from steelyard.weighing import replay

LAST = {"code": "fail"}
PERIOD = {
    "starts": "2021-01-01",
    "ends": "2022-01-01",
    "label": "2021",
    "earlier": ["2020", "2019"],
}


def write_csv(path, headings, rows, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([headings, *rows])


def leaf(rule, code="A", points=10, **more):
    return {"code": code, "points": points, "rule": rule, **more}


def fixed(code, points, got=None, **more):
    """A leaf that gives `got` of `points`."""
    return leaf({"points": points if got is None else got}, code, points, **more)


def points(package, code, unit="U"):
    found = replay.result(code, replay.Here(package, unit))
    return None if found is None else found[0]


def formula(package, text, unit="U"):
    return replay.value(text, replay.Here(package, unit))


def ranking(package):
    return [(row.rank, row.here.unit, row.score) for row in replay.weigh(package)]


def grades(package):
    return {row.here.unit: row.grade for row in replay.weigh(package)}


EVENTS = {
    "events": (
        {"size": "number", "level": "text", "case": "text", "on": "date", "open": "yes_no"},
        [
            ("U", "2", "a", "k1", "2021-03-01", "yes"),
            ("U", "5", "b", "k1", "2021-07-31", "no"),
            ("U", "5", "a", "k2", "2021-08-01", "yes"),
            ("U", "-1", "a", "k3", "2021-12-31", "no"),
            ("V", "7", "a", "k9", "2021-12-31", "no"),
        ],
    )
}


def group(policy=None, combine=None, gone=("C",), got=(6, 3, 0), **more):
    """Three children of 10, 5 and 5 points that got 6, 3 and (if it applies) 0."""
    settings = {"not_applicable": policy, "combine": combine, **more}
    head = {"code": "G", "points": 20} | {k: v for k, v in settings.items() if v is not None}
    full = (10, 5, 5)
    children = [
        fixed(code, most, points, parent="G", not_applicable_if="yes" if code in gone else "no")
        for code, most, points in zip("ABC", full, got, strict=True)
    ]
    return [head, *children, fixed("Z", 1)]
