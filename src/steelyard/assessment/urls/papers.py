"""The addresses of papers and their templates."""

from django.urls import path

from steelyard.assessment.views.papers import letterhead, taken, templates

ALL = "assessments/<slug:code>/papers/"
TEMPLATES = f"{ALL}templates/"
ONE = f"{TEMPLATES}<slug:kind>/<slug:lang>/<slug:form>/"

urlpatterns = [
    path(ALL, taken.papers, name="papers"),
    path(f"{ALL}letterhead/", letterhead.letterhead, name="letterhead"),
    path(TEMPLATES, templates.templates, name="paper_templates"),
    path(ONE, templates.template, name="paper_template"),
    path(f"{ONE}default/", templates.default, name="paper_use_default"),
    path(f"{ONE}preview/", templates.preview, name="preview_paper"),
    path(f"{ONE}<int:number>/", templates.take_version, name="paper_template_file"),
    path(f"{ALL}<slug:kind>/<str:of>/<slug:lang>/<slug:form>/", taken.paper, name="take_paper"),
]
