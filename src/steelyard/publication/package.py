"""A publication as one file: a data package in a ZIP, its manifest signed.

    datapackage.json   what it is, and every file with its hash (Frictionless Data Package)
    signature.json     whose key signed the manifest, and the signature
    …                  the files

The same content, head and key give the same bytes. Opening checks format, paths and signature; a
file is checked against its hash each time it is read.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Literal, cast, get_args

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.kernel.hashes import tagged
from steelyard.publication.signing import ALGORITHM, Key, is_signed_by

FORMAT = "steelyard-publication/1"
MANIFEST = "datapackage.json"
SIGNATURE = "signature.json"
LARGEST_FILE = 200_000_000
"""Bytes of one file inside, unpacked."""

Kind = Literal["assessment", "registers", "prose", "briefing"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SERIES = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Trusted = Sequence[str] | None
"""Public keys whose signature holds. None: any key that the package itself names, so that the signature
says that nothing was altered since, and not by whom it was made."""

_FIXED = (1980, 1, 1, 0, 0, 0)
"""The date that every file in a ZIP bears, so that equal content is equal bytes."""

_MEDIA = {
    ".json": "application/json", ".csv": "text/csv", ".svg": "image/svg+xml", ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip", ".py": "text/x-python", ".html": "text/html", ".jpg": "image/jpeg",
    ".png": "image/png", ".webp": "image/webp", ".pdf": "application/pdf",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a package says of itself.

    ``series`` names what is published again and again, ``number`` counts its publications from 1;
    a correction ``replaces`` the identifier of the one that was shown before it, for a ``reason``.
    Nothing of it is shown before ``embargo_until``. Moments are aware; ``sample`` where any figure
    is one.
    """

    kind: Kind
    series: str
    number: int = 1
    title: Text
    published_at: datetime
    embargo_until: datetime | None = None
    sample: bool = False
    licence: str = ""
    reason: Text = field(default_factory=Text)
    replaces: str = ""

    @property
    def shown_from(self) -> datetime:
        """The minute from which it may be shown."""
        return self.embargo_until or self.published_at

    @property
    def file_name(self) -> str:
        return f"{self.series}.{self.number}.zip"


