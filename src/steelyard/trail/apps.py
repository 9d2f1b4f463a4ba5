from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "steelyard.trail"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate, pre_migrate

        from steelyard.trail.acting import on_every_connection
        from steelyard.trail.install import make_note, trace_others
        from steelyard.trail.middleware import signed_in

        connection_created.connect(on_every_connection)
        pre_migrate.connect(make_note, sender=self)
        post_migrate.connect(trace_others, sender=self)
        user_logged_in.connect(signed_in)
