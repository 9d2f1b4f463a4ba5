"""For every city and indicator of the sample region, the listed rows add up to the figure."""

from steelyard.records.add_up import come_to
from steelyard.records.listing import list_rows
from steelyard.records.query.engine import Limits
from steelyard.records.tally.indicators import indicators_of
from steelyard.records.tally.tally import tallied
from steelyard.regions import sampled
from steelyard.scheme.model import Scheme
from tests.records.sample.small import frozen


def test_listed_rows_of_the_sample_region_add_up_to_every_figure():
    scheme, snapshot = Scheme.read(sampled("guangdong").scheme), frozen()
    values = tallied(scheme, snapshot).values
    seen = 0
    for one in indicators_of(scheme, snapshot.catalogue):
        if one.tally.per:
            continue
        for unit in scheme.assessed[::7]:
            cell = values.cell(one.code, scheme.period_label, unit.code)
            assert cell is not None
            told = list_rows(scheme, snapshot, unit.code, one, (), Limits())
            if "accepted on" in cell.source.en:
                continue
            assert come_to(told) == cell.value, (one.code, unit.code, cell)
            personal = snapshot.catalogue.tables[one.origin.table].personal if one.origin else ()
            assert set(personal).isdisjoint(told.headings)
            seen += 1
    assert seen > 100
