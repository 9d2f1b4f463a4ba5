"""How forms become pages: every ``{{ form }}`` in the office looks alike."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class OfficeForms(TemplatesSetting):
    form_template_name = "look/form.html"
    field_template_name = "look/field.html"
