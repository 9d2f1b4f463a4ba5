"""The sample is on the office's shelf at the first start, and published again only when it changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from steelyard.cli import publish_sample as module
from steelyard.cli.publish_sample import publish_sample
from steelyard.config.publishing_key import own_keys
from steelyard.publication.results import read_assessment
from steelyard.publication.shelf import read_shelf
from steelyard.regions import sampled
from tests.website.shelf import PUBLISHED_AT, result, snapshot

DAY = timedelta(days=1)


def test_the_sample_is_published_once_and_says_that_it_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (sampled("guangdong"), result(), snapshot(), tmp_path)
    assert len(publish_sample(*told, PUBLISHED_AT)) == 2
    assert publish_sample(*told, PUBLISHED_AT + DAY) == ()
    shelf = read_shelf(tmp_path / "publications", own_keys(tmp_path))
    assert not shelf.faults
    assert [(one.head.series, one.head.sample) for one in shelf.packages] == [
        ("guangdong-2021", True), ("guangdong-records", True),
    ]  # fmt: skip
    document = shelf.packages[0].document("assessment.json")
    assert read_assessment(document).listed[0].interval
    assert any("replay" in name for name in shelf.packages[0].files)

    monkeypatch.setattr(module, "_stamp", lambda _: "a newer program")
    publish_sample(*told, PUBLISHED_AT + DAY)  # which makes the same
    assert len(list((tmp_path / "publications").glob("*.zip"))) == 2
