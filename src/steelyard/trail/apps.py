from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "steelyard.trail"
