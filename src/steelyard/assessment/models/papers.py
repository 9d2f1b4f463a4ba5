"""The papers of an office: what it is called on them, and their templates; every version that it ever used."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.models.moving import never_altered, someone
from steelyard.assessment.rules.papers.kinds import FORMATS, LANG_TITLES, PAPERS, Design
from steelyard.assessment.rules.papers.letterheads import LONGEST_CODE, LONGEST_NAME
from steelyard.files.models import File
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Organisation
from steelyard.trail.traced import Traced


class Letterhead(Traced):
    """What an office is called on its papers, from then on 机关名称; ``code`` stands before its numbers 机关代字.

    The highest ``number`` of an office is the one in use; before the first its papers bear the name of
    the organisation. Papers are made anew each time they are taken away: an earlier one tells what those
    bore that were issued before.
    """

    whose = "office"
    """In the trail: of the office."""

    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="letterheads", verbose_name=_("office")
    )
    number = models.PositiveIntegerField(_("version"))
    name_zh = models.CharField(_("name in Chinese"), max_length=LONGEST_NAME)
    name_en = models.CharField(_("name in English"), max_length=LONGEST_NAME, blank=True)
    code = models.CharField(_("code of its numbers"), max_length=LONGEST_CODE, blank=True)
    made_by = someone()
    made_at = models.DateTimeField(_("made at"))

    class Meta(Traced.Meta):
        verbose_name = _("letterhead")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("office", "number"), name="letterhead_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="letterhead_counted"),
            models.CheckConstraint(condition=~Q(name_zh=""), name="letterhead_named"),
        ]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.name_zh} · {self.number}"

    @property
    def name(self) -> Text:
        return Text(self.name_zh, self.name_en)


class PaperTemplate(Traced):
    """The template that an office fills from then on. Without a file: the one that comes with Steelyard.

    The highest ``number`` of an office, kind, language and format is the one in use; before the first
    it is the one that comes with Steelyard.
    """

    whose = "office"
    """In the trail: of the office."""

    office = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="paper_templates",
        verbose_name=_("office"),
    )
    kind = models.CharField(
        _("paper"), max_length=20, choices=[(one.value, PAPERS[one].title.en) for one in PAPERS]
    )
    lang = models.CharField(
        _("language"), max_length=2, choices=[(one, LANG_TITLES[one].en) for one in LANG_TITLES]
    )
    format = models.CharField(
        _("format"), max_length=5, choices=[(one.value, FORMATS[one].en) for one in FORMATS]
    )
    number = models.PositiveIntegerField(_("version"))
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_by = someone()
    made_at = models.DateTimeField(_("made at"))

    class Meta(Traced.Meta):
        verbose_name = _("template of a paper")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                fields=("office", "kind", "lang", "format", "number"), name="paper_template_once"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="paper_template_counted"),
        ]
        triggers = [*Traced.Meta.triggers, never_altered()]

    def __str__(self) -> str:
        return f"{self.kind} {self.lang} {self.format} · {self.number}"

    @property
    def is_default(self) -> bool:
        return self.file_id is None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.lang, self.format

    def is_of(self, design: Design) -> bool:
        return self.key == (design.kind, design.lang, design.format)
