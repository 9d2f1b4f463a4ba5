"""Two computations, written apart, agree: the engine, and the replay.py that is published with it."""

from fractions import Fraction

from hypothesis import HealthCheck, given, settings

from steelyard.kernel.faults import Faulty
from steelyard.papers.package import write_package
from steelyard.scheme.model import Scheme
from steelyard.weighing import replay
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.weighing.random_schemes import schemes, values


def engine(document, drawn):
    try:
        scheme = Scheme.from_document(document)
        data = Values.of(scheme, drawn["values"], earlier=drawn["earlier"], lists=drawn["lists"])
        return weigh(scheme, data)
    except Faulty:
        return None


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
          max_examples=60)  # fmt: skip
@given(document=schemes(), drawn=values())
def test_replay_gives_the_same_ranking(tmp_path_factory, document, drawn):
    result = engine(document, drawn)
    if result is None:
        return
    folder = tmp_path_factory.mktemp("package")
    write_package(result, folder)
    again = {
        row.here.unit: (row.rank, row.score, row.grade or "")
        for row in replay.weigh(replay.Package(folder))
    }
    assert again == {
        s.unit.code: (s.rank, None if s.score is None else Fraction(s.score), s.grade)
        for s in result.standings
    }
