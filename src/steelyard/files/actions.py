"""Writes: send a file, attach it, take it off, mark it anew, delete it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import IO

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from steelyard.files import permissions
from steelyard.files.models import Attachment, Content, File
from steelyard.files.rules.kinds import ENDINGS, Kind, kind_of
from steelyard.files.rules.marks import Mark
from steelyard.files.scan import viruses_in
from steelyard.files.store import Incoming, Store, TooLarge
from steelyard.kernel.bilingual import Text
from steelyard.kernel.file_names import kept_name
from steelyard.kernel.names import against_names
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.people.queries import load_held
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed

MOST_BYTES = 50 << 20


def the_store() -> Store:
    return Store(settings.ENVIRONMENT.home / "files")


def send_file(
    *,
    by: int,
    organisation: int,
    name: str,
    mark: Mark,
    content: IO[bytes],
    now: datetime,
    most: int = MOST_BYTES,
    again: timedelta = timedelta(0),
) -> File:
    """Keep what someone sent. The same content sent again is another file of the same bytes;
    but within the time ``again``, by the same person under the same name, it is the first one.

    Raises:
        Refused: it is not of a kind that is taken, is too large, or is for another organisation.
        OSError: it could not be brought to the disk; nothing of it is kept.
    """
    today = timezone.localdate(now)
    refuse_if_any(permissions.may_not_keep_for(load_held(by, today), organisation, today))
    refuse_if_any(against_names(content=name))
    told = {"organisation_id": organisation, "mark": mark, "sent_by_id": by}
    try:
        with the_store().receive(content, most) as incoming:
            kind = _kind_or_refused(incoming)
            with acting("send_file", by=by):
                told |= {
                    "content": _kept(incoming, kind, now),
                    "name": kept_name(name, ENDINGS[kind]),
                }
                there = File.objects.filter(**told, sent_at__gt=now - again).last()
                return there or File.objects.create(**told, sent_at=now)
    except TooLarge as error:
        raise Refused([too_large(error.most)]) from error


def put_back(sha256: str, content: IO[bytes]) -> None:
    """Write content that is kept already once more: the disk may have lost it, or altered it.

    Raises:
        Refused: it is too large.
        OSError: it could not be brought to the disk.
    """
    hold_content(sha256)
    try:
        with the_store().receive(content, MOST_BYTES) as incoming:
            if incoming.tagged == sha256:
                the_store().place(incoming)
    except TooLarge as error:
        raise Refused([too_large(error.most)]) from error


def attach_file(
    *,
    by: int,
    file: File,
    to: models.Model,
    purpose: str = "",
    now: datetime,  # noqa: ARG001
) -> Attachment:
    """Hang a file on a row. Whether the person may change that row, its area has asked."""
    with acting("attach_file", by=by):
        File.objects.select_for_update().get(pk=file.pk)
        attachment, _ = Attachment.objects.get_or_create(
            file=file, table_name=to._meta.db_table, row_id=to.pk, purpose=purpose
        )
    return attachment


def detach_file(
    *,
    by: int,
    file: int,
    of: models.Model,
    now: datetime,  # noqa: ARG001
) -> bool:
    """Take a file off a row; False if it does not hang there. Whether the person may change that row,
    its area has asked. The file itself stays, and that it hung there stays in the trail.
    """
    with acting("detach_file", by=by):
        hung = Attachment.objects.filter(file=file, table_name=of._meta.db_table, row_id=of.pk)
        return bool(hung.delete()[0])


def mark_file(
    *, by: int, file: int, mark: Mark, seen_version: int | None = None, now: datetime
) -> File:
    """Say anew who may fetch it.

    Raises:
        Refused: it is not for ``by`` to say.
        ChangedMeanwhile: somebody marked it since it had the version ``seen_version``.
    """
    with acting("mark_file", by=by):
        found = File.objects.select_for_update().get(pk=file)
        _refuse_unless_theirs(by, found, now)
        refuse_if_changed(found, seen_version, mark=mark.value)
        found.mark = mark
        found.save(update_fields=["mark"])
    return found


def delete_file(*, by: int, file: int, seen_version: int | None = None, now: datetime) -> None:
    """Delete a file. Its bytes go with the next sweep, unless another file holds them.

    Raises:
        Refused: it is not for ``by`` to say, or it is attached still.
        ChangedMeanwhile: somebody marked it since it had the version ``seen_version``.
    """
    with acting("delete_file", by=by):
        found = File.objects.select_for_update().get(pk=file)
        _refuse_unless_theirs(by, found, now)
        refuse_if_changed(found, seen_version)
        if found.attachments.exists():
            raise Refused([permissions.ATTACHED])
        found.delete()


def hold_content(sha256: str) -> None:
    """Until the end of this transaction nobody else keeps or sweeps this content."""
    with connection.cursor() as cursor:
        number = int(sha256.removeprefix("sha256:")[:16], 16) - (1 << 63)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def too_large(most: int) -> Refusal:
    return Refusal(
        "too_large",
        Text(
            f"文件超过 {most / 1048576:.3g} MB，请压缩或者拆分后上传",
            f"the file is larger than {most / 1048576:.3g} MB; make it smaller, or send it in parts",
        ),
        "content",
    )


def _kind_or_refused(incoming: Incoming) -> Kind:
    with incoming.path.open("rb") as content:
        answer = kind_of(content)
    if not isinstance(answer, Kind):
        raise Refused(answer)
    refuse_if_any(viruses_in(incoming.path))
    return answer


def _kept(incoming: Incoming, kind: Kind, now: datetime) -> Content:
    """The row of a content, its bytes in place before it; in place anew if they were kept before, since the
    disk may have lost or altered them."""
    hold_content(incoming.tagged)
    the_store().place(incoming)
    found = Content.objects.filter(sha256=incoming.tagged).first()
    return found or Content.objects.create(
        sha256=incoming.tagged, size=incoming.size, kind=kind, first_at=now
    )


def _refuse_unless_theirs(by: int, file: File, now: datetime) -> None:
    today = timezone.localdate(now)
    refuse_if_any(permissions.may_not_keep(load_held(by, today), file.organisation_id, today))
