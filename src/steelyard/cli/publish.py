"""``steelyard publish``: signed packages for the public site, and what is in them.

publish --new-key FILE
publish assessment RESULT --scope SCOPE [--region PACK] --to SHELF --key KEY …
publish registers SNAPSHOT --to SHELF --key KEY …
publish briefing TEMPLATE SNAPSHOT [RESULT] --unit U --series NAME --to SHELF --key KEY …
publish check SHELF --trusted KEYS --snapshot SNAPSHOT
publish verify SHELF --trusted KEYS
publish difference A.zip B.zip
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty


def run(asked: argparse.Namespace) -> int:
    if asked.new_key is not None and asked.does is None:
        return _make_key(asked)
    match asked.does:
        case "assessment":
            from steelyard.cli.publish_packages import publish_assessment

            return publish_assessment(asked, now())
        case "registers":
            from steelyard.cli.publish_packages import publish_registers

            return publish_registers(asked, now())
        case "briefing":
            from steelyard.cli.publish_briefing import publish_briefing

            return publish_briefing(asked, now())
        case "check":
            from steelyard.cli.say_briefings import check

            return check(asked, now())
        case "verify":
            from steelyard.cli.say_publications import verify

            return verify(asked, now())
        case "difference":
            from steelyard.cli.say_publications import say_difference

            return say_difference(asked)
    raise Faulty([_nothing_asked()])


def now() -> datetime:
    """The moment of publishing: read once, here."""
    return datetime.now(UTC)


def _make_key(asked: argparse.Namespace) -> int:
    from steelyard.publication.signing import make_key

    key = make_key(asked.new_key)
    for line in _made(str(asked.new_key), key.public):
        print(line.say(asked.lang))
    return 0


def _made(path: str, public: str) -> tuple[Text, ...]:
    return (
        Text(f"私钥在 {path}，只有本人可读；请另存一份，不要给任何人。",
             f"The private key is in {path}, for its owner alone; keep a copy, and give it to nobody."),
        Text(f"公钥在 {path}.pub，可交给公开网站：{public}",
             f"The public key is in {path}.pub, for whoever shows the public site: {public}"),
    )  # fmt: skip


def _nothing_asked() -> Fault:
    return Fault(
        "nothing-to-publish",
        Text("没有说明要做什么", "it is not said what to do"),
        Text("可用：assessment、registers、briefing、check、verify、difference，或者 --new-key 文件",
             "say assessment, registers, briefing, check, verify, difference, or --new-key FILE"),
    )  # fmt: skip
