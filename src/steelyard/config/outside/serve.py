"""The public site alone, from its start to its end: one web server over a folder of signed packages.

No database, no home, no route to an office. What is put into the folder, replaced there or taken away is
shown at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from steelyard.config.serving.children import Child, Command, adopt_orphans, bury_orphans
from steelyard.config.serving.listening import address_of, is_loopback, listen
from steelyard.config.serving.watch import Say, Watch, stopped_in_the_end
from steelyard.config.serving.wishes import listening_for_stop
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.publication.signing import read_trusted

WEB = Command(
    "web", ("-m", "gunicorn", "--config", "python:steelyard.config.outside.web_server",
            "steelyard.config.outside.wsgi:application"),
)  # fmt: skip

_OFFICE_ALONE = (
    "DATABASE_URL",
    "STEELYARD_HOME",
    "STEELYARD_METRICS_TOKEN",
    "DJANGO_SETTINGS_MODULE",
)
"""What an office is told and the public site has no use for: it is not handed on."""


@dataclass(frozen=True, slots=True)
class AskedPublic:
    """What the person who starts it asked for.

    ``trusted``: the file of public keys whose signature holds; None with ``any_key``: a signature is
    only asked whether it is whole. ``messages``: where what visitors write is kept, if anywhere.
    """

    packages: Path
    trusted: Path | None
    any_key: bool
    host: str
    port: int
    production: bool
    messages: Path | None = None


def serve_public(asked: AskedPublic, say: Say) -> int:
    """Serve until told to stop; 0 then, 1 if the web server would not stay alive.

    Raises:
        Faulty: it may not start, or cannot; each reason.
    """
    raise_if_any(list(_reasons_against(asked, os.environ)))
    with listening_for_stop() as wish:
        adopt_orphans()
        with listen(asked.host, asked.port) as socket:
            address = address_of(socket, asked.host, asked.port, say)
            if asked.any_key:
                say(_unchecked())
            environment = _environment(asked, os.environ)
            environment["STEELYARD_SOCKET"] = str(socket.fileno())
            web = Child(WEB, environment, (socket.fileno(),))
            try:
                with stopped_in_the_end([web], say):
                    return Watch([web], address, wish, say, [_ready(address)]).keep()
            finally:
                bury_orphans(())
                say(Text("已停止。", "Stopped."))


def _environment(asked: AskedPublic, told: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in told.items() if name not in _OFFICE_ALONE}
    return kept | {
        "STEELYARD_PUBLICATIONS": str(asked.packages.resolve()),
        "STEELYARD_PUBLICATION_KEYS": str(asked.trusted.resolve()) if asked.trusted else "",
        "STEELYARD_ANY_KEY": "1" if asked.any_key else "",
        "STEELYARD_MESSAGES": str(asked.messages.resolve()) if asked.messages else "",
        "STEELYARD_PRODUCTION": "1" if asked.production else "",
        "DJANGO_SETTINGS_MODULE": "steelyard.config.outside.settings",
        "PYTHONUNBUFFERED": "1",
    }


def _reasons_against(asked: AskedPublic, told: Mapping[str, str]) -> Iterator[Fault]:
    if not asked.packages.is_dir():
        yield _no_folder(asked.packages, "--public")
    if asked.messages and not asked.messages.is_dir():
        yield _no_folder(asked.messages, "--messages")
    if asked.trusted and asked.any_key:
        yield _both()
    elif asked.trusted:
        try:
            if not read_trusted(asked.trusted):
                yield _no_keys(asked.trusted)
        except Faulty as error:
            yield from error.faults
    elif not asked.any_key:
        yield _nobody_trusted()
    if not is_loopback(asked.host) and not told.get("STEELYARD_HOSTS"):
        yield _no_names(asked.host)


def _ready(address: str) -> Text:
    return Text(
        f"公开网站已启动：{address}/zh-hans/（Ctrl-C 停止）",
        f"The public site is at {address}/en/ (Ctrl-C stops it)",
    )


def _unchecked() -> Text:
    return Text(
        "警告：--any-key 不核对发布单位。任何人签名的发布包都会显示；只可用于试看，不可对外。",
        "WARNING: with --any-key nobody checks who published. A package that anyone signed is shown; for"
        " a look at home, never for the public.",
    )


def _no_folder(folder: Path, option: str) -> Fault:
    return Fault(
        "no-such-folder",
        Text("没有这个文件夹", "there is no such folder"),
        Text(f"请在 {option} 后给出文件夹", f"name a folder after {option}"),
        Where(file=str(folder)),
    )


def _nobody_trusted() -> Fault:
    return Fault(
        "nobody-trusted",
        Text("没有说明信任谁的签名", "it is not said whose signature is trusted"),
        Text("用 --trusted 给出公钥清单，即发布单位的 .pub 文件；只是自己试看，可用 --any-key",
             "name a list of public keys with --trusted, such as the publisher's .pub file; for a look at"
             " home there is --any-key"),
        Where(file="--trusted"),
    )  # fmt: skip


def _no_keys(path: Path) -> Fault:
    return Fault(
        "no-trusted-keys",
        Text("清单中没有公钥，什么都不会显示", "the list holds no key, so nothing would be shown"),
        Text("每行写一个公钥", "write a public key a line"),
        Where(file=str(path)),
    )


def _both() -> Fault:
    return Fault(
        "trusted-or-any",
        Text("--trusted 与 --any-key 不能同时使用", "--trusted and --any-key contradict each other"),
        Text("请只留一个", "leave one out"),
    )  # fmt: skip


def _no_names(host: str) -> Fault:
    return Fault(
        "no-host-names",
        Text(f"在 {host} 上向其他机器开放，而没有说明网站的域名，来访者会一律被拒",
             f"it would listen at {host} without knowing its own names, and turn every visitor away"),
        Text("请在环境变量 STEELYARD_HOSTS 中写明域名，以逗号分隔",
             "name them in STEELYARD_HOSTS, with commas between"),
    )  # fmt: skip
