"""The rows of the ranking and nothing else, from the same packages, by the same template engine."""

from __future__ import annotations

import os
from functools import cache

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import Engine, Template
from django.template.context import make_context
from django.urls import path
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_site.settings")
application = get_wsgi_application()

from steelyard.config import public_urls  # noqa: E402
from steelyard.website.site import site_at  # noqa: E402

ROWS = """{% load saying %}<table>
<thead><tr><th>#</th><th>City</th><th>Group</th><th>Points</th><th>Grade</th><th>Ranks</th>
{% for item in it.dimensions %}<th>{{ item.title|said }}</th>{% endfor %}</tr></thead>
<tbody>{% for one in it.listed %}<tr>
<td class="number">{{ one.rank }}</td>
<th scope="row"><a href="{% url 'website:unit' it.series one.code %}">{{ one.title|said }}</a></th>
<td>{{ it.groups|of:one.group|said }}</td><td class="number">{{ one.shown }}</td>
<td>{{ it.grades|of:one.grade|said }}</td><td>{{ one.interval.0 }}–{{ one.interval.1 }}</td>
{% for item in it.dimensions %}{% with got=one.items|of:item.code %}
<td class="number">{{ got.points }}</td>{% endwith %}{% endfor %}
</tr>{% endfor %}</tbody></table>"""


@cache
def _rows() -> Template:
    return Engine.get_default().from_string(ROWS)


def ranked(request: HttpRequest, series: str) -> HttpResponse:
    found = site_at(timezone.now()).assessments[series].assessment
    return HttpResponse(_rows().render(make_context({"it": found}, request)))


urlpatterns = [
    path("en/bare/<slug:series>/", ranked),
    *public_urls.urlpatterns,
]
