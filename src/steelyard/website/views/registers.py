"""Registers: an area, its registers, their entries, and statistics of what is not open row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from steelyard.kernel.bilingual import Text
from steelyard.look.language import lang
from steelyard.publication.package import media_type
from steelyard.publication.plan_status import RULE, STATUSES, WORDS
from steelyard.publication.register_files import (
    file_stem,
    register_csv,
    register_json,
    register_xlsx,
    statistic_table,
)
from steelyard.website.areas import AREAS
from steelyard.website.arranging import place_order
from steelyard.website.implementation import Plan
from steelyard.website.register import PLACE, Asked, Register, Row, address_of
from steelyard.website.shown import (
    ANNOUNCED,
    KINDS,
    Shown,
    announced_title,
    entry_address,
    listed_columns,
    referring,
    register_address,
    shown,
    stands,
    units,
)
from steelyard.website.site import Site, site_at
from steelyard.website.sums import Line

PER_PAGE = 50
FEW = 20
"""Entries that refer to another, listed on its page; all are behind a link."""
COUNTERS = ("which", "days", "fees", "materials")


def area(request: HttpRequest, area: str) -> HttpResponse:
    site = site_at(request.now)
    books = sorted(
        (one for one in site.books.values() if one.area == area),
        key=lambda one: one.document.get("order", 0),
    )
    sums = sorted(
        (one for one in site.sums.values() if one.area == area),
        key=lambda one: one.document.get("order", 0),
    )
    told = {
        "area": AREAS[area],
        "sections": [_section(one) for one in books],
        "sums": sums,
        "is_sample": any(one.is_sample for one in (*books, *sums)),
        "is_mixed": any(one.is_mixed for one in books),
        "counters": COUNTERS if area == "courts" else (),
        **(_plan(site, request.GET.get("place", "")) if area == "plan" else {}),
    }
    return render(request, "website/area.html", told)


def _section(register: Register) -> dict[str, object]:
    """A register with its figures: how many entries, and by each column of few words."""
    base = _below(register_address(register))
    tallies = [
        {
            "title": register.field[column]["title"],
            "figures": [
                (words, count, f"{base}?{urlencode({column: value})}")
                for value, words, count in register.choices(column)
            ],
        }
        for column in register.filters
        if register.field[column]["codes"]
    ]
    return {"register": register, "address": base, "tallies": tallies}


def _plan(site: Site, place: str) -> dict[str, object]:
    """The plan by place, and the tree of the place asked for."""
    found = _plan_of(site)
    if found is None:
        return {}
    place = place if place in found.aspects.counts("place") else ""
    base = {one: _below(f"plan/{one}/") for one in ("aspects", "tasks", "measures")}
    lines = [
        {
            "place": code,
            "title": site.places.get(code),
            "figures": [(counts[one], f"{base[one]}?{urlencode({'place': code})}") for one in base]
            + [
                (
                    counts[one],
                    f"{base['measures']}?{urlencode({'place': code, 'status': one})}",
                )
                for one in STATUSES
            ],
        }
        for code, counts in sorted(
            found.by_place(), key=lambda one: found.aspects.place_order(one[0], lang())
        )
    ]
    return {
        "plan": lines,
        "place": place,
        "place_title": site.places.get(place),
        "tree": found.of_place(place) if place else (),
        "statuses": [(WORDS[one], KINDS[one]) for one in STATUSES],
        "words": WORDS,
        "kinds": KINDS,
        "rule": RULE,
        "as_of": _day(found.measures.document["as_of"]),
    }


def _plan_of(site: Site) -> Plan | None:
    books = [site.books.get(("plan", one)) for one in ("aspects", "tasks", "measures")]
    found = [one for one in books if one]
    if len(found) < len(books) or "status" not in found[-1].at:
        return None
    return Plan(*found)


def register(request: HttpRequest, area: str, code: str) -> HttpResponse:
    site, found = _register_or_404(request, area, code)
    asked = found.asked_by(request.GET.dict(), lang())
    numbers = found.numbers(asked)
    paginator = Paginator(numbers, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    page.pages = paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    columns = listed_columns(found)
    return render(
        request,
        "website/register.html",
        {
            "area": AREAS[area],
            "register": found,
            "asked": asked,
            "count": len(numbers),
            "page": page,
            "heads": [_head(found, code, asked, request) for code in columns],
            "title_head": _title_head(found, asked, request),
            "rows": list(_lines(site, found, page.object_list, columns)),
            "selects": [_select(found, column, asked) for column in found.filters],
            "chips": list(_chips(site, found, asked, request)),
            "selection": urlencode(_query(asked)),
            "is_filtered": bool(asked.words or asked.chosen),
            "files": _files(site, found),
        },
    )


def _lines(site: Site, found: Register, numbers: object, columns: list[str]):  # type: ignore[no-untyped-def]
    """Of each row its title, its address, and its cells."""
    for number in numbers:
        row = found.rows[number]
        cells = [shown(site, found, one, found.cell(row, one), lang()) for one in columns]
        yield found.titled(row), _below(entry_address(found, row)), [_linked(one) for one in cells]


def _head(found: Register, column: str, asked: Asked, request: HttpRequest) -> dict[str, object]:
    field = found.field[column]
    return {
        "title": field["title"],
        "unit": None if units(field).zh in field["title"]["zh"] else units(field),
        "is_number": stands(field) == "number",
        **_sorting(column, asked, request),
    }


def _sorting(column: str, asked: Asked, request: HttpRequest) -> dict[str, object]:
    """Where sorting by a column leads, and how it is sorted now."""
    is_here = asked.sort_column == column
    query = request.GET.copy()
    query["sort"] = f"-{column}" if is_here and not asked.is_down else column
    query.pop("page", None)
    now = ("descending" if asked.is_down else "ascending") if is_here else ""
    return {"sort": f"?{query.urlencode()}", "sorted": now}


def _title_head(found: Register, asked: Asked, request: HttpRequest) -> dict[str, object]:
    column = found.document["title_column"] or found.document["key"][0]
    return {"title": found.field[column]["title"], **_sorting(column, asked, request)}


def _select(found: Register, column: str, asked: Asked) -> dict[str, object]:
    return {
        "code": column,
        "title": found.field[column]["title"],
        "choices": found.choices(column, lang()),
        "chosen": asked.chosen.get(column, ""),
    }


def _chips(site: Site, found: Register, asked: Asked, request: HttpRequest):  # type: ignore[no-untyped-def]
    """What is chosen in columns that are not offered as a list: its name, and a way to let go of it."""
    for column, value in asked.chosen.items():
        if not found.choices(column):
            query = request.GET.copy()
            query.pop(column, None)
            query.pop("page", None)
            words = _linked(shown(site, found, column, value, lang()))
            yield {"code": column, "value": value, "title": found.field[column]["title"],
                   "words": words, "without": f"?{query.urlencode()}"}  # fmt: skip


def _query(asked: Asked) -> dict[str, str]:
    query = {"q": asked.words, **asked.chosen, "sort": asked.sort}
    return {name: value for name, value in query.items() if value}


def _files(site: Site, found: Register) -> list[tuple[str, str, int]]:
    """The files of the whole register, as they were published: form, path, bytes."""
    package = site.shelf.shown_at(site.now)[found.series][0]
    stem = file_stem(found.document)
    paths = {
        "CSV": f"downloads/{stem}.csv",
        "XLSX": f"downloads/{stem}.xlsx",
        "JSON": f"registers/{found.area}/{found.code}.json",
    }
    return [
        (form, path, package.sizes[path]) for form, path in paths.items() if path in package.sizes
    ]


def selection(request: HttpRequest, area: str, code: str, ending: str) -> HttpResponse:
    """The rows that a reader chose, as a file."""
    _, found = _register_or_404(request, area, code)
    asked = found.asked_by(request.GET.dict(), lang())
    rows = [found.rows[number] for number in found.numbers(asked)]
    if ending == "csv":
        content = register_csv(found.document, rows)
    elif ending == "json":
        content = register_json(found.document, rows)
    elif ending == "xlsx":
        places = {code: {"zh": one.zh, "en": one.en} for code, one in found.places.items()}
        content = register_xlsx(found.document, places, rows)
    else:
        raise Http404
    name = f"{file_stem(found.document)}-selection.{ending}"
    answer = HttpResponse(content, content_type=media_type(name))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def entry(request: HttpRequest, area: str, code: str, key: str) -> HttpResponse:
    site, found = _register_or_404(request, area, code)
    row = _row_or_404(found, key)
    told = _entry(site, found, row)
    return render(request, "website/entry.html", {**told, "area": AREAS[area]})


def announced(request: HttpRequest, key: str) -> HttpResponse:
    """One result as it was announced. It stands among the results and not in an area."""
    site, found = _register_or_404(request, *ANNOUNCED)
    row = _row_or_404(found, key)
    title = announced_title(found, row).say(lang())
    return render(request, "website/announced.html", {**_entry(site, found, row), "title": title})


def _row_or_404(found: Register, key: str) -> Row:
    number = found.addresses.get(key)
    if number is None:
        raise Http404
    return found.rows[number]


def _entry(site: Site, found: Register, row: Row) -> dict[str, object]:
    """What the page of an entry shows."""
    number = found.addresses[address_of(found.key(row))]
    came_in = found.document.get("came_in", {}).get(found.document["deliveries"][number], {})
    facts = [
        {
            "title": field["title"],
            "unit": None if units(field).zh in field["title"]["zh"] else units(field),
            "computed": field.get("computed"),
            "cell": _linked(shown(site, found, field["code"], cell, lang())),
        }
        for field, cell in zip(found.fields, row, strict=True)
    ]
    plan = _plan_of(site) if (found.area, found.code) == ("plan", "aspects") else None
    return {
        "register": found,
        "title": found.titled(row),
        "facts": facts,
        "came_in": came_in,
        "cut_off": _day(came_in.get("cut_off", "")),
        "is_sample": came_in.get("sample", found.is_sample),
        "aspect": plan.aspect(row) if plan else None,
        "as_of": _day(found.document.get("as_of", "")),
        "words": WORDS,
        "kinds": KINDS,
        "rule": RULE,
        "referring": [_referring(site, one) for one in referring(site, found, row)],
    }


def _referring(site: Site, one) -> dict[str, object]:  # type: ignore[no-untyped-def]
    """A register's entries that refer to this one: the first few, and where all are."""
    columns = [code for code in listed_columns(one.register) if code != one.column]
    base = _below(register_address(one.register))
    return {
        "register": one.register,
        "count": len(one.numbers),
        "address": f"{base}?{urlencode({one.column: one.value})}",
        "heads": [
            {
                "title": one.register.field[code]["title"],
                "is_number": stands(one.register.field[code]) == "number",
            }
            for code in columns
        ],
        "title_head": one.register.field[
            one.register.document["title_column"] or one.register.document["key"][0]
        ]["title"],
        "rows": list(_lines(site, one.register, one.numbers[:FEW], columns)),
        "is_cut": len(one.numbers) > FEW,
    }


