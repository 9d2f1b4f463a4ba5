"""Which tables are not ours and leave a trace all the same, and which leave none, and why?

A test walks every model of the office: it derives from ``Traced``, or stands in one of these lists.
"""

from __future__ import annotations

from collections.abc import Mapping

TRACED_TOO: frozenset[str] = frozenset(
    {
        "auth_group",
        "auth_group_permissions",
        "people_account_groups",
        "people_account_user_permissions",
        "account_emailaddress",
        "mfa_authenticator",
        "socialaccount_socialaccount",
        "socialaccount_socialapp",
        "wagtailcore_page",
        "wagtailcore_revision",
        "wagtailcore_workflowstate",
        "wagtailcore_taskstate",
        "wagtailcore_grouppagepermission",
        "wagtailcore_groupcollectionpermission",
        "wagtaildocs_document",
        "prose_home",
        "prose_newslist",
        "prose_newsarticle",
        "prose_plainpage",
        "prose_contactpage",
        "prose_picture",
    }
)
"""Tables of others that get our trigger after every ``migrate``, if they are there."""

UNTRACED: Mapping[str, str] = {
    "trail_entry": "it is the trail; nothing in it changes",
    "trail_seal": "the seals of the trail; nothing in it changes",
    "django_session": "who is signed in; written by every request, and gone with the session",
    "django_content_type": "made from the code by migrate",
    "auth_permission": "made from the code by migrate; our rights are roles",
    "account_emailconfirmation": "a letter under way; the address it confirms is traced",
    "socialaccount_socialtoken": "a secret of another service that is renewed by itself",
    "usersessions_usersession": "who is signed in, where",
    "procrastinate_jobs": "the queue; it keeps its own events",
    "procrastinate_events": "the queue's own trail",
    "procrastinate_periodic_defers": "the queue",
    "procrastinate_workers": "the queue",
    "prose_picturerendition": "a traced picture in another size, made again when it is asked for",
    "wagtailsearch_indexentry": "an index over traced pages, made again from them",
    "wagtailcore_referenceindex": "an index over traced pages, made again from them",
    "wagtailcore_pagelogentry": "Wagtail's own record of what the trail has",
    "wagtailcore_modellogentry": "Wagtail's own record of what the trail has",
    "wagtailadmin_editingsession": "who has a page open now; gone within minutes",
    "wagtailadmin_formstate": "a form that is open now; what is saved of it is traced",
    "wagtailcore_uploadedfile": "an upload under way; what becomes of it is traced",
    "wagtailusers_userprofile": "how one likes Wagtail's pages to look",
    "wagtailcore_pagesubscription": "whose mails about comments Wagtail would send; it sends none",
    "wagtailcore_comment": "comments are off",
    "wagtailcore_commentreply": "comments are off",
    "wagtailcore_locale": "both languages, made by migrate; their pages are closed",
    "wagtailcore_site": "made by migrate; its pages are closed, and no address comes from it",
    "wagtailcore_groupsitepermission": "made by migrate; its pages are closed",
    "wagtailcore_apitoken": "none is made: its pages are closed",
    "wagtailcore_collection": "made by migrate; its pages are closed",
    "wagtailcore_collectionviewrestriction": "its pages are closed",
    "wagtailcore_collectionviewrestriction_groups": "its pages are closed",
    "wagtailcore_pageviewrestriction": "what is published is for everyone",
    "wagtailcore_pageviewrestriction_groups": "what is published is for everyone",
    "wagtailcore_workflow": "made by migrate; its pages are closed",
    "wagtailcore_workflowtask": "made by migrate; its pages are closed",
    "wagtailcore_workflowpage": "made by migrate; its pages are closed",
    "wagtailcore_workflowcontenttype": "made by migrate; its pages are closed",
    "wagtailcore_task": "made by migrate; its pages are closed",
    "wagtailcore_groupapprovaltask": "made by migrate; its pages are closed",
    "wagtailcore_groupapprovaltask_groups": "made by migrate; its pages are closed",
    "taggit_tag": "tags are not offered",
    "taggit_taggeditem": "tags are not offered",
    "wagtailimages_image": "empty: pictures are prose_picture",
    "wagtailimages_rendition": "empty: pictures are prose_picture",
    "wagtailadmin_admin": "no rows: it stands for a right",
    "simple_translation_simpletranslation": "no rows: it stands for a right",
}
"""Table → why a write to it leaves no trace."""
