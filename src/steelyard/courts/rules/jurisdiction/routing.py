"""Which courts hear a million cases? Read and answered batch by batch.

What decides a case takes few values: eras instead of days, bands between thresholds instead of
amounts. Cases alike in all of that are decided once; the rest is looking up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from steelyard.courts.rules.jurisdiction.answers import Answer, Heard, Jurisdiction
from steelyard.courts.rules.jurisdiction.case import RECONSIDERED, TRIED_BY, Case
from steelyard.courts.rules.jurisdiction.causes import Causes
from steelyard.courts.rules.jurisdiction.decide import decide
from steelyard.courts.rules.jurisdiction.first import Rules
from steelyard.courts.rules.jurisdiction.levels import PARTIES
from steelyard.courts.rules.jurisdiction.setting import BODIES
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

NEEDED = ("cause", "place", "filed")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "parties": PARTIES,
    "body": BODIES,
    "reconsidered": RECONSIDERED,
    "reviewer": BODIES,
    "tried_by": TRIED_BY,
}
FACTS = (*NEEDED, "amount", "well_known", "judged", *CHOICES)
ANSWERS = ("court", "row", "articles", "reasons", "court_of_appeal", "articles_of_appeal", "sample")
"""The columns that are added: names, or what a person is to decide; texts joined by ``；``."""

A_PERSON = Text("由人决定", "a person decides")
_BATCH = 131_072
_BITS = {
    "cause": 12,
    "place": 12,
    "filed": 6,
    "judged": 6,
    "amount": 4,
    **dict.fromkeys(("well_known", *CHOICES), 3),
}
"""How many bits of a combination a fact takes."""
_MOST_FAULTS = 100


@dataclass
class Router:
    """Decides each combination once; combinations are kept from batch to batch."""

    rules: Rules
    causes: Causes
    lang: Lang
    source: str = ""
    answers: list[tuple[str | bool | None, ...]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _known: dict[int, int] = field(default_factory=dict)
    _words: dict[str, dict[Any, int]] = field(default_factory=dict)
    _found: dict[tuple[str, str], Any] = field(default_factory=dict)

    def route(self, batch: pa.RecordBatch, *, first_row: int) -> pa.RecordBatch:
        """The batch with its answers. Faults are gathered, each at its row of the file."""
        import numpy as np

        facts = [name for name in FACTS if name in batch.schema.names]
        combined = np.zeros(batch.num_rows, dtype=np.int64)
        for name in facts:
            combined = (combined << _BITS[name]) | self._coded(batch.column(name), name)
        combined = (combined << 1) | _judged_too_early(batch)
        keys, first, inverse = np.unique(combined, return_index=True, return_inverse=True)
        rows = [
            self._row(int(key), batch, facts, int(at), first_row)
            for key, at in zip(keys, first, strict=True)
        ]
        return self._with_answers(batch, np.asarray(rows, dtype=np.int32)[inverse])

    def _coded(self, column: pa.Array, name: str) -> np.ndarray:
        """A number for each value, alike for all that decide alike, in every batch."""
        if name in {"filed", "judged"}:
            return self._eras(column)
        if name == "amount":
            return self._bands(column)
        return self._numbered(column, name)

    def _numbered(self, column: pa.Array, name: str) -> np.ndarray:
        """Words are numbered as they first come.

        Raises:
            Faulty: more different words than any table of causes or places holds.
        """
        import numpy as np
        import pyarrow.compute as pc

        encoded = pc.dictionary_encode(column, null_encoding="encode")
        numbers = self._words.setdefault(name, {})
        ours = [numbers.setdefault(word, len(numbers)) for word in encoded.dictionary.to_pylist()]
        if len(numbers) > 1 << _BITS[name]:
            raise Faulty([_too_many_words(name)])
        return cast("np.ndarray", np.asarray(ours, dtype=np.int64)[np.asarray(encoded.indices)])

    def _eras(self, column: pa.Array) -> np.ndarray:
        """0 for a day that is missing."""
        import numpy as np
        import pyarrow as pa

        days = column.cast(pa.date32()).cast(pa.int32())
        starts = np.asarray([(day - date(1970, 1, 1)).days for day in self.rules.days])
        return _or_missing(np.searchsorted(starts, _filled(days), "right"), column)

    def _bands(self, column: pa.Array) -> np.ndarray:
        """0 for an amount that is missing. One equal to a threshold lies above it.

        Whole fen are compared, which a float of that size still holds exactly.
        """
        import numpy as np
        import pyarrow as pa

        fen = np.rint(_filled(column.cast(pa.float64())) * 100)
        bounds = np.asarray([0.0, *(float(amount * 100) for amount in self.rules.amounts)])
        return _or_missing(np.searchsorted(bounds, fen, "right"), column)

    def _row(
        self, key: int, batch: pa.RecordBatch, facts: list[str], at: int, first_row: int
    ) -> int:
        """The number of the answer to the combination of a row."""
        if key not in self._known:
            told = {name: batch.column(name)[at].as_py() for name in facts}
            self._known[key] = len(self.answers)
            self.answers.append(self._answer(told, Where(self.source, row=first_row + at)))
        return self._known[key]

    def _answer(self, told: Mapping[str, Any], where: Where) -> tuple[str | bool | None, ...]:
        try:
            return _said(decide(self.rules, self.case(told)), self.lang)
        except Faulty as error:
            self.faults += [fault.at(where) for fault in error.faults]
            return (None,) * len(ANSWERS)

    def _find(self, name: str, words: str) -> Any:
        """The causes or the place that words name, looked for once."""
        find = self.causes.find_all if name == "cause" else self.rules.region.places.find
        if (name, words) not in self._found:
            self._found[name, words] = find(words)
        return self._found[name, words]

    def case(self, told: Mapping[str, Any]) -> Case:
        """The case of a row of codes, names, days and amounts; what is not told is None.

        Raises:
            Faulty: what is needed is missing; a cause, place or choice is not known.
        """
        raise_if_any([_missing(name) for name in NEEDED if told.get(name) is None])
        raise_if_any(
            _no_choice(name, told[name])
            for name, choices in CHOICES.items()
            if told.get(name) is not None and told[name] not in choices
        )
        amount = told.get("amount")
        return Case(
            self._find("cause", told["cause"]),
            self._find("place", told["place"]),
            told["filed"],
            None if amount is None else Fraction(str(amount)),
            told.get("parties"),
            bool(told.get("well_known")),
            None,
            told.get("body"),
            told.get("reconsidered") or "no",
            told.get("reviewer"),
            told.get("judged"),
            told.get("tried_by"),
        )

    def _with_answers(self, batch: pa.RecordBatch, rows: np.ndarray) -> pa.RecordBatch:
        import pyarrow as pa

        columns = [*batch.columns]
        for number, name in enumerate(ANSWERS):
            kind = pa.bool_() if name == "sample" else pa.string()
            texts = pa.array([answer[number] for answer in self.answers], kind)
            columns.append(
                texts.take(pa.array(rows)) if name == "sample" else _dictionary(texts, rows)
            )
        return pa.RecordBatch.from_arrays(columns, names=[*batch.schema.names, *ANSWERS])


def route_file(
    source: Path, target: Path, *, rules: Rules, causes: Causes, lang: Lang = "zh"
) -> int:
    """Answer every case of a Parquet file into another; how many there were.

    The columns of the source are kept. ``cause``, ``place`` and ``filed`` (a date) must be there;
    ``amount`` in yuan, ``parties``, ``well_known``, ``body``, ``reconsidered``, ``reviewer``,
    ``judged``, ``tried_by`` may.

    Raises:
        Faulty: a column is missing, or cases cannot be answered: the first hundred kinds of fault,
            each at a row. Nothing is then written.
    """
    router = Router(rules, causes, lang, source.name)
    with _opened(source) as file:
        lost = [name for name in NEEDED if name not in file.schema_arrow.names]
        raise_if_any([_missing(name).at(Where(source.name, column=name)) for name in lost])
        _write(router, _batches(file), target)
        return int(file.metadata.num_rows)


def _opened(source: Path) -> pq.ParquetFile:
    """
    Raises:
        Faulty: it is no Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(source)
    except pa.ArrowInvalid as error:
        what = Text("不是完好的Parquet文件", "it is no sound Parquet file")
        mend = Text("请重新导出", "export it again")
        raise Faulty([Fault("not-parquet", what, mend, Where(source.name))]) from error


