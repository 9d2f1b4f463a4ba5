"""What a page of prose is made of, as editors fill it in. Kept small: each has its place in publication/prose.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

MARKS = ["bold", "italic", "link", "superscript", "subscript"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=150)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Heading")), ("3", _("Heading below"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")


class ListBlock(blocks.StructBlock):
    items = blocks.ListBlock(blocks.RichTextBlock(features=MARKS, label=_("Item")))
    ordered = blocks.BooleanBlock(label=_("Numbered"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("List")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"))
    source = blocks.CharBlock(label=_("Whose words"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("What the table says"), max_length=200)
    table = TypedTableBlock([("text", blocks.CharBlock(required=False, label=_("Text")))])

    class Meta:
        icon = "table"
        label = _("Table")


class PictureBlock(blocks.StructBlock):
    """What it shows, in words, stands with the picture itself, in both languages."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("What is offered"), max_length=150)

    class Meta:
        icon = "doc-full"
        label = _("Document")


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=40)
    what = blocks.CharBlock(label=_("What it counts"), max_length=150)
    source = blocks.CharBlock(label=_("Source"), max_length=200)
    address = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "order"
        label = _("Figure with its source")


BODY = [
    ("heading", HeadingBlock()),
    ("paragraph", blocks.RichTextBlock(features=MARKS, label=_("Paragraph"), icon="pilcrow")),
    ("list", ListBlock()),
    ("quote", QuoteBlock()),
    ("table", TableBlock()),
    ("picture", PictureBlock()),
    ("document", DocumentBlock()),
    ("figure", FigureBlock()),
]
