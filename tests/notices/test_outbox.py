"""Nobody is told twice: two workers at once, run twice, raised in between, killed at every step."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outgoing
from django.core.mail import EmailMessage
from django.db import close_old_connections, connection, connections

from steelyard.kernel.bilingual import Text, same
from steelyard.notices import actions, outbox, transport
from steelyard.notices.models import Mail, Notice
from steelyard.notices.rules.digests import Mode
from steelyard.notices.rules.mails import Event
from steelyard.notices.rules.texts import Kind
from steelyard.notices.transport import Outcome
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.trail.acting import acting
from tests.notices.builders import account, holding, organisation

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = NOW + timedelta(minutes=5)
SECRET = "某某公司海关备案"


def told(to: Account, times: int = 1, now: datetime = NOW) -> None:
    for number in range(times):
        with acting("return_delivery"):
            actions.tell(
                Kind.DELIVERY_RETURNED,
                [to.pk],
                area="supply",
                object_id=number,
                path=f"/deliveries/{number}/",
                words={"what": Text(SECRET, "customs"), "reason": same(SECRET)},
                once=f"delivery:{number}:returned:{now:%H%M%d}",
                now=now,
            )


def run(now: datetime = NOW, **how: object) -> None:
    """What the worker does every minute."""
    outbox.doubt(now=now)
    outbox.pack(now=now)
    outbox.send(now=now, **how)


def states() -> list[str]:
    return list(Mail.objects.order_by("id").values_list("state", flat=True))


@pytest.fixture
def mails(settings: object) -> list[EmailMessage]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outgoing.outbox = []
    return outgoing.outbox


@pytest.mark.django_db
def test_run_twice_it_sends_once(mails: list[EmailMessage]) -> None:
    told(account(), times=3)
    run()
    run()
    run(LATER)
    assert (len(mails), states()) == (3, ["sent"] * 3)


@pytest.mark.django_db
def test_a_mail_says_where_to_look_and_nothing_of_the_matter(mails: list[EmailMessage]) -> None:
    li = account("李明")
    told(li)
    run()
    (mail,) = mails
    notice = Notice.objects.get()
    assert mail.to == [li.email]
    assert mail.subject == "[权衡] 您的一份报送被退回"
    assert f"/notices/{notice.pk}/" in mail.body
    assert SECRET not in mail.message().as_string()


@pytest.mark.django_db
def test_a_mail_is_in_the_language_of_its_account(mails: list[EmailMessage]) -> None:
    told(account("Li Ming", language="en"))
    run()
    assert mails[0].subject == "[Steelyard] A delivery of yours was returned"


@pytest.mark.django_db
def test_a_mail_calls_its_reader_as_its_language_does(mails: list[EmailMessage]) -> None:
    told(account("谭伟 / Tan Wei", language="en"))
    run()
    assert "Tan Wei" in mails[0].body
    assert "谭伟" not in mails[0].body


@pytest.mark.django_db
def test_no_machine_answers_a_mail(mails: list[EmailMessage]) -> None:
    told(account())
    run()
    sent = mails[0].message()
    assert (sent["Auto-Submitted"], sent["Precedence"]) == ("auto-generated", "bulk")
    assert sent["Message-ID"].startswith(f"<{Mail.objects.get().pk}.")


@pytest.mark.django_db
def test_a_digest_is_one_mail_of_the_day_and_the_next_day_another(
    mails: list[EmailMessage],
) -> None:
    li = account()
    actions.choose_mode(by=li.pk, mode=Mode.DIGEST, now=NOW)
    told(li, times=3)
    run(NOW.replace(hour=8, minute=29))
    assert mails == []
    run()
    told(li, times=2, now=NOW + timedelta(hours=1))
    run(NOW + timedelta(hours=2))
    assert [mail.subject for mail in mails] == ["[权衡] 您有3条通知"]
    run(NOW + timedelta(days=1))
    run(NOW + timedelta(days=1, hours=3))
    assert [mail.subject for mail in mails] == ["[权衡] 您有3条通知", "[权衡] 您有2条通知"]


@pytest.mark.django_db
def test_what_was_read_before_is_not_mailed(mails: list[EmailMessage]) -> None:
    li = account()
    told(li)
    actions.read_notices(by=li.pk, now=NOW)
    run()
    assert (mails, Notice.objects.filter(packed_at=None).count()) == ([], 0)


@pytest.mark.django_db
@pytest.mark.parametrize("who", [{"email": ""}, {"is_active": False}])
def test_who_has_no_address_or_left_gets_no_mail(mails: list[EmailMessage], who: dict) -> None:
    told(account(**who))
    run()
    assert (mails, states()) == ([], [])


@pytest.mark.django_db
def test_a_mail_that_is_not_taken_is_tried_again_and_sent_once(mails: list[EmailMessage]) -> None:
    told(account())
    run(transport=lambda _: Outcome(Event.NOT_TAKEN, "SMTPConnectError 421"))
    assert states() == ["waiting"]
    run()
    assert mails == []
    run(LATER)
    run(LATER)
    assert (len(mails), states()) == (1, ["sent"])


@pytest.mark.django_db
def test_a_mail_whose_line_broke_is_unsure_and_not_tried_again(mails: list[EmailMessage]) -> None:
    told(account())
    run(transport=lambda _: Outcome(Event.NO_ANSWER, "TimeoutError"))
    run(NOW + timedelta(days=1))
    assert (mails, states()) == ([], ["unsure"])


@pytest.mark.django_db
def test_after_six_tries_a_mail_is_given_up(mails: list[EmailMessage]) -> None:
    told(account())
    for day in range(8):
        run(NOW + timedelta(days=day), transport=lambda _: Outcome(Event.NOT_TAKEN, "no"))
    assert (states(), Mail.objects.get().tries) == (["given_up"], 6)


class Server:
    """A mail server that breaks where told."""

    def __init__(self, at_open: Exception | None = None, at_send: Exception | None = None) -> None:
        self.at_open, self.at_send = at_open, at_send

    def open(self) -> None:
        if self.at_open:
            raise self.at_open

    def send_messages(self, messages: list[EmailMessage]) -> int:
        if self.at_send:
            raise self.at_send
        return len(messages)

    def close(self) -> None:
        raise smtplib.SMTPServerDisconnected("it is gone")


@pytest.mark.parametrize(
    ("server", "event"),
    [
        (Server(), Event.ACCEPTED),
        (Server(at_open=ConnectionRefusedError()), Event.NOT_TAKEN),
        (Server(at_open=TimeoutError()), Event.NOT_TAKEN),
        (Server(at_send=smtplib.SMTPRecipientsRefused({})), Event.NOT_TAKEN),
        (Server(at_send=smtplib.SMTPDataError(451, b"later")), Event.NOT_TAKEN),
        (Server(at_send=smtplib.SMTPServerDisconnected("gone")), Event.NO_ANSWER),
        (Server(at_send=TimeoutError()), Event.NO_ANSWER),
        (Server(at_send=RuntimeError("?")), Event.NO_ANSWER),
    ],
)
def test_only_what_was_surely_not_taken_may_be_tried_again(
    server: Server, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "get_connection", lambda: server)
    assert transport.hand_over(EmailMessage()).event is event


class Killed(BaseException):
    """What no ``except Exception`` holds up."""


def dies(*args: object, **kwargs: object) -> None:
    raise Killed


BREAKS = {
    "while packing": (outbox, "needs_no_mail"),
    "after packing": (outbox, "claim"),
    "while claiming": (Mail, "save"),
    "after claiming": (outbox, "deliver"),
    "before the mail goes out": (outbox, "message_of"),
    "after the mail went out": (outbox, "_end"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "sent_at_the_death", "state", "sent_in_the_end"),
    [
        ("while packing", 0, None, 1),
        ("after packing", 0, "waiting", 1),
        ("while claiming", 0, "waiting", 1),
        ("after claiming", 0, "trying", 0),
        ("before the mail goes out", 0, "trying", 0),
        ("after the mail went out", 1, "trying", 1),
    ],
)
def test_a_worker_that_dies_at_any_step_never_leads_to_a_second_mail(
    mails: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    sent_at_the_death: int,
    state: str | None,
    sent_in_the_end: int,
) -> None:
    told(account())
    where, name = BREAKS[step]
    with monkeypatch.context() as broken:
        broken.setattr(where, name, dies)
        with pytest.raises(Killed):
            run()
    assert len(mails) == sent_at_the_death
    assert states() == ([state] if state else [])
    run()
    run(LATER)
    run(LATER + timedelta(days=1))
    assert len(mails) == sent_in_the_end
    assert states() == (["sent"] if state in {None, "waiting"} else ["unsure"])


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_slow_is_not_thought_dead(mails: list[EmailMessage]) -> None:
    told(account())
    seen = []

    def slow(message: EmailMessage) -> Outcome:
        def look() -> None:
            seen.append(outbox.doubt(now=NOW + timedelta(hours=1)))
            connections.close_all()

        other = threading.Thread(target=look)
        other.start()
        other.join(20)
        return transport.hand_over(message)

    run(transport=slow)
    assert (seen, len(mails), states()) == ([0], 1, ["sent"])


@pytest.mark.django_db(transaction=True)
def test_who_was_thought_dead_before_sending_does_not_send(mails: list[EmailMessage]) -> None:
    told(account())
    outbox.pack(now=NOW)
    number = outbox.claim(now=NOW)
    outbox.doubt(now=LATER)
    outbox.deliver(number, now=LATER)
    assert (mails, states()) == ([], ["unsure"])


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(mails: list[EmailMessage]) -> None:
    told(account(), times=12)
    told(account(), times=12)
    start = threading.Barrier(4)
    troubles: list[BaseException] = []

    def work() -> None:
        try:
            start.wait(20)
            run()
        except BaseException as error:
            troubles.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    run()
    assert troubles == []
    assert states() == ["sent"] * 24
    assert len({mail.extra_headers["Message-ID"] for mail in mails}) == len(mails) == 24


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_claims_a_mail_another_claims_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told(account(), times=2)
    outbox.pack(now=NOW)
    first, second = Mail.objects.order_by("id").values_list("pk", flat=True)
    claimed: list[int | None] = []
    save = Mail.save

    def meanwhile() -> None:
        claimed.append(outbox.claim(now=NOW))
        connections.close_all()

    def save_while_another_claims(mail: Mail, **how: object) -> None:
        if mail.pk == first:
            other = threading.Thread(target=meanwhile)
            other.start()
            other.join(20)
        save(mail, **how)

    monkeypatch.setattr(Mail, "save", save_while_another_claims)
    assert (outbox.claim(now=NOW), claimed) == (first, [second])


WORKER = """
import os, sys, time
from datetime import datetime
import django
django.setup()
from steelyard.notices import outbox
step, mark, now = sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3])

