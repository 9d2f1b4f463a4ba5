"""The sample snapshot of a region is made anew when what it is made of changes."""

from steelyard.cli import region_snapshot
from steelyard.regions import sampled


def test_the_stamp_of_the_bundled_region_is_of_files_alone() -> None:
    stamp = region_snapshot._stamp(sampled("guangdong"))
    assert stamp.startswith("sha256:")
    assert stamp == region_snapshot._stamp(sampled("guangdong"))
