import pytest
from steelyard.assessment.queries.papers.seen import Asker, papers_seen_by
from steelyard.assessment.queries.papers.saying import Paper
from steelyard.assessment.queries.papers.filled import SAYS, paper_file
from steelyard.assessment.rules.papers.kinds import designs
from steelyard.people.queries import load_held
from tests.assessment.scored import Scored
from tests.assessment.papers import words_of
from django.utils import timezone
pytestmark = pytest.mark.django_db

def test_try():
    year = Scored()
    found = year.scoring()
    today = timezone.localdate(year.now)
    who = Asker(load_held(year.chen.pk, today), today)
    for o in papers_seen_by(who, found):
        print(o)
        for d in designs():
            if d.kind == o.kind:
                print(SAYS[o.kind](Paper(who, found, o.of, d.lang)))
                print(words_of(paper_file(Paper(who, found, o.of, d.lang), d))[:300])
    assert 0
