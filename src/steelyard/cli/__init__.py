"""The ``steelyard`` command: one verb a file, each loaded only when it is called.

Exit status: 0 done; 1 the question has a negative answer (a check that found faults, a comparison that
differs); 2 the input was refused and nothing was written; 130 stopped from the keyboard, likewise.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from steelyard.kernel.bilingual import LANGS, Lang, Text
from steelyard.kernel.faults import Faulty

VERBS = (
    "run", "check", "weigh", "explain", "compare", "what-if", "advise", "deliver", "freeze", "verify",
    "records", "differences", "sample", "brief", "letter", "scheme", "court", "publish", "site-check",
    "serve", "appoint", "backup", "restore", "messages", "trail",
)  # fmt: skip

_STOPPED = Text("已中止，未写出任何文件。", "Stopped; nothing was written.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; print faults to standard error, each with its place."""
    _say_what_cannot_be_printed()
    parser = build_parser()
    asked = parser.parse_args(arguments)
    asked.lang = asked.lang or usual_lang()
    run: Callable[[argparse.Namespace], int] = import_module(asked.module).run
    try:
        return run(asked)
    except Faulty as error:
        from steelyard.cli.say import say_faults

        say_faults(error.faults, asked.lang)
        return 2
    except KeyboardInterrupt:
        print(_STOPPED.say(asked.lang), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read us (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        from steelyard.cli.disk import disk_fault

        print(disk_fault(error).say(asked.lang), file=sys.stderr)
        return 2


def _say_what_cannot_be_printed() -> None:
    """On a terminal that lacks a character its number is printed, in place of a broken answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def build_parser() -> argparse.ArgumentParser:
    from steelyard import __version__

    parser = argparse.ArgumentParser(
        prog="steelyard",
        description="Steelyard 权衡: weigh a region's units by a scheme 按考核细则计分、排名、定等次",
    )
    parser.add_argument("--version", action="version", version=f"steelyard {__version__}")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    for verb in VERBS:
        module = f"steelyard.cli.{verb.replace('-', '_')}"
        from steelyard.cli import options

        one = verbs.add_parser(verb, help=options.HELP[verb], description=options.HELP[verb])
        options.ADD[verb](one)
        add_lang(one)
        one.set_defaults(module=module)
    return parser


def add_lang(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=LANGS, help="zh 中文 or en English (default: by locale)")


def usual_lang() -> Lang:
    """Chinese where the locale is Chinese or none is set that says otherwise."""
    said = os.environ.get("STEELYARD_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    return "zh" if (said or "").lower().startswith("zh") else "en"