def _batches(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """The batches of a file; an empty one where it has no rows, for its columns."""
    import pyarrow as pa

    if file.metadata.num_rows:
        yield from file.iter_batches(_BATCH)
    else:
        yield pa.RecordBatch.from_pylist([], file.schema_arrow)


def _write(router: Router, batches: Iterator[pa.RecordBatch], target: Path) -> None:
    """Written beside the target and moved there when all is answered."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    unfinished = target.with_name(f".{target.name}.part")
    writer, row = None, 1
    try:
        for batch in batches:
            answered = pa.Table.from_batches([router.route(batch, first_row=row)])
            writer = writer or pq.ParquetWriter(unfinished, answered.schema)
            writer.write_table(answered)
            row += batch.num_rows
        raise_if_any(sorted(router.faults, key=_row_of)[:_MOST_FAULTS])
    finally:
        if writer is not None:
            writer.close()
        if router.faults:
            unfinished.unlink(missing_ok=True)
    if writer is not None:
        unfinished.replace(target)


def _row_of(fault: Fault) -> int:
    return fault.where.row or 0


def _dictionary(texts: pa.Array, rows: np.ndarray) -> pa.DictionaryArray:
    """The texts of the rows, each text kept once."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = pc.dictionary_encode(texts)
    indices = pa.array(np.asarray(pc.fill_null(encoded.indices, 0))[rows], pa.int32())
    return pa.DictionaryArray.from_arrays(indices, encoded.dictionary)


def _said(found: Jurisdiction, lang: Lang) -> tuple[str | bool | None, ...]:
    return (
        _court(found.first, lang),
        found.first.row,
        _joined(found.first.articles, lang),
        _joined(found.first.why, lang),
        _court(found.appeal, lang) if found.appeal else "",
        _joined(found.appeal.articles, lang) if found.appeal else "",
        isinstance(found.first, Heard) and found.first.sample,
    )


def _court(answer: Answer, lang: Lang) -> str:
    if isinstance(answer, Heard):
        return answer.court.name.say(lang)
    readings = _joined(tuple(court.name for court in answer.readings), lang, between=" / ")
    return f"{A_PERSON.say(lang)}（{readings}）" if readings else A_PERSON.say(lang)


def _joined(texts: tuple[Text, ...], lang: Lang, between: str = "；") -> str:
    return between.join(one.say(lang) for one in texts)


def _judged_too_early(batch: pa.RecordBatch) -> np.ndarray:
    """1 where a case was judged before it was filed: two days of one era may be in any order."""
    import numpy as np
    import pyarrow.compute as pc

    if "judged" not in batch.schema.names:
        return np.zeros(batch.num_rows, dtype=np.int64)
    early = pc.fill_null(pc.less(batch.column("judged"), batch.column("filed")), False)
    return cast("np.ndarray", early.to_numpy(zero_copy_only=False).astype(np.int64))


def _filled(column: pa.Array) -> np.ndarray:
    import pyarrow.compute as pc

    return cast("np.ndarray", pc.fill_null(column, 0).to_numpy(zero_copy_only=False))


def _or_missing(codes: np.ndarray, column: pa.Array) -> np.ndarray:
    """The codes one higher, and 0 where nothing is told."""
    import numpy as np
    import pyarrow.compute as pc

    missing = pc.is_null(column).to_numpy(zero_copy_only=False)
    return np.where(missing, 0, codes + 1).astype(np.int64)


def _too_many_words(name: str) -> Fault:
    most = 1 << _BITS[name]
    return Fault(
        "routing-too-many-words",
        Text(f"{name}列有{most}种以上不同的写法", f"{name} holds more than {most} different words"),
        Text("请改用代码或者规范名称", "write codes, or names of the tables"),
        Where(column=name),
    )


def _missing(name: str) -> Fault:
    return Fault(
        "routing-missing",
        Text(f"没有{name}", f"{name} is missing"),
        Text("请补上", "fill it in"),
        Where(key=name),
    )


def _no_choice(name: str, written: object) -> Fault:
    return Fault(
        "routing-no-choice",
        Text(f"{name}没有“{written}”这个选项", f"{name} knows no {written!r}"),
        Text(f"请填{'、'.join(CHOICES[name])}之一", f"give one of {', '.join(CHOICES[name])}"),
        Where(key=name),
    )
