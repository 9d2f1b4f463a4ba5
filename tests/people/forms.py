"""A form that creates something: to where it goes, with what, by whom, and what there is one more of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client

from steelyard.people.models import Account


@dataclass
class Form:
    """``files``: the names of its files, each of which holds ``content``. ``more``: how many it makes.
    ``as_json``: a program sends it so."""

    address: str
    told: dict[str, Any]
    by: Account
    counted: type[models.Model]
    files: tuple[str, ...] = ()
    content: bytes = b"a,b\n1,2\n"
    file_name: str = "sheet.csv"
    more: int = 1
    as_json: bool = False

    def send(self, client: Client) -> tuple[int, str]:
        if self.as_json:
            answer = client.post(self.address, self.told, content_type="application/json")
            return answer.status_code, answer.content.decode()
        sent = {name: SimpleUploadedFile(self.file_name, self.content) for name in self.files}
        answer = client.post(self.address, {**self.told, **sent})
        said = answer.headers.get("Location", "") or answer.content.decode()
        return answer.status_code, said
