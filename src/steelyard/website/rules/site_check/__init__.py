"""Would this site pass an inspection of government websites? What was seen goes in, findings come out.

``site_check.toml`` has the checks with their sources, terms and first days; ``LOOKS`` has for each how it is looked
at. To add one: a table there, a function in the file of its kind. A look answers with what is wrong, ``[]`` if nothing
is, and None where this run could not see it: that is for a person, and never a pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.website.rules.site_check.checks import Check, Finding, Look
from steelyard.website.rules.site_check.columns import (
    columns_due,
    columns_filled,
    columns_fresh,
    columns_kept_up,
    home_fresh,
)
from steelyard.website.rules.site_check.home import copyright, icp, maintainer, privacy, search
from steelyard.website.rules.site_check.links import dead_links, sitemap, three_clicks
from steelyard.website.rules.site_check.pages import (
    fields,
    keyboard,
    other_language,
    pictures,
    structure,
)
from steelyard.website.rules.site_check.seen import Seen
from steelyard.website.rules.site_check.service import (
    answered,
    enquiry,
    serious_errors,
    services,
    site_up,
)

LOOKS: Mapping[str, Look] = {
    "site_up": site_up, "home_fresh": home_fresh, "columns_fresh": columns_fresh,
    "columns_kept_up": columns_kept_up, "columns_filled": columns_filled, "enquiry": enquiry,
    "answered": answered, "services": services, "serious_errors": serious_errors,
    "dead_links": dead_links, "columns_due": columns_due, "sitemap": sitemap, "search": search,
    "privacy": privacy, "copyright": copyright, "maintainer": maintainer, "icp": icp,
    "other_language": other_language, "three_clicks": three_clicks, "structure": structure,
    "pictures": pictures, "keyboard": keyboard, "fields": fields,
}  # fmt: skip
"""How each check of ``site_check.toml`` is looked at."""


def findings(seen: Seen, checks: Sequence[Check]) -> tuple[Finding, ...]:
    """Of every check in force on the day, what became of it."""
    return tuple(_found(seen, one) for one in checks if one.first_day <= seen.today)


def _found(seen: Seen, check: Check) -> Finding:
    wrong = LOOKS[check.code](seen, check)
    if wrong is None:
        return Finding(check, "not_seen")
    return Finding(check, "failed" if wrong else "passed", tuple(wrong))
