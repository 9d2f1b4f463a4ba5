"""The design system as an app, for its templates, styles and filters."""

from __future__ import annotations

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "steelyard.look"
    label = "look"
