"""Make the office ready to serve: tables, static files, and in a demonstration its people.

``python -m steelyard.config.serving.prepare``: a process of its own, so that whoever starts the office
need not load Django. Two that prepare one database wait for each other.
"""

from __future__ import annotations

import os
import sys

import django

from steelyard.kernel.bilingual import Lang, Text

_LOCK = 20_220_501
"""PostgreSQL's advisory lock of preparing; any number that nobody else takes."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steelyard.config.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    lang: Lang = "zh" if os.environ.get("STEELYARD_LANG") == "zh" else "en"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        _tell(Text("正在准备数据库的表…", "Preparing the tables of the database…"), lang)
        call_command("migrate", verbosity=0, interactive=False)
        _set_up_prose()
        cursor.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))
    _tell(Text("正在准备网页样式…", "Preparing the style of the pages…"), lang)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    if settings.ENVIRONMENT.demo:
        _load_demo(lang)


def _tell(text: Text, lang: Lang) -> None:
    """What is being done, at once: a first start takes a minute, and somebody waits for it."""
    print(text.say(lang), flush=True)


def _set_up_prose() -> None:
    """The key that publications are signed with, and the two trees of prose."""
    from django.conf import settings

    from steelyard.config.publishing_key import own_key
    from steelyard.website.prose.trees import set_up_trees

    own_key(settings.ENVIRONMENT.home)
    set_up_trees()


_ORGANISATIONS = Text(
    "正在载入演示的机构和账号…", "Loading the organisations and accounts of the demonstration…"
)
_DELIVERIES = Text("正在载入演示的数据报送…", "Loading its deliveries of data…")
_ASSESSMENTS = Text(
    "正在载入演示的两个考核年度和一个市对区县的考核，约需一分钟…",
    "Loading its two years of assessment and a city's of its districts; this takes about a minute…",
)
_PROSE = Text("正在载入演示的公开网站…", "Loading its public site…")


def _load_demo(lang: Lang) -> None:
    from django.db import transaction
    from django.utils import timezone

    from steelyard.config.demo import PASSWORD, let_in, load_demo
    from steelyard.people.rules.roles import ROLES, Role

    with transaction.atomic():  # whoever is killed half-way begins anew
        _tell(_ORGANISATIONS, lang)
        opened = load_demo(now=timezone.now())
        if opened:
            _tell(_DELIVERIES, lang)
            _load_deliveries()
            _tell(_ASSESSMENTS, lang)
            _load_assessments()
            further = let_in() - len(opened)
    if not opened:
        return
    _tell(_PROSE, lang)
    _load_prose()
    print(
        Text(
            f"演示账号，每个角色一个，密码都是 {PASSWORD}（只显示这一次；生产环境不接受演示账号）：",
            f"Demo accounts, one a role, the password of each is {PASSWORD}"
            " (said this once; production refuses them):",
        ).say(lang)
    )
    for user, organisation in opened:
        print(f"  {user:<20}{ROLES[Role(user)].say(lang)} @ {organisation.say(lang)}")
    print(
        Text(
            f"另有{further}个账号，名为角色_机构代码，如 city_head_440100、expert_2、"
            "assessing_office_440700（市考核办），密码相同。",
            f"And {further} more, named role_organisation (city_head_440100, expert_2,"
            " assessing_office_440700 of a city's own office), with the same password.",
        ).say(lang)
    )
    sys.stdout.flush()


def _load_deliveries() -> None:
    """So that nobody begins with an empty page."""
    from django.utils import timezone

    from steelyard.config.demo import POSTS
    from steelyard.people.rules.roles import Role
    from steelyard.supply.demo import load_demo_deliveries

    supplier, office = Role.SUPPLYING_BODY, Role.ASSESSING_OFFICE
    load_demo_deliveries(
        supplier=supplier.value, office=office.value, body=POSTS[supplier], now=timezone.now()
    )


def _load_assessments() -> None:
    """A year that is over, one at mid-collection, and a city's own of its districts."""
    from django.utils import timezone

    from steelyard.assessment.demo import load_demo_assessments

    load_demo_assessments(timezone.now())


def _load_prose() -> None:
    """Pages of a demonstration, and the package of them on the shelf."""
    from django.utils import timezone

    from steelyard.website.prose.demo import load_demo_prose

    load_demo_prose(now=timezone.now())


if __name__ == "__main__":
    main()
