"""The catalogue of open data: each file that it names is there, of that size and hash."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from steelyard.website.dcat import Iri, Literal, Node, turtle


def catalog() -> list[dict[str, Any]]:
    answer = Client().get("/data/catalog.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    return json.loads(answer.content)["@graph"]  # type: ignore[no-any-return]


def of_type(type_: str) -> list[dict[str, Any]]:
    return [one for one in catalog() if one["@type"] == type_]


def got(address: str) -> Any:
    return Client().get(urlsplit(address).path)


def test_every_download_exists_with_its_size_and_hash() -> None:
    files = of_type("dcat:Distribution")
    assert len(files) > 50
    for file in files:
        answer = got(file["dcat:downloadURL"]["@id"])
        assert answer.status_code == 200
        assert len(answer.content) == int(file["dcat:byteSize"]["@value"])
        checksum = file["spdx:checksum"]
        assert checksum["spdx:algorithm"]["@id"].endswith("checksumAlgorithm_sha256")
        assert (
            checksum["spdx:checksumValue"]["@value"] == hashlib.sha256(answer.content).hexdigest()
        )
        assert answer["Content-Type"].partition(";")[0] in file["dcat:mediaType"]["@id"]


def test_every_schema_exists_and_every_csv_of_a_register_has_one() -> None:
    for file in of_type("dcat:Distribution"):
        if "dct:conformsTo" in file:
            answer = got(file["dct:conformsTo"]["@id"])
            assert answer.status_code == 200
            assert json.loads(answer.content)
        else:
            assert not re.search(r"records/.*\.csv$", file["dcat:downloadURL"]["@id"])


def test_every_dataset_has_its_titles_files_and_pages() -> None:
    datasets = of_type("dcat:Dataset")
    nodes = {one["@id"] for one in catalog()}
    (head,) = of_type("dcat:Catalog")
    assert {one["@id"] for one in head["dcat:dataset"]} == {one["@id"] for one in datasets}
    for one in datasets:
        assert {title["@language"] for title in one["dct:title"]} == {"zh-Hans", "en"}
        assert {file["@id"] for file in as_list(one["dcat:distribution"])} <= nodes
        assert "dct:issued" in one
        assert "dct:modified" in one
        for page in one["dcat:landingPage"]:
            assert got(page["@id"]).status_code == 200


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_turtle_says_the_same_as_json_ld() -> None:
    answer = Client().get("/data/catalog.ttl")
    assert answer["Content-Type"].startswith("text/turtle")
    subjects = re.findall(r"^<([^>]+)> a ", answer.text, re.MULTILINE)
    assert subjects == [one["@id"] for one in catalog()]


def test_turtle_escapes_what_would_end_a_text_or_an_iri() -> None:
    node = Node("http://x/<a b>", "dcat:Dataset", (
        ("dct:title", Literal('a "b"\n\\', lang="en")), ("dct:source", Iri("http://x/>.")),
        ("dct:publisher", Node("", "foaf:Agent", (("foaf:name", Literal("甲")),))),
    ))  # fmt: skip
    _, _, written = turtle([node]).partition("\n\n")
    assert written == (
        '<http://x/%3Ca%20b%3E> a dcat:Dataset ;\n  dct:title "a \\"b\\"\\n\\\\"@en ;\n'
        '  dct:source <http://x/%3E.> ;\n  dct:publisher [ a foaf:Agent ;\n    foaf:name "甲" ] .\n'
    )


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_page_lists_every_file(lang: str) -> None:
    page = Client().get(f"/{lang}/data/").text
    for file in of_type("dcat:Distribution"):
        assert f'href="{urlsplit(file["dcat:downloadURL"]["@id"]).path}"' in page


def test_there_is_no_catalogue_in_other_forms() -> None:
    assert Client().get("/data/catalog.xml").status_code == 404


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ({}, "/data/catalog.jsonld"),
        ({"Accept": "application/ld+json"}, "/data/catalog.jsonld"),
        ({"Accept": "text/turtle"}, "/data/catalog.ttl"),
        ({"Accept": "text/html,*/*;q=0.8"}, "/zh-hans/data/"),
    ],
)
def test_the_name_of_the_catalogue_leads_to_it(asked: dict[str, str], address: str) -> None:
    name = of_type("dcat:Catalog")[0]["@id"]
    answer = Client().get(urlsplit(name).path, headers=asked)
    assert (answer.status_code, answer["Location"]) == (303, address)
