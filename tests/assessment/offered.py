"""The forms that the pages of a year offer to whoever comes to them, filled in or left empty, and what is said to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from steelyard.kernel.refusals import Refusal, Refused
from tests.assessment.visits import PNG

AS_IT_WAS = ("csrfmiddlewaretoken",)


@dataclass(frozen=True)
class Offered:
    """A form of a page. ``html``: the element."""

    page: str
    to: str
    html: Any

    @property
    def kind(self) -> tuple[str, ...]:
        """The same form again, of another row."""
        fields = sorted({re.sub(r"\d+", "", one) for one in self.html.fields if one})
        return (resolve(self.to.partition("?")[0]).view_name, *fields)

    def sent(self, *, filled: bool) -> dict[str, Any]:
        """What it sends as somebody filled it in, or with nothing in it but what is hidden."""
        told: dict[str, Any] = {}
        for one in self.html.inputs:
            name, kind = one.get("name"), one.get("type", one.tag)
            if not name or name in AS_IT_WAS or name in told:
                continue
            if kind == "hidden":
                told[name] = one.get("value", "")
            elif filled:
                told |= _typed(one, name, kind)
        button = self.html.xpath(".//button[@name][@value]")
        return told | {one.get("name"): one.get("value") for one in button[-1:]}


def _typed(one: Any, name: str, kind: str) -> dict[str, Any]:
    if kind in ("radio", "checkbox"):
        return {name: one.get("value", "on")}
    if kind == "file":
        return {name: SimpleUploadedFile("样本.png", PNG)}
    if kind == "select":
        chosen = [each.get("value") for each in one.xpath(".//option") if each.get("value")]
        return {name: chosen[0]} if chosen else {}
    if kind == "date":
        return {name: one.get("value") or timezone.localdate().isoformat()}
    if kind == "number":
        return {name: one.get("value") or "1"}
    there = (one.text if kind == "textarea" else one.get("value")) or ""
    return {name: there.strip() or "样本"}


def forms_of(address: str, page: Any) -> Iterator[Offered]:
    """The forms of a page that save something: one whose buttons are disabled is not offered."""
    for one in lxml.html.fromstring(page.content.decode()).xpath("//main//form"):
        buttons = one.xpath(".//button[not(@disabled)][not(@type='button')]")
        if (one.get("method") or "get").lower() == "post" and buttons:
            yield Offered(address, urljoin(address, one.get("action") or address), one)


def answer_to(client: Client, offered: Offered, *, filled: bool) -> Any:
    """What is answered; nothing stays of it."""
    with transaction.atomic():
        found = client.post(offered.to, offered.sent(filled=filled))
        transaction.set_rollback(True)
    return found


class Noted:
    """Every refusal that was raised since it was last asked."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._held: list[Refusal] = []
        init = Refused.__init__

        def noting(error: Refused, refusals: Any) -> None:
            init(error, refusals)
            self._held.extend(error.refusals)

        patch.setattr(Refused, "__init__", noting)

    def taken(self) -> list[Refusal]:
        found, self._held = self._held, []
        return found


def optional_yet_refused(page: Any) -> list[str]:
    """The fields of a page of faults that are marked optional and have a fault."""
    if "text/html" not in page.get("Content-Type", "") or page.streaming:
        return []
    text = page.content.decode()
    if "field-wrong" not in text:
        return []
    return [
        " ".join(label.text_content().split())
        for label in lxml.html.fromstring(text).xpath(
            "//*[contains(@class, 'field-wrong')]//*[self::label or self::legend][.//span[@class='optional']]"
        )
    ]
