"""Filters for all pages: bilingual texts and roles, said in the reader's language."""

from __future__ import annotations

from django import template

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import ROLES, Role
from steelyard.trail.language import say

register = template.Library()


@register.filter
def said(text: Text | None) -> str:
    """``{{ organisation.name|said }}``"""
    return "" if text is None else say(text)


@register.filter
def role_name(role: str) -> str:
    """``{{ holding.role|role_name }}``"""
    return say(ROLES[Role(role)])