@dataclass(frozen=True)
class Package:
    """A signed package that was opened. ``key`` is the public key that its signature holds for."""

    path: Path
    head: Head
    identifier: str
    key: str
    hashes: Mapping[str, str]
    sizes: Mapping[str, int]
    manifest: bytes = field(repr=False)

    @classmethod
    def open(cls, path: str | Path, trusted: Trusted) -> Package:
        """Open a package that one of the ``trusted`` keys signed.

        Raises:
            Faulty: it is none, is of a newer format, leads out of itself, or nobody trusted signed it.
        """
        path = Path(path)
        try:
            with zipfile.ZipFile(path) as archive:
                manifest = _read(archive, MANIFEST)
                signature = json.loads(_read(archive, SIGNATURE))
            document = json.loads(manifest)
            key = _signer(manifest, signature, trusted)
            if document["steelyard"]["format"] != FORMAT:
                raise Faulty([_other_format(path, str(document["steelyard"]["format"]))])
            head = _head(document["steelyard"])
            hashes = {str(one["path"]): str(one["hash"]) for one in document["resources"]}
            sizes = {str(one["path"]): int(one["bytes"]) for one in document["resources"]}
        except (
            OSError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Faulty([_no_package(path, error)]) from error
        if key is None:
            raise Faulty([_not_signed(path)])
        if astray := [name for name in hashes if not is_inside(name)]:
            raise Faulty([_leads_out(path, name) for name in astray])
        return cls(path, head, tagged(manifest), key, hashes, sizes, manifest)

    def read(self, name: str) -> bytes:
        """A file of the package, as it was published.

        Raises:
            KeyError: the package has no such file.
            Faulty: it is not as it was published any more.
        """
        wanted = self.hashes[name]
        try:
            with zipfile.ZipFile(self.path) as archive:
                content = _read(archive, name)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
            raise Faulty([_altered(self.path, name)]) from error
        if tagged(content) != wanted:
            raise Faulty([_altered(self.path, name)])
        return content

    def document(self, name: str) -> Any:
        """A JSON file of the package."""
        return json.loads(self.read(name))

    @cached_property
    def files(self) -> tuple[str, ...]:
        return tuple(self.hashes)

    def verify(self) -> None:
        """Read every byte.

        Raises:
            Faulty: with every file that is missing, altered, or not in the manifest.
        """
        try:
            archive = zipfile.ZipFile(self.path)
        except (OSError, zipfile.BadZipFile) as error:
            raise Faulty([_no_package(self.path, error)]) from error
        with archive:
            strangers = set(archive.namelist()) - set(self.hashes) - {MANIFEST, SIGNATURE}
        faults = [_stranger(self.path, name) for name in sorted(strangers)]
        for name in self.files:
            try:
                self.read(name)
            except Faulty as error:
                faults += error.faults
        if faults:
            raise Faulty(faults)


def package_bytes(head: Head, files: Mapping[str, bytes], key: Key) -> bytes:
    """The package as the bytes of a ZIP, signed."""
    manifest = _json(_document(head, files))
    signature = {"algorithm": ALGORITHM, "key": key.public, "signature": key.sign(manifest)}
    inside = {MANIFEST: manifest, SIGNATURE: _json(signature)} | dict(sorted(files.items()))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            info = zipfile.ZipInfo(name, _FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return held.getvalue()


def is_inside(name: str) -> bool:
    """Whether a path stays inside the package that names it.

    >>> is_inside("tables/a.csv"), is_inside("../a.csv"), is_inside("/a.csv"), is_inside("a\\\\b")
    (True, False, False, False)
    """
    path = PurePosixPath(name)
    return (
        bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name
    )


def media_type(name: str) -> str:
    """
    >>> media_type("ranking.csv"), media_type("what")
    ('text/csv', 'application/octet-stream')
    """
    return _MEDIA.get(PurePosixPath(name).suffix, "application/octet-stream")


def _document(head: Head, files: Mapping[str, bytes]) -> dict[str, object]:
    return {
        "profile": "data-package",
        "name": head.series,
        "title": head.title.zh,
        "version": str(head.number),
        "created": _moment(head.published_at),
        **({"licenses": [_licence(head.licence)]} if head.licence else {}),
        "steelyard": _head_document(head),
        "resources": list(_resources(files)),
    }


def _licence(named: str) -> dict[str, str]:
    """As the data package standard has it: an address under another name than a name.

    >>> _licence("CC-BY-4.0"), _licence("https://example.org/licence")
    ({'name': 'CC-BY-4.0'}, {'path': 'https://example.org/licence'})
    """
    return {"path" if named.startswith(("https://", "http://")) else "name": named}


def _resources(files: Mapping[str, bytes]) -> Iterator[dict[str, object]]:
    for name, content in sorted(files.items()):
        yield {
            "name": re.sub(r"[^a-z0-9._-]+", "-", name.lower()),
            "path": name,
            "mediatype": media_type(name),
            "bytes": len(content),
            "hash": tagged(content),
            **_schema(name, content, files),
        }


def _schema(name: str, content: bytes, files: Mapping[str, bytes]) -> dict[str, object]:
    """The schema of a table: written out, or the path of the one that is published beside it."""
    from steelyard.publication.downloads import schema_of
    from steelyard.publication.register_files import schema_path

    if (beside := schema_path(name)) in files:
        return {"schema": beside}
    schema = schema_of(name, content)
    return {"schema": schema} if schema else {}


def _head_document(head: Head) -> dict[str, object]:
    return {
        "format": FORMAT,
        "kind": head.kind,
        "series": head.series,
        "number": head.number,
        "title": {"zh": head.title.zh, "en": head.title.en},
        "published_at": _moment(head.published_at),
        "embargo_until": _moment(head.embargo_until) if head.embargo_until else None,
        "sample": head.sample,
        "licence": head.licence,
        "reason": {"zh": head.reason.zh, "en": head.reason.en},
        "replaces": head.replaces,
    }


def _head(document: Mapping[str, Any]) -> Head:
    """
    Raises:
        ValueError, KeyError, TypeError: it is not one.
    """
    kind, series, number = document["kind"], document["series"], document["number"]
    if (
        kind not in KINDS
        or not SERIES.fullmatch(series)
        or not isinstance(number, int)
        or number < 1
    ):
        raise ValueError(f"kind {kind!r}, series {series!r}, number {number!r}")
    embargo = document["embargo_until"]
    return Head(
        kind=cast("Kind", kind),
        series=series,
        number=number,
        title=Text(**document["title"]),
        published_at=_aware(document["published_at"]),
        embargo_until=_aware(embargo) if embargo else None,
        sample=bool(document["sample"]),
        licence=str(document["licence"]),
        reason=Text(**document["reason"]),
        replaces=str(document["replaces"]),
    )


def _aware(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError(f"{said} names no zone")
    return moment


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="minutes")


def _signer(manifest: bytes, signature: Mapping[str, str], trusted: Trusted) -> str | None:
    for key in [signature["key"]] if trusted is None else trusted:
        if key == signature["key"] and is_signed_by(key, manifest, signature["signature"]):
            return key
    return None


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """
    Raises:
        ValueError: it is larger than a file may be.
    """
    if archive.getinfo(name).file_size > LARGEST_FILE:
        raise ValueError(f"{name} holds more than {LARGEST_FILE:,} bytes")
    return archive.read(name)


def _json(document: object) -> bytes:
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode()


def _no_package(path: Path, error: Exception) -> Fault:
    return Fault(
        "not-a-publication",
        Text(f"不是发布包：{error}", f"this is no publication: {error}"),
        Text("请给出 steelyard publish 写出的文件", "give a file that steelyard publish wrote"),
        Where(file=path.name),
    )


def _other_format(path: Path, found: str) -> Fault:
    return Fault(
        "other-publication-format",
        Text(
            f"格式是{found}，本程序只读{FORMAT}",
            f"its format is {found}, and {FORMAT} is read here",
        ),
        Text("请升级Steelyard", "bring Steelyard up to date"),
        Where(file=path.name),
    )


def _not_signed(path: Path) -> Fault:
    return Fault(
        "not-signed-by-trusted",
        Text("签名无效，或者签名的公钥不在可信清单内", "no trusted key signed it, or it was altered since"),
        Text("请向发布单位重新索取；换过密钥的，先更新可信清单",
             "ask the publisher for it again; if they changed keys, bring the list of trusted keys up to date"),
        Where(file=path.name),
    )  # fmt: skip


def _leads_out(path: Path, name: str) -> Fault:
    return Fault(
        "leads-out-of-package",
        Text(f"路径“{name}”指到包外", f"the path {name!r} leads out of the package"),
        Text("请向发布单位重新索取", "ask the publisher for it again"),
        Where(file=path.name),
    )


def _altered(path: Path, name: str) -> Fault:
    return Fault(
        "publication-altered",
        Text(f"“{name}”与发布时不同", f"{name} is not as it was published"),
        Text("请向发布单位重新索取", "ask the publisher for it again"),
        Where(file=path.name),
    )


def _stranger(path: Path, name: str) -> Fault:
    return Fault(
        "not-in-manifest",
        Text(f"“{name}”不在清单内", f"{name} is not in the manifest"),
        Text("请向发布单位重新索取", "ask the publisher for it again"),
        Where(file=path.name),
    )
