"""Files by their pages: sent, listed, fetched; and by nobody who may not."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from steelyard.files import attached
from steelyard.files.actions import attach_file
from steelyard.files.models import File
from steelyard.files.rules.marks import Mark
from steelyard.people.models import Account
from tests.files.builders import NOW, account, organisation, sent

pytestmark = pytest.mark.django_db


def signed_in(who: Account, language: str = "zh-hans") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(who)
    return client


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def form(content: bytes, name: str = "cases.csv", **told: Any) -> dict[str, Any]:
    return {"content": SimpleUploadedFile(name, content), "mark": "internal", **told}


def test_a_file_is_sent_seen_and_fetched() -> None:
    court = organisation()
    client = signed_in(account("li", court))
    answer = client.post(
        "/files/send/", form("案号\n1\n".encode(), "案件.exe", organisation=court.pk)
    )
    file = File.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/files/{file.pk}/")
    assert file.name == "案件.txt"
    assert "案件.txt" in client.get("/files/").content.decode()
    assert "文本或者 CSV" in client.get(f"/files/{file.pk}/").content.decode()
    fetched = client.get(f"/files/{file.pk}/download/")
    assert body_of(fetched) == "案号\n1\n".encode()


@pytest.mark.parametrize(
    ("lang", "name", "other"),
    [
        ("en", "Guangzhou IP Court", "广州知识产权法院"),
        ("zh-hans", "广州知识产权法院", "Guangzhou IP Court"),
    ],
)
def test_whose_a_file_is_is_said_in_the_reader_s_language(lang: str, name: str, other: str) -> None:
    court = organisation()
    court.name_en = "Guangzhou IP Court"
    court.save()
    li = account("li", court)
    file = sent(by=li, of=court)
    for address in ("/files/", f"/files/{file.pk}/"):
        page = signed_in(li, lang).get(address).content.decode()
        assert name in page
        assert other not in page


def test_what_is_fetched_is_never_shown_run_or_guessed_at() -> None:
    court = organisation()
    li = account("li", court)
    file = sent(b"<b>bold</b>, and <script>alert(1)</script>", by=li, of=court, name="x.html")
    answer = signed_in(li).get(f"/files/{file.pk}/download/")
    body_of(answer)
    assert {
        name: answer[name]
        for name in (
            "Content-Type", "Content-Disposition", "X-Content-Type-Options",
            "Content-Security-Policy", "Cache-Control", "Cross-Origin-Resource-Policy",
        )
    } == {
        "Content-Type": "text/plain",
        "Content-Disposition": 'attachment; filename="x.txt"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }  # fmt: skip


def test_a_refusal_stands_at_the_field_with_its_reason() -> None:
    court = organisation()
    client = signed_in(account("li", court))
    told = form(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧表.xlsx", organisation=court.pk)
    answer = client.post("/files/send/", told)
    assert answer.status_code == 422
    assert "旧版 Office" in answer.context["form"].errors["content"][0]
    empty = client.post("/files/send/", form(b"", organisation=court.pk))
    assert "文件是空的" in empty.context["form"].errors["content"][0]
    assert not File.objects.exists()


def test_a_file_is_sent_only_for_an_organisation_of_ones_own() -> None:
    court, bureau = organisation(), organisation("bureau", "市场监管局")
    answer = signed_in(account("li", bureau)).post(
        "/files/send/", form(b"a", organisation=court.pk)
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["organisation"]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (Mark.PUBLIC, [200, 200, 200]),
        (Mark.INTERNAL, [200, 200, 404]),
        (Mark.CONFIDENTIAL, [200, 404, 404]),
    ],
)
def test_what_one_may_not_fetch_does_not_exist(mark: Mark, expected: list[int]) -> None:
    court, bureau = organisation(), organisation("bureau", "市场监管局")
    people = [account("li", court), account("wang", bureau), account("nobody")]
    file = sent(by=people[0], of=court, mark=mark)
    for address in ("", "download/"):
        found = []
        for who in people:
            answer = signed_in(who).get(f"/files/{file.pk}/{address}")
            body_of(answer)
            found.append(answer.status_code)
        assert found == expected
    assert signed_in(people[1]).get("/files/").context["files"] == []
    for address in ("mark/", "delete/"):
        answer = signed_in(people[1]).post(f"/files/{file.pk}/{address}", {"mark": "public"})
        assert answer.status_code == (404 if expected[1] == 404 else 403)
    assert File.objects.get().mark == mark


def test_who_may_see_what_it_is_attached_to_may_fetch_it(monkeypatch: pytest.MonkeyPatch) -> None:
    court, bureau = organisation(), organisation("bureau", "市场监管局")
    li, wang = account("li", court), account("wang", bureau)
    file = sent(by=li, of=court, mark=Mark.CONFIDENTIAL)
    attach_file(by=li.pk, file=file, to=court, now=NOW)
    assert signed_in(wang).get(f"/files/{file.pk}/").status_code == 404
    monkeypatch.setitem(
        attached._announced,
        "people_organisation",
        lambda who, _held, _on, rows: rows if who == wang.pk else frozenset(),
    )
    assert signed_in(wang).get(f"/files/{file.pk}/").status_code == 200
    assert signed_in(account("nobody")).get(f"/files/{file.pk}/").status_code == 404


def test_what_hangs_on_a_thing_is_hidden_from_colleagues_who_may_not_see_that() -> None:
    """Say an editor of the website, in the organisation that collects what is confidential."""
    court = organisation()
    li, editor = account("li", court), account("editor", court, "editor")
    hung = sent(b"hung", by=li, of=court, mark=Mark.CONFIDENTIAL)
    loose = sent(b"loose", by=li, of=court, mark=Mark.CONFIDENTIAL)
    attach_file(by=li.pk, file=hung, to=court, now=NOW)
    client = signed_in(editor)
    assert [one.pk for one in client.get("/files/").context["files"]] == [loose.pk]
    for address in ("", "download/"):
        assert client.get(f"/files/{hung.pk}/{address}").status_code == 404
    listed = client.get("/api/files").json()["files"]
    assert [one["number"] for one in listed] == [loose.pk]


def test_a_file_is_marked_anew_and_deleted_by_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    court = organisation()
    li = account("li", court)
    file = sent(by=li, of=court)
    client = signed_in(li)
    assert client.post(f"/files/{file.pk}/mark/", {"mark": "nonsense"}).status_code == 422
    assert (
        client.post(f"/files/{file.pk}/mark/", {"mark": "confidential", "version": 1}).status_code
        == 302
    )
    assert File.objects.get().mark == "confidential"
    monkeypatch.setitem(attached._announced, "people_organisation", lambda *told: told[-1])
    attachment = attach_file(by=li.pk, file=file, to=court, now=NOW)
    refused = client.post(f"/files/{file.pk}/delete/", {"version": 2})
    assert (refused.status_code, len(refused.context["refusals"])) == (409, 1)
    attachment.delete()
    assert client.post(f"/files/{file.pk}/delete/", {"version": 2}).status_code == 302
    assert not File.objects.exists()


def harmed(by: str, store: Path) -> None:
    (path,) = (one for one in store.rglob("*") if one.is_file())
    if by == "content_missing":
        path.unlink()
    else:
        path.write_bytes(b"a,b\n1,3\n")


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("content_missing", "已登记的文件内容丢失", "The content that was filed is missing"),
        ("content_changed", "已不是当初提交的内容", "The content no longer has the hash"),
    ],
)
def test_bytes_that_are_lost_or_altered_are_not_given_out_and_the_page_says_so(
    code: str, zh: str, en: str, store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    court = organisation()
    client, file = signed_in(li := account("li", court)), sent(by=li, of=court)
    harmed(code, store)
    answer = client.get(f"/files/{file.pk}/download/")
    assert answer.status_code == 409
    assert zh in answer.text
    assert en in answer.text
    assert file.content.sha256 in answer.text
    assert [one.levelname for one in caplog.records if code in one.getMessage()] == ["ERROR"]
    answer = client.get(f"/api/files/{file.pk}/content")
    assert (answer.status_code, [one["code"] for one in answer.json()["refusals"]]) == (409, [code])


def test_a_list_of_files_reads_none_of_them(store: Path) -> None:
    court = organisation()
    client, file = signed_in(li := account("li", court)), sent(by=li, of=court)
    harmed("content_missing", store)
    assert client.get("/files/").status_code == 200
    assert client.get(f"/files/{file.pk}/").status_code == 200


def test_what_is_far_too_large_is_stopped_before_it_is_read(settings: Any) -> None:
    court = organisation()
    client = signed_in(account("li", court))
    answer = client.post(
        "/files/send/",
        BytesIO(b"--x\r\n"),
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(1 << 40),
    )
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_of_the_database_for_three_files_as_for_one(
    rows: int, django_assert_num_queries: Any
) -> None:
    court = organisation()
    li = account("li", court)
    for number in range(rows):
        attach_file(by=li.pk, file=sent(f"{number}".encode(), by=li, of=court), to=court, now=NOW)
    client = signed_in(li)
    with django_assert_num_queries(6):  # session, account, roles, what hangs, count, files
        assert len(client.get("/files/").context["files"]) == rows


def test_the_history_is_linked_for_those_who_may_see_it() -> None:
    court = organisation()
    li, auditor = account("li", court), account("shen", court, "auditor")
    file = sent(by=li, of=court)
    link = f"/history/files_file/{file.pk}/"
    assert link not in signed_in(li).get(f"/files/{file.pk}/").content.decode()
    assert link in signed_in(auditor).get(f"/files/{file.pk}/").content.decode()
    changes = signed_in(auditor).get(link).context["acts"][0].writes[0].changes
    assert ("公开范围", "—", "内部") in [(one.label, one.before, one.after) for one in changes]
