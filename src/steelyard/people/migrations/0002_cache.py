"""The table of the cache, in which sign-ins are counted against the rate limits."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):  # noqa: ARG001
    call_command("createcachetable", verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
