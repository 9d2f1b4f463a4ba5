"""People, organisations and a store for the tests of files."""

from datetime import UTC, date, datetime
from io import BytesIO

from steelyard.files.actions import send_file
from steelyard.files.models import File
from steelyard.files.rules.marks import Mark
from steelyard.people.models import Account, Holding, Organisation

NOW = datetime(2026, 3, 1, 2, tzinfo=UTC)


def organisation(code: str = "court", name: str = "广州知识产权法院") -> Organisation:
    return Organisation.objects.get_or_create(
        code=code, defaults={"name_zh": name, "kind": "court", "starts": date(2000, 1, 1)}
    )[0]


def account(username: str, of: Organisation | None = None, role: str = "supplying_body") -> Account:
    made = Account.objects.create(username=username, name=username)
    if of is not None:
        Holding.objects.create(account=made, organisation=of, role=role, starts=date(2000, 1, 1))
    return made


def sent(
    content: bytes = b"a,b\n1,2\n",
    *,
    by: Account,
    of: Organisation,
    name: str = "cases.csv",
    mark: Mark = Mark.INTERNAL,
) -> File:
    return send_file(
        by=by.pk, organisation=of.pk, name=name, mark=mark, content=BytesIO(content), now=NOW
    )
