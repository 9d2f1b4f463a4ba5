"""Pages of prose as they are written, pictures with their words, and what was published of it when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page

from steelyard.trail.traced import Traced
from steelyard.website.prose.approving import Permissions, refuse_unless_another_approves
from steelyard.website.prose.blocks import BODY

if TYPE_CHECKING:
    from wagtail.models import Revision

    from steelyard.people.models import Account

PLAIN = ("about", "privacy", "copyright", "accessibility")
"""The plain pages below the first page: their slugs are their addresses, in both languages."""


SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PREVIEWS = {"contact": "website/prose/contact.html", "home": "website/home.html"}
"""The public site's templates of pages that have more on them than prose."""


class Picture(AbstractImage):
    """A picture, and what it shows in words, for those who do not see it."""

    alt_zh = models.CharField(_("what it shows, in Chinese"), max_length=300)
    alt_en = models.CharField(_("what it shows, in English"), max_length=300)

    admin_form_fields = ("title", "file", "alt_zh", "alt_en", "collection")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.title


class PictureRendition(AbstractRendition):
    """A picture in another size, for the editors' lists; made again when it is asked for."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="prose_rendition_once"
            )
        ]


class ProsePage(Page):
    """What all pages of prose have. Shown by the public site's own templates, from a package."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    sample = models.BooleanField(
        _("sample"), default=False, help_text=_("The page says that it is a sample.")
    )
    body = StreamField(BODY, blank=True, verbose_name=_("content"))

    promote_panels: ClassVar = [FieldPanel("slug"), FieldPanel("sample")]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    show_in_menus_default = False
    kind = "plain"

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug and not SLUG.fullmatch(self.slug):
            said = _("Letters a–z, figures and single hyphens, as in “new-rules”.")
            raise ValidationError({"slug": said})

    @property
    def public_path(self) -> str:
        """Its address below the language: "" for the first page."""
        return "/".join(self.url_path.strip("/").split("/")[1:])

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str]:  # noqa: ARG002
        path = f"{self.public_path}/" if self.public_path else ""
        return (0, "", f"/{self.locale.language_code}/{path}")

    def permissions_for_user(self, user: Account) -> Permissions:
        return Permissions(user, self)

    def publish(self, revision: Revision, user: Account | None = None, **told: Any) -> None:
        """The one way out, at once or at its time. ``user`` None: the system keeps a time that was approved.

        Raises:
            Refused: the account does not review pages, or wrote of this one what would go out.
        """
        if user is not None:
            refuse_unless_another_approves(self, user)
        super().publish(revision, user=user, **{**told, "skip_permission_checks": True})

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """In the language of the page, whichever the editor's own is."""
        with translation.override(self.locale.language_code):
            return super().serve_preview(request, mode_name).render()

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:  # noqa: ARG002
        return PREVIEWS.get(self.kind, "website/prose/page.html")

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:  # noqa: ARG002
        from steelyard.website.prose.preview import context_of

        return context_of(self, request.now)


class Home(ProsePage):
    """The first page of a language."""

    kind = "home"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["prose.NewsList", "prose.PlainPage", "prose.ContactPage"]

    class Meta:
        verbose_name = _("first page")


class NewsList(ProsePage):
    """The list of news; the articles stand below it."""

    kind = "news_list"
    parent_page_types: ClassVar = ["prose.Home"]
    subpage_types: ClassVar = ["prose.NewsArticle"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of news")

    def clean(self) -> None:
        super().clean()
        must_be_called(self, "news")


class NewsArticle(ProsePage):
    """One piece of news, of a day."""

    kind = "article"
    day = models.DateField(_("day"), default=timezone.localdate)
    parent_page_types: ClassVar = ["prose.NewsList"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("day"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("piece of news")


class PlainPage(ProsePage):
    """About us, privacy, copyright, accessibility; further pages stand below about us."""

    kind = "plain"
    parent_page_types: ClassVar = ["prose.Home", "prose.PlainPage"]
    subpage_types: ClassVar = ["prose.PlainPage"]

    class Meta:
        verbose_name = _("plain page")

    def clean(self) -> None:
        super().clean()
        parent = self.get_parent() if self.path else None
        if parent is None or isinstance(parent.specific, Home):
            must_be_called(self, *PLAIN)


class ContactPage(ProsePage):
    """How to reach whoever keeps the site; the box for messages stands below it."""

    kind = "contact"
    parent_page_types: ClassVar = ["prose.Home"]
    subpage_types: ClassVar = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("contact page")

    def clean(self) -> None:
        super().clean()
        must_be_called(self, "contact")


PAGES: tuple[type[ProsePage], ...] = (Home, NewsList, NewsArticle, PlainPage, ContactPage)


def must_be_called(page: ProsePage, *slugs: str) -> None:
    """Addresses stay: what the public knows under a name is found under that name."""
    if page.slug not in slugs:
        said = _("This page is found at: %(slugs)s") % {"slugs": ", ".join(slugs)}
        raise ValidationError({"slug": said})


class Publication(Traced):
    """Prose was put on the shelf: as which number of its series, which package, why."""

    series = models.CharField(_("series"), max_length=60)
    number = models.PositiveIntegerField(_("number"))
    identifier = models.CharField(_("identifier"), max_length=80, unique=True)
    pages = models.PositiveIntegerField(_("pages"))
    reason_zh = models.TextField(_("reason, in Chinese"), blank=True)
    reason_en = models.TextField(_("reason, in English"), blank=True)
    published_at = models.DateTimeField(_("published"))

    class Meta(Traced.Meta):
        verbose_name = _("publication of prose")
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=("series", "number"), name="publication_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.number}"