def stay(*args, **kwargs):
    open(mark, "w").close()
    time.sleep(60)

def after(name):
    real = getattr(outbox, name)
    def then_stay(*args, **kwargs):
        answer = real(*args, **kwargs)
        if answer is not None:
            stay()
        return answer
    setattr(outbox, name, then_stay)

if step == "packing": outbox.needs_no_mail = stay
elif step == "claimed": after("claim")
elif step == "writing": outbox.message_of = stay
elif step == "sent": after("hand_over")
outbox.pack(now=now)
outbox.send(now=now, transport=outbox.hand_over)
"""


def database_url() -> str:
    told = connection.settings_dict
    user, name = quote(told["USER"]), quote(told["NAME"])
    if told["HOST"].startswith("/"):
        return f"postgresql://{user}:@/{name}?host={quote(told['HOST'], safe='')}"
    password = quote(told["PASSWORD"])
    return f"postgresql://{user}:{password}@{told['HOST']}:{told['PORT'] or 5432}/{name}"


def wait_for(path: Path, process: subprocess.Popen[bytes], seconds: float = 40) -> None:
    pause = threading.Event()
    for _ in range(int(seconds * 20)):
        if path.exists() or process.poll() is not None:
            return
        pause.wait(0.05)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "sent", "state"),
    [
        ("packing", 1, "sent"),
        ("claimed", 0, "unsure"),
        ("writing", 0, "unsure"),
        ("sent", 1, "unsure"),
    ],
)
def test_a_process_that_is_killed_never_leads_to_a_second_mail(
    tmp_path: Path, settings: object, step: str, sent: int, state: str
) -> None:
    told(account())
    letters = tmp_path / "letters"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(letters)
    script = tmp_path / "worker.py"
    (tmp_path / "told.py").write_text(
        "from steelyard.config.settings import *\n"
        f"EMAIL_BACKEND = {settings.EMAIL_BACKEND!r}\nEMAIL_FILE_PATH = {str(letters)!r}\n"
    )
    script.write_text(WORKER)
    mark = tmp_path / "mark"
    process = subprocess.Popen(
        [sys.executable, str(script), step, str(mark), NOW.isoformat()],
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "told",
            "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)]),
        },
    )
    try:
        wait_for(mark, process)
        assert mark.exists(), "the worker did not come to the step"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    for later in (LATER, LATER + timedelta(minutes=5), LATER + timedelta(days=1)):
        eventually_free()
        run(later)
    assert states() == [state]
    found = list(letters.iterdir()) if letters.exists() else []
    assert sum(each.read_text().count("Message-ID:") for each in found) == sent


def eventually_free() -> None:
    """PostgreSQL notices after a moment that a killed process is gone, and drops its locks."""
    pause = threading.Event()
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state = 'idle in transaction'"
            )
            if cursor.fetchone()[0] == 0:
                return
        pause.wait(0.05)


@pytest.mark.django_db(transaction=True)
def test_telling_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="belongs in the transaction"):
        actions.tell(
            Kind.ROLE_GIVEN, [1], area="a", object_id=1, path="/", words={}, once="x", now=NOW
        )


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_remind_at_once_tell_each_once() -> None:
    city = organisation()
    holding(account(), city, "supplying_body")
    holding(account(), city, "supplying_body")
    for number in range(5):
        actions.start_deadline(
            area="supply", object_id=number, task="deliver", what=same("报送"), path="/",
            organisation=city.pk, working_days=10, role=Role.SUPPLYING_BODY, by=None, now=NOW,
        )  # fmt: skip
    start = threading.Barrier(3)

    def work() -> None:
        start.wait(20)
        actions.remind(now=NOW + timedelta(days=14))
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    close_old_connections()
    assert Notice.objects.filter(kind="deadline_today").count() == 10
