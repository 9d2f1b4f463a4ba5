"""What is said of a draft, for programs: list, say, change, withdraw, answer, take up again."""

from __future__ import annotations

import pytest

from steelyard.assessment.actions.schemes.comments import ask_for_comments
from steelyard.assessment.models import Comment
from steelyard.assessment.rules.states import Stage, StageMove
from tests.assessment.api.asking import as_, at_fields, done, get, post, refused, told
from tests.assessment.year import Year, scheme
from tests.once import World, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db
COMMENTS = "/scheme/comments"
ITEM = scheme().leaves[0].code


def a_year() -> Year:
    found = Year()
    found.at(Stage.COMMENTS)
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def say(year: Year, text: str = "请降低分值", item: str = ITEM) -> dict:
    return done(year.tan, COMMENTS, organisation="440700", item=item, text=text)


def test_what_a_city_says_the_office_reads_on_its_page(year: Year) -> None:
    made = say(year)
    assert (made["item"], made["organisation"], made["state"]) == (ITEM, "440700", "open")
    assert made["said_by"] == "谭科长"
    assert say(year)["number"] == made["number"]
    page = as_(year.chen).get(f"/assessments/2021/scheme/comments/{made['number']}/")
    assert "请降低分值" in page.content.decode()


def test_the_office_answers_with_a_reason(year: Year) -> None:
    made = say(year)
    path = f"{COMMENTS}/{made['number']}"
    asked = {"adopted": True, "reason": " ", "seen": made["version"]}
    assert at_fields(post(year.chen, f"{path}/answer", **asked)) == (422, ["reason"])
    asked["reason"] = "合理"
    assert refused(post(year.tan, f"{path}/answer", **asked)) == (403, ["not_allowed"])
    stale = post(year.chen, f"{path}/answer", **asked | {"seen": made["version"] + 1})
    assert refused(stale) == (409, ["changed_meanwhile"])
    given = done(year.chen, f"{path}/answer", **asked)
    assert (given["state"], given["answer"], given["answered_by"]) == ("adopted", "合理", "陈主任")
    assert refused(post(year.chen, f"{path}/answer", **asked)) == (409, ["wrong_state"])
    again = done(year.chen, f"{path}/take-up", seen=given["version"])
    assert again["state"] == "open"


def test_its_own_people_change_and_withdraw_it(year: Year) -> None:
    made = say(year)
    path = f"{COMMENTS}/{made['number']}"
    changed = done(year.tan, f"{path}/edit", seen=made["version"], text="请提高分值")
    assert changed["text"] == "请提高分值"
    stale = post(year.tan, f"{path}/edit", seen=made["version"], text="另说")
    assert refused(stale) == (409, ["changed_meanwhile"])
    assert at_fields(post(year.tan, f"{path}/edit", seen=1, text=" ")) == (422, ["text"])
    refused_office = post(year.chen, f"{path}/withdraw", seen=changed["version"])
    assert refused(refused_office) == (403, ["not_allowed"])
    gone = done(year.tan, f"{path}/withdraw", seen=changed["version"])
    assert gone["state"] == "withdrawn"


def test_while_it_is_out_another_city_does_not_read_it(year: Year) -> None:
    made = say(year)
    path = f"{COMMENTS}/{made['number']}"
    assert told(year.liang, COMMENTS) == {"count": 0, "pages": 1, "comments": []}
    assert get(year.liang, path).status_code == 404
    for deed in ("edit", "withdraw", "answer", "take-up"):
        said = {"seen": 1, "text": "x", "reason": "x", "adopted": True}
        assert post(year.liang, f"{path}/{deed}", **said).status_code == 404
    assert get(account("外人"), COMMENTS).status_code == 404


def test_the_list_is_narrowed_by_item_state_and_organisation(year: Year) -> None:
    first, whole = say(year), say(year, item="")
    done(year.liang, COMMENTS, organisation="440100", item="", text="同意")

    def numbers(**asked: str) -> list[int]:
        return [one["number"] for one in told(year.chen, COMMENTS, **asked)["comments"]]

    assert numbers(item=ITEM) == [first["number"]]
    assert numbers(item="-", organisation="440700") == [whole["number"]]
    assert numbers(state="adopted") == []
    assert told(year.chen, COMMENTS)["count"] == 3


def test_who_speaks_for_nobody_is_refused_and_an_unknown_item_said(year: Year) -> None:
    said = {"organisation": "440700", "text": "x"}
    assert refused(post(year.chen, COMMENTS, **said)) == (403, ["not_allowed"])
    other = post(year.tan, COMMENTS, organisation="440100", text="x")
    assert refused(other) == (422, ["unknown_organisation"])
    assert at_fields(post(year.tan, COMMENTS, **said, item="Z9")) == (422, ["item"])
    assert at_fields(post(year.tan, COMMENTS, **said | {"text": " "})) == (422, ["text"])
    assert not Comment.objects.exists()


def test_nothing_to_say_is_said_too(year: Year) -> None:
    assert done(year.tan, "/scheme/no-comments", organisation="440700") == {
        "organisation": "440700", "comments": 0,
    }  # fmt: skip
    assert refused(post(year.chen, "/scheme/no-comments", organisation="440700"))[0] == 403


def test_a_comment_and_no_comments_are_not_both_said(year: Year) -> None:
    none = {"organisation": "440700"}
    terms = {"working_days": 10, "by": year.chen.pk, "now": year.now}
    ask_for_comments(found=year.assessment, version=year.version, **terms)
    done(year.tan, "/scheme/no-comments", **none)
    assert refused(post(year.tan, COMMENTS, **none, text="分值偏高")) == (409, ["said_none"])
    done(year.tan, "/scheme/no-comments", **none, taken_back=True)
    done(year.tan, COMMENTS, **none, text="分值偏高")
    assert refused(post(year.tan, "/scheme/no-comments", **none)) == (409, ["comments_stand"])


def test_once_it_is_no_longer_out_nothing_more_is_said(year: Year) -> None:
    year.move(StageMove.CLOSE_COMMENTS)
    answer = post(year.tan, COMMENTS, organisation="440700", text="迟了")
    assert refused(answer) == (409, ["not_out"])
    assert post(year.tan, "/scheme/no-comments", organisation="440700").status_code == 409


def test_as_many_questions_are_put_for_many_comments_as_for_one(
    year: Year, django_assert_num_queries
) -> None:
    client = as_(year.chen)
    for number in range(3):
        say(year, text=f"意见{number}")
        with django_assert_num_queries(LISTING):
            assert client.get(f"/api/assessments/2021{COMMENTS}").json()["count"] == number + 1


LISTING = 7
