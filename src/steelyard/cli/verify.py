"""``steelyard verify SNAPSHOT``: status 0 if every byte is as it was frozen, else 1 and what is not."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from steelyard.kernel.bilingual import Lang, Text
from steelyard.records.snapshot.located import Block
from steelyard.records.snapshot.manifest import Manifest
from steelyard.records.snapshot.verify import Finding, Verified, verify

_MOST_BLOCKS = 20
_KINDS = {
    "manifest": Text(
        "清单被改动：其内容与编号不符",
        "the manifest was altered: it does not give its own identifier",
    ),
    "identifier": Text("编号与所给的不同", "its identifier is not the one given"),
    "missing": Text("缺少文件", "the file is missing"),
    "unreadable": Text(
        "文件被改动或截断，已无法读出", "the file was altered or cut short and cannot be read"
    ),
    "rows": Text("有行被改动", "rows were changed"),
    "file": Text("文件被重写，行未变", "the file was written anew; its rows are as they were"),
    "locator": Text(
        "定位文件被改动，不能指出是哪几行", "the locator was altered, so rows cannot be named"
    ),
    "extra": Text("清单之外的文件", "a file that the manifest does not know"),
}
_CHANGES = {
    "changed": Text("被改", "changed"),
    "missing": Text("被删", "taken away"),
    "added": Text("被增", "added"),
}  # fmt: skip


def run(asked: argparse.Namespace) -> int:
    found = verify(asked.snapshot, identifier=asked.id)
    if asked.json:
        print(json.dumps([_as_data(one) for one in found.findings], ensure_ascii=False))
    else:
        for line in _told(found, asked.lang):
            print(line)
    return 0 if found.is_intact else 1


def _told(found: Verified, lang: Lang) -> Iterator[str]:
    if found.is_intact:
        yield Text(
            f"完整无误：{found.manifest.identifier}", f"Intact: {found.manifest.identifier}"
        ).say(lang)
        return
    for one in found.findings:
        yield from _finding(one, found.manifest, lang)


def _finding(one: Finding, manifest: Manifest, lang: Lang) -> Iterator[str]:
    colon = "：" if lang == "zh" else ": "
    yield f"{one.path}{colon}{_KINDS[one.kind].say(lang)}"
    by_id = {delivery.id: delivery for delivery in manifest.deliveries}
    for code in one.deliveries:
        delivery = by_id.get(code)
        if delivery is not None:
            body = delivery.body.say(lang)
            said = Text(f"  报送 {code}：{body}，{delivery.signer}签发于{delivery.signed_on}",
                        f"  delivery {code}: {body}, signed by {delivery.signer} on {delivery.signed_on}")  # fmt: skip
            yield said.say(lang)
    for block in one.blocks[:_MOST_BLOCKS]:
        yield f"  {_rows(block).say(lang)}"
    if len(one.blocks) > _MOST_BLOCKS:
        rest = len(one.blocks) - _MOST_BLOCKS
        yield Text(f"  另有{rest}处未列出", f"  {rest} more are not listed").say(lang)


def _rows(block: Block) -> Text:
    key, change = " ".join(block.first_key), _CHANGES[block.change]
    if block.rows_then == 1 and block.rows_now <= 1:
        return Text(f"{key} {change.zh}", f"{key}: {change.en}")
    return Text(
        f"自 {key} 起的行{change.zh}：原{block.rows_then}行，现{block.rows_now}行",
        f"rows from {key} on, {change.en}: {block.rows_then} then, {block.rows_now} now",
    )


def _as_data(one: Finding) -> dict[str, object]:
    return {
        "kind": one.kind,
        "table": one.table,
        "path": one.path,
        "deliveries": list(one.deliveries),
        "rows": [
            {
                "first_key": list(block.first_key),
                "change": block.change,
                "then": block.rows_then,
                "now": block.rows_now,
                "deliveries": list(block.deliveries),
            }
            for block in one.blocks
        ],
    }
