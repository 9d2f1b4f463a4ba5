"""``steelyard serve``: start the office and serve it until told to stop."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any


def run(asked: argparse.Namespace) -> int:
    def say(text: Text) -> None:
        """Say it if anyone listens still: a terminal that was closed must not hinder the stop."""
        try:
            print(text.say(asked.lang), flush=True)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    if asked.public is not None:
        return _serve_public(asked, say)
    raise_if_any(list(_public_alone(asked)))
    return _serve_office(asked, say)


def _serve_public(asked: argparse.Namespace, say: Callable[[Text], None]) -> int:
    from steelyard.config.outside.serve import AskedPublic, serve_public

    told = AskedPublic(
        asked.public, asked.trusted, asked.any_key, asked.host, _port(asked.port),
        asked.production, asked.messages,
    )  # fmt: skip
    return serve_public(told, say)


def _public_alone(asked: argparse.Namespace) -> Iterator[Fault]:
    """Options that only the public site knows."""
    for name in ("trusted", "any_key", "messages"):
        if getattr(asked, name):
            option = f"--{name.replace('_', '-')}"
            yield Fault(
                "public-alone",
                Text(f"{option} 只用于公开网站", f"{option} is for the public site alone"),
                Text("请加 --public 发布文件夹", "add --public PACKAGES"),
                Where(file=option),
            )


def _serve_office(asked: argparse.Namespace, say: Callable[[Text], None]) -> int:
    from steelyard.config.serving.office import Asked, serve
    from steelyard.config.serving.running import Running, RunsAlready

    def runs_already(running: Running | None) -> Text:
        where = running.address if running else ""
        return Text(
            f"系统已在运行：{where or '正在启动'}",
            f"The office runs already: {where or 'starting'}",
        )

    told = Asked(asked.home.resolve(), asked.production, asked.host, _port(asked.port), asked.lang)
    try:
        return serve(told, say)
    except RunsAlready as error:
        print(runs_already(error.running).say(asked.lang), file=sys.stderr)
        return 2


def _port(said: str) -> int:
    """
    Raises:
        Faulty: it is no port.
    """
    if said.isdecimal() and 0 < int(said) < 65536:
        return int(said)
    raise Faulty(
        [
            Fault(
                "not-a-port",
                Text(f"“{said}”不是端口号", f"{said!r} is no port"),
                Text("请填 1 至 65535", "give a number from 1 to 65535"),
            )
        ]
    )
