"""Who walks the pages looks at the one that came, not at the one that is going."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.walking import faults_of, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GOES = "address => { setTimeout(() => { location.href = address }, %d) }"


@pytest.mark.parametrize("after", [0, 5, 20, 50])
def test_a_page_that_leaves_while_it_is_looked_at_is_no_fault(live_server: Any, after: int) -> None:
    with window(str(live_server)) as page:
        page.goto("/account/login/")
        page.evaluate(GOES % after, "/account/password/reset/")
        assert faults_of(page) == []
        page.wait_for_url("**/reset/")
