"""Fields of a form that the public sends: label, what is wrong with it, hint, and what was typed."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from steelyard.kernel.bilingual import Text

register = template.Library()

Longest = Mapping[str, int]
Refused = Mapping[str, Text]


@register.inclusion_tag("website/box/line.html")
def box_line(
    name: str, label: str, value: str, longest: Longest, refused: Refused, *,
    optional: bool = False, hint: str = "",
) -> dict[str, object]:  # fmt: skip
    return _field(name, label, value, refused, optional, hint) | {"most": longest[name]}


@register.inclusion_tag("website/box/text.html")
def box_text(
    name: str, label: str, value: str, longest: Longest, refused: Refused
) -> dict[str, object]:
    return _field(name, label, value, refused) | {"most": longest[name]}


@register.inclusion_tag("website/box/choice.html")
def box_choice(
    name: str, label: str, value: str, choices: Mapping[str, Text], refused: Refused, *,
    optional: bool = False, hint: str = "", with_codes: bool = False,
) -> dict[str, object]:  # fmt: skip
    lang = "en" if get_language() == "en" else "zh"
    listed = [
        (code, f"{code} {title.say(lang)}" if with_codes else title.say(lang))
        for code, title in choices.items()
    ]
    return _field(name, label, value, refused, optional, hint) | {"choices": listed}


def _field(
    name: str, label: str, value: str, refused: Refused, optional: object = False, hint: str = ""
) -> dict[str, object]:
    """``described``: the ids of what is said of the field besides its label."""
    wrong = refused.get(name)
    described = [f"{name}-wrong"] * (wrong is not None) + [f"{name}-hint"] * bool(hint)
    return {
        "name": name, "label": label, "value": value, "wrong": wrong, "optional": bool(optional),
        "hint": hint, "described": " ".join(described),
    }  # fmt: skip
