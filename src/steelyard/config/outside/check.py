"""The site check of a folder of packages: the public site is made in this process, and walked without a network."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.publication.signing import read_trusted


def check_packages(
    packages: Path, trusted: Path | None, *, now: datetime, today: date, icp: str = ""
) -> dict[str, Any]:
    """The report of the site that these packages make.

    Raises:
        Faulty: there is no such folder, or nobody is trusted.
    """
    if not packages.is_dir():
        raise Faulty([_no_folder(packages)])
    if trusted is None or not read_trusted(trusted):
        raise Faulty([_nobody_trusted()])
    os.environ |= {
        "STEELYARD_PUBLICATIONS": str(packages.resolve()),
        "STEELYARD_PUBLICATION_KEYS": str(trusted.resolve()),
        "DJANGO_SETTINGS_MODULE": "steelyard.config.outside.settings",
    }
    import django

    django.setup(set_prefix=False)
    from django.core.handlers.wsgi import WSGIHandler

    from steelyard.website.checking.fetching import from_application
    from steelyard.website.checking.run import check_site
    from steelyard.website.site import site_at

    return check_site(
        from_application(WSGIHandler()), now=now, today=today, site=site_at(now), icp=icp
    )


def _no_folder(packages: Path) -> Fault:
    return Fault(
        "no-such-folder",
        Text("没有这个文件夹", "there is no such folder"),
        Text("请在 --public 后给出发布文件夹", "name the folder of packages after --public"),
        Where(file=str(packages)),
    )


def _nobody_trusted() -> Fault:
    return Fault(
        "nobody-trusted",
        Text("没有给出可信公钥", "no key is trusted"),
        Text("请加 --trusted 公钥清单", "add --trusted KEYS"),
        Where(file="--trusted"),
    )
