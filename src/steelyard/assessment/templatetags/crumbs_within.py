"""Where a page of an assessment stands: below all assessments, below this one, then as it says itself."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.look.language import say
from steelyard.look.templatetags.look import crumbs

register = template.Library()


@register.inclusion_tag("look/crumbs.html")
def crumbs_within(assessment: Assessment, *pairs: object, here: object = "") -> dict[str, Any]:
    """``{% crumbs_within assessment list _("Papers") here=title %}``"""
    above = (
        reverse("assessment:assessments"),
        _("Assessments"),
        reverse("assessment:assessment", args=(assessment.code,)),
        say(assessment.title),
    )
    return crumbs(*above, *pairs, here=here)