def statistic(request: HttpRequest, area: str, code: str) -> HttpResponse:
    """Counts and sums by year and place."""
    site = site_at(request.now)
    found = site.sums.get((area, code))
    if found is None:
        raise Http404
    package = site.shelf.shown_at(site.now)[found.series][0]
    stem = file_stem(statistic_table(found.document))
    paths = [f"downloads/{stem}.csv", f"downloads/{stem}.xlsx", f"statistics/{area}/{code}.json"]
    return render(
        request,
        "website/statistic.html",
        {
            "area": AREAS[area],
            "statistic": found,
            "tables": [(one, _by_name(site, one.lines)) for one in found.tables],
            "places": site.places,
            "day": found.document["day"]["title"],
            "as_of": _day(found.document.get("as_of", "")),
            "files": [
                (path.rpartition(".")[2].upper(), path, package.sizes[path])
                for path in paths
                if path in package.sizes
            ],
        },
    )


def _by_name(site: Site, lines: Iterable[Line]) -> list[Line]:
    """Places in the order of their names."""
    names = {one.place: site.places.get(one.place, Text(one.place, one.place)) for one in lines}
    return sorted(lines, key=lambda one: place_order(names[one.place], lang()))


def _register_or_404(request: HttpRequest, area: str, code: str) -> tuple[Site, Register]:
    site = site_at(request.now)
    found = site.books.get((area, code))
    if found is None:
        raise Http404
    return site, found


def _below(address: str) -> str:
    """An address below the language of the page."""
    return f"/{get_language()}/{address}" if address else ""


def _linked(one: Shown) -> Shown:
    return replace(one, address=_below(one.address)) if one.address else one


def _day(said: str) -> str:
    from datetime import date

    from steelyard.papers.periods import day_text

    return day_text(date.fromisoformat(said), lang()) if said else ""


__all__ = ["PLACE", "area", "entry", "register", "selection", "statistic"]
