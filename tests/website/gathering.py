"""Everything that leaves the public site, byte by byte: every page that a link leads to, every file, unpacked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import urljoin

from django.test import Client

MOST = 600
"""Addresses; more would mean that something makes up links without end."""

Answer = tuple[int, Mapping[str, str], bytes]


def gathered(*begin: str, langs: str = "zh-hans|en") -> dict[str, Answer]:
    """Status, headers and bytes by address, from where it begins and wherever links of results and data lead.

    Without the number of the request, which is drawn anew for each.
    """
    ours = re.compile(
        rf"(/({langs})/results/|/data/)(?!.*sort=)"
    )  # every order of every group: too many
    client, found, waiting = Client(), dict[str, Answer](), list(begin)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        assert len(found) < MOST
        answer = client.get(address)
        told = {name: said for name, said in answer.headers.items() if name != "X-Request-ID"}
        found[address] = (answer.status_code, told, answer.content)
        if answer["Content-Type"].startswith("text/html"):
            waiting += [one for one in links(address, answer.text) if ours.match(one)]
    return found


def links(address: str, text: str) -> Iterator[str]:
    for said in re.findall(r'(?:href|src)="([^"#]+)', text):
        yield urljoin(address, unescape(said))


def words_of(content: bytes) -> str:
    """All that stands in some bytes, what is packed in them unpacked."""
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(f"{name}\n{words_of(archive.read(name))}" for name in archive.namelist())
