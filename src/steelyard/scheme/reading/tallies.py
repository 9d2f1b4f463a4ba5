"""Read the ``tally`` of an input: a word, or a table that says more."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.reading.fields import Fields
from steelyard.scheme.tally import GIVES, SAMPLED, TALLY_KINDS, USUAL_CONFIDENCE, Tally


def read_records(fields: Fields) -> tuple[str, Tally | None]:
    """The query and the tally of an input; both or neither."""
    query, tally = fields.text("records").strip(), _tally(fields)
    if bool(query) != (tally is not None) and fields.has("records") != fields.has("tally"):
        fields.wrong(
            "records" if query else "tally", "half-an-indicator",
            Text("records与tally须同时写", "records and tally go together"),
            Text("请补写另一个，或都删去", "add the other, or remove both"),
        )  # fmt: skip
    return query, tally


def _tally(fields: Fields) -> Tally | None:
    value = fields.raw("tally")
    if value is None:
        return None
    table = value if isinstance(value, Mapping) else {"of": value}
    own = Fields(table, fields.path("tally"), fields.faults)
    own.require("of")
    times, confidence = own.number("times"), own.number("confidence")
    tally = Tally(
        of=own.choice("of", TALLY_KINDS, "count"),
        per=own.code("per"),
        times=Fraction(1) if times is None else times,
        growth=own.flag("growth", default=False),
        give=own.choice("give", GIVES, "value"),
        confidence=USUAL_CONFIDENCE if confidence is None else confidence,
    )
    own.done()
    _fits(tally, own)
    _is_of_a_number(fields)
    return tally


def _is_of_a_number(fields: Fields) -> None:
    """What a tally gives is a number, whatever it counts."""
    if fields.raw("type") in ("yes_no", "text", "date"):
        fields.wrong(
            "type", "tally-of-no-number",
            Text("由记录计算的数据项是数", "what is computed from records is a number"),
            Text("请改为number、count或share", "make it a number, count or share"),
        )  # fmt: skip


def _fits(tally: Tally, own: Fields) -> None:
    if tally.give != "value" and tally.of not in SAMPLED:
        own.wrong(
            "give", "no-sample",
            Text(f"“{tally.of}”不是抽样指标，没有“{tally.give}”",
                 f"{tally.of!r} is of no sample, so it has no {tally.give!r}"),
            Text("请删去give，或改用survey_mean、defect_rate",
                 "remove give, or use survey_mean or defect_rate"),
        )  # fmt: skip
    if tally.give != "value" and (tally.per or tally.growth):
        own.wrong(
            "give", "give-with-more",
            Text("give不能与per、growth同用", "give goes with neither per nor growth"),
            Text("请分成两个数据项", "make it an input of its own"),
        )  # fmt: skip
    if tally.per and tally.growth:
        own.wrong(
            "growth", "growth-with-per",
            Text("growth不能与per同用：增长率再除以人口没有含义",
                 "growth does not go with per: a rate of growth per head means nothing"),
            Text("请删去growth，在公式中写growth(…)",
                 "remove growth here, and write growth(…) in the formula"),
        )  # fmt: skip
    if not 0 < tally.confidence < 1:
        own.wrong(
            "confidence", "wrong-value",
            Text("置信水平应在0与1之间", "a confidence lies between 0 and 1"),
            Text("例如0.95", "for instance 0.95"),
        )  # fmt: skip
    if tally.times <= 0:
        own.wrong(
            "times", "wrong-value",
            Text("times应大于0", "times is above 0"), Text("例如10000", "for instance 10000"),
        )  # fmt: skip
