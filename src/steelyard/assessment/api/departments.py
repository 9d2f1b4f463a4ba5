"""To which department of a unit is each of its items given? Read it, give them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.api.said import WRITTEN, Code, Number, TextOut, Word, text
from steelyard.assessment.queries.collection import departments_of
from steelyard.assessment.views.collection.finding import Seen, find_within
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.people.refused import ToMend, answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when

router = Router()


class DepartmentOut(Schema):
    code: str
    name: TextOut


class GivenOut(Schema):
    """``department``: its code, "" for the unit itself."""

    item: str
    title: TextOut
    department: str


class DivisionOut(Schema):
    """``departments``: to which items may be given."""

    departments: list[DepartmentOut]
    items: list[GivenOut]


class GiveIn(Schema):
    """``was``, ``to``: codes of departments, "" for the unit itself. ``was`` is what was read: who gave
    the item to another meanwhile is not written over."""

    item: Word
    was: Word = ""
    to: Word = ""


class DivideIn(Schema):
    given: Annotated[list[GiveIn], Field(min_length=1, max_length=400)]


DIVISION = "/{slug:code}/submissions/{number}/departments"


@router.get(DIVISION, response={200: DivisionOut, 403: WRITTEN[403]})
def read_division(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    """For whoever divides the items of the unit."""
    return _out(_find(request, code, number))


@router.post(DIVISION, response={200: DivisionOut, **WRITTEN})
def give(request: HttpRequest, code: Code, number: Number, said: DivideIn) -> dict[str, Any]:
    """Give items to departments inside the unit, or take them back; those not named stay. All or none."""
    seen = _find(request, code, number)
    given = _given(seen, said.given)
    answered(lambda: actions.give_items(
        submission=seen.submission.pk, given=given, **who_and_when(request)))  # fmt: skip
    return _out(_find(request, code, number))


# --- the steps --------------------------------------------------------------------------------


def _find(request: HttpRequest, code: str, number: int) -> Seen:
    """
    Raises:
        Http404: it does not exist for this person.
        NotAllowed: it does, and others divide its items.
    """
    seen = find_within(request, code, number)
    seen.refuse_unless_may(Action.DIVIDE_ITEMS)
    return seen


def _numbers(seen: Seen) -> dict[str, int]:
    inside = departments_of(seen.submission.unit_id, seen.request.today)
    return dict(inside.values_list("code", "pk"))


def _given(seen: Seen, given: list[GiveIn]) -> dict[str, tuple[int | None, int | None]]:
    """
    Raises:
        ToMend: an item is not asked of the unit or is named twice, a department is not inside it.
    """
    inside = _numbers(seen)
    asked = {one.item.code for one in seen.all_questions}
    refusals = []
    for at, one in enumerate(given):
        if one.item not in asked:
            refusals.append(_refusal(
                "no_such_item", f"{at}.item", f"本单位没有项目“{one.item}”",
                f"no item {one.item!r} is asked of this unit"))  # fmt: skip
        if one.item in {earlier.item for earlier in given[:at]}:
            refusals.append(_refusal(
                "item_named_twice", f"{at}.item", f"项目“{one.item}”写了两次",
                f"item {one.item!r} is named twice"))  # fmt: skip
        refusals += [
            _refusal(
                "not_inside", f"{at}.{field}", f"本单位内没有部门“{department}”",
                f"there is no department {department!r} inside this unit")
            for field, department in (("was", one.was), ("to", one.to))
            if department and department not in inside
        ]  # fmt: skip
    if refusals:
        raise ToMend(refusals)
    return {one.item: (inside.get(one.was), inside.get(one.to)) for one in given}


def _refusal(code: str, field: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Text(zh, en), f"given.{field}")


def _out(seen: Seen) -> dict[str, Any]:
    inside = departments_of(seen.submission.unit_id, seen.request.today)
    codes = {one.pk: one.code for one in inside}
    return {
        "departments": [{"code": one.code, "name": text(one.name)} for one in inside],
        "items": [
            {
                "item": one.item.code, "title": text(one.item.title),
                "department": codes.get(seen.given_to(one.item.code) or 0, ""),
            }
            for one in seen.all_questions
        ],
    }  # fmt: skip
