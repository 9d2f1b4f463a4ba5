"""A promise about the whole office: nothing can be written without a trace, bar what is listed."""

from datetime import date
from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from pgtrigger.core import INSTALLED

import steelyard
from steelyard.people.models import Account, Organisation
from steelyard.trail.acting import acting
from steelyard.trail.models import Entry
from steelyard.trail.secret_columns import CHANGED, LEFT_OUT, SECRET
from steelyard.trail.traced import Traced
from steelyard.trail.untraced import TRACED_TOO, UNTRACED

pytestmark = pytest.mark.django_db

MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed and not model._meta.proxy
]
TRACED = [model for model in MODELS if model._meta.db_table not in UNTRACED]


def table(model: type[models.Model]) -> str:
    return model._meta.db_table


def triggers_in_the_database(model: type[models.Model]) -> dict[str, str]:
    """Function → state (O: on) of the triggers that are really there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, tgenabled FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [table(model)],
        )
        return dict(cursor.fetchall())


@pytest.mark.parametrize("model", MODELS, ids=table)
def test_a_table_is_ours_and_traced_or_stands_in_a_list(model: type[models.Model]) -> None:
    places = [issubclass(model, Traced), table(model) in TRACED_TOO, table(model) in UNTRACED]
    assert places.count(True) == 1, f"{table(model)}: derive from Traced, or say why not"


@pytest.mark.parametrize("model", TRACED, ids=table)
def test_its_triggers_are_in_the_database_and_on(model: type[models.Model]) -> None:
    found = triggers_in_the_database(model)
    names = {name.removeprefix("pgtrigger_").rpartition("_")[0] for name in found}
    assert names >= {"trail", "never_truncated"} | (
        {"version"} if issubclass(model, Traced) else set()
    )
    assert set(found.values()) == {"O"}


@pytest.mark.parametrize("model", TRACED, ids=table)
def test_its_triggers_are_those_of_the_code(model: type[models.Model]) -> None:
    for trigger in getattr(model._meta, "triggers", []):
        assert trigger.get_installation_status(model) == (INSTALLED, True)


@pytest.mark.parametrize("model", TRACED, ids=table)
def test_it_cannot_be_emptied_without_its_rows_being_seen(model: type[models.Model]) -> None:
    with pytest.raises(DatabaseError, match="not truncated"), transaction.atomic():  # noqa: SIM117
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table(model)} CASCADE")


@pytest.mark.parametrize("model", TRACED, ids=table)
def test_its_rows_are_known_by_a_number(model: type[models.Model]) -> None:
    """Its own, or that of the page that it says more of."""
    pk = model._meta.pk
    assert pk.column in ("id", "page_ptr_id")
    key = pk.target_field if pk.column == "page_ptr_id" else pk
    assert isinstance(key, models.AutoField | models.BigAutoField)


def test_a_session_cannot_switch_the_triggers_off() -> None:
    with pgtrigger.ignore():
        guangdong()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{pgtrigger_append_only_3cebc}'")
        with pytest.raises(DatabaseError):
            cursor.execute("DELETE FROM trail_entry")


def test_no_code_of_ours_tries_to() -> None:
    root = Path(steelyard.__file__).parent
    words = ("session_replication_role", "DISABLE TRIGGER", "pgtrigger.ignore(")
    assert [
        path
        for path in root.rglob("*.py")
        if any(word in path.read_text("utf-8") for word in words)
    ] == []


# every way to write


def guangdong(**other: object) -> Organisation:
    told = {"code": "440000", "name_zh": "广东省", "kind": "province", "starts": date(2000, 1, 1)}
    return Organisation.objects.create(**{**told, **other})


def cities(*codes: str) -> list[Organisation]:
    return [
        Organisation(code=code, name_zh=code, kind="city", starts=date(2000, 1, 1))
        for code in codes
    ]


def verbs() -> list[str]:
    return list(
        Entry.objects.filter(table_name="people_organisation")
        .order_by("id")
        .values_list("verb", flat=True)
    )


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


COLUMNS = "(code, name_zh, name_en, kind, place, starts)"
ROW = "('440100', '广州市', '', 'city', '', '2000-01-01')"


def test_save_and_delete() -> None:
    one = guangdong()
    one.name_en = "Guangdong"
    one.save()
    one.delete()
    assert verbs() == ["insert", "update", "delete"]


def test_bulk_create_and_bulk_update() -> None:
    made = Organisation.objects.bulk_create(cities("440100", "440200"))
    for one in made:
        one.name_en = one.code
    Organisation.objects.bulk_update(made, ["name_en"])
    assert verbs() == ["insert", "insert", "update", "update"]


def test_update_and_delete_of_a_query() -> None:
    Organisation.objects.bulk_create(cities("440100", "440200"))
    Organisation.objects.update(name_en="x")
    Organisation.objects.all()._raw_delete("default")
    assert verbs() == ["insert", "insert", "update", "update", "delete", "delete"]


def test_insert_or_update_on_conflict() -> None:
    for _ in range(2):
        Organisation.objects.bulk_create(
            cities("440100"),
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name_zh"],
        )
    Organisation.objects.bulk_create(cities("440100"), ignore_conflicts=True)
    assert verbs() == ["insert", "update"]


def test_raw_sql_and_sql_inside_with() -> None:
    sql(f"INSERT INTO people_organisation {COLUMNS} VALUES {ROW}")
    sql("WITH gone AS (DELETE FROM people_organisation RETURNING id) SELECT count(*) FROM gone")
    assert verbs() == ["insert", "delete"]


def test_merge() -> None:
    merge = (
        f"MERGE INTO people_organisation USING (VALUES ('440100')) AS new(code)"
        " ON people_organisation.code = new.code WHEN MATCHED THEN UPDATE SET name_en = 'x'"
        f" WHEN NOT MATCHED THEN INSERT {COLUMNS} VALUES {ROW}"
    )
    sql(merge)
    sql(merge)
    assert verbs() == ["insert", "update"]


def test_copy() -> None:
    with (
        acting("import", by=7),
        connection.cursor() as cursor,
        cursor.copy(f"COPY people_organisation {COLUMNS} FROM STDIN") as copy,
    ):
        copy.write_row(("440100", "广州市", "", "city", "", "2000-01-01"))
    assert verbs() == ["insert"]
    assert Entry.objects.get().actor == 7


def test_what_is_rolled_back_leaves_nothing_and_stays_nothing() -> None:
    with pytest.raises(ZeroDivisionError), acting("open_organisation", by=7):  # noqa: PT012
        guangdong()
        raise ZeroDivisionError
    assert (verbs(), Organisation.objects.count()) == ([], 0)


# secrets


@pytest.mark.parametrize("name", sorted(SECRET))
def test_a_secret_column_is_a_column(name: str) -> None:
    models_of = {table(model): model for model in MODELS}
    if name in models_of:
        columns = {field.column for field in models_of[name]._meta.concrete_fields}
        assert columns >= set(SECRET[name])


def test_columns_that_sound_like_secrets_are_left_out() -> None:
    """Whoever adds such a column puts it on the list, or is asked here why not."""
    words = ("password", "secret", "token", "private", "recovery", "totp", "hash_of_key")
    for model in TRACED:
        for field in model._meta.concrete_fields:
            if any(word in field.column for word in words):
                assert field.column in SECRET.get(table(model), ()), (
                    f"{table(model)}.{field.column}"
                )


def test_a_secret_stands_nowhere_in_the_trail_but_that_it_changed_does() -> None:
    account = Account.objects.create(username="li", name="李", password="first-secret")
    account.password = "second-secret"
    account.save()
    account.name = "李明"
    account.save()
    account.delete()
    entries = Entry.objects.filter(table_name="people_account").order_by("id")
    assert [
        (entry.before and entry.before["password"], entry.after and entry.after["password"])
        for entry in entries
    ] == [(None, LEFT_OUT), (LEFT_OUT, CHANGED), (LEFT_OUT, LEFT_OUT), (LEFT_OUT, None)]
    assert "secret" not in "".join(f"{entry.before}{entry.after}" for entry in entries)
