"""Organisations as a dated tree, accounts, and roles held in an organisation."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db import models
from django.db.models import BigIntegerField, Case, F, Func, Q, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.periods import Days
from steelyard.look.language import lang, say
from steelyard.people.rules.called import called
from steelyard.people.rules.roles import ROLES, Role
from steelyard.trail.traced import Traced


def only(number: str) -> Func:
    """A number as a range of itself, which an exclusion constraint can compare without btree_gist."""
    return Func(
        F(number), F(number), Value("[]"),
        function="int8range", output_field=BigIntegerRangeField(),
    )  # fmt: skip


def only_word(word: str) -> Func:
    """A word likewise, by its hash: two words of one hash would be told apart by nobody."""
    hashed = Func(F(word), function="hashtext")
    return Func(hashed, hashed, Value("[]"), function="int8range")


def alone_or_stands_in() -> Case:
    """The account as a range of itself; of one who stands in, all accounts: it overlaps any other."""
    everyone = Func(
        Cast(Value(None), BigIntegerField()), Cast(Value(None), BigIntegerField()),
        function="int8range", output_field=BigIntegerRangeField(),
    )  # fmt: skip
    return Case(When(stands_in=True, then=everyone), default=only("account_id"))


def days() -> Func:
    """The days from ``starts`` up to, not including, ``ends``."""
    return Func(F("starts"), F("ends"), Value("[)"), function="daterange")


class Organisation(Traced):
    """A province, city, district, department, court, bank, association, firm or expert pool."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        CITY = "city", _("city")
        DISTRICT = "district", _("district")
        DEPARTMENT = "department", _("department")
        COURT = "court", _("court")
        BANK = "bank", _("bank")
        ASSOCIATION = "association", _("association")
        FIRM = "firm", _("firm")
        EXPERTS = "experts", _("expert pool")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    place = models.CharField(_("place"), max_length=12, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="organisation_days"
            )
        ]

    def __str__(self) -> str:
        return say(self.name)

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)

    def exists_on(self, day: date) -> bool:
        return day in Days(self.starts, self.ends)


NO_CIRCLE = """
    IF EXISTS (
        WITH RECURSIVE above (organisation, days) AS (
            SELECT NEW.parent_id, daterange(NEW.starts, NEW.ends)
          UNION
            SELECT placement.parent_id, days * daterange(placement.starts, placement.ends)
            FROM above JOIN people_placement placement
                ON placement.organisation_id = above.organisation
                AND days && daterange(placement.starts, placement.ends)
        )
        SELECT FROM above WHERE organisation = NEW.organisation_id
    ) THEN
        RAISE EXCEPTION 'organisation % would stand below itself', NEW.organisation_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
"""Walks up from the parent, keeping the days on which all of the way holds."""


class Placement(Traced):
    """An organisation stands below another from a day to a day: at most one at a time."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="placements"
    )
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="below")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    class Meta(Traced.Meta):
        verbose_name = _("placement")
        triggers = [
            *Traced.Meta.triggers,
            pgtrigger.Trigger(
                name="no_circle",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NO_CIRCLE,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="placement_days"
            ),
            models.CheckConstraint(
                condition=~Q(organisation=F("parent")), name="placement_not_below_itself"
            ),
            ExclusionConstraint(
                name="placement_one_at_a_time",
                expressions=[
                    (only("organisation_id"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} < {self.parent}"


class Account(Traced, AbstractUser):
    """Someone who signs in. What they may do comes from the roles they hold."""

    name = models.CharField(_("name"), max_length=100)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_demo = models.BooleanField(_("demo"), default=False)
    link_given_at = models.DateTimeField(_("link to set a password given"), null=True, blank=True)
    first_name = None
    last_name = None

    class Meta(Traced.Meta, AbstractUser.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.called_in(lang())

    def called_in(self, language: Lang) -> str:
        return called(self.name).say(language) or self.username

    @property
    def signs_as(self) -> str:
        """What stands under a paper, the same in every language."""
        return self.called_in("zh")

    def get_full_name(self) -> str:
        return str(self)


class Holding(Traced):
    """An account holds a role in an organisation from a day to a day.

    Of one that was withdrawn before its first day was over, the row remains and holds no day: the account
    still belongs to whoever manages the organisation.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holdings")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="holdings"
    )
    role = models.CharField(
        _("role"), max_length=30, choices=[(role.value, ROLES[role].en) for role in Role]
    )
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)
    stands_in = models.BooleanField(_("stands in for a vacant post"), default=False)

    class Meta(Traced.Meta):
        verbose_name = _("role held")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="holding_days"
            ),
            ExclusionConstraint(
                name="holding_of_a_post",  # once at a time, and whoever stands in is alone
                expressions=[
                    (alone_or_stands_in(), RangeOperators.OVERLAPS),
                    (only("organisation_id"), RangeOperators.OVERLAPS),
                    (only_word("role"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {say(ROLES[Role(self.role)])} · {self.organisation}"

    @property
    def is_withdrawn(self) -> bool:
        return Days(self.starts, self.ends).is_empty


class BroughtSheet(models.Model):
    """A sheet that somebody brought and now looks at: the last one of its sort, until it is carried
    out, replaced or a day old."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    sort = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    content = models.BinaryField()
    brought_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sheet under way")
        constraints = [
            models.UniqueConstraint(fields=("account", "sort"), name="brought_sheet_one_of_a_sort")
        ]

    def __str__(self) -> str:
        return self.name
