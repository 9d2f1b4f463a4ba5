"""The addresses of visits and leads."""

from django.urls import path

from steelyard.assessment.views import findings, lead_inbox, leads, visits

_VISITS = "assessments/<slug:code>/visits/"
_LEADS = "assessments/<slug:code>/leads/"

urlpatterns = [
    path(_VISITS, visits.visits, name="visits"),
    path(f"{_VISITS}plan/", visits.plan, name="plan_visit"),
    path(f"{_VISITS}<int:number>/", visits.visit, name="visit"),
    path(f"{_VISITS}<int:number>/change/", visits.change, name="change_visit"),
    path(f"{_VISITS}<int:number>/announce/", visits.announce, name="announce_visit"),
    path(f"{_VISITS}<int:number>/cancel/", visits.cancel, name="cancel_visit"),
    path(f"{_VISITS}<int:number>/report/", visits.report, name="report_visit"),
    path(f"{_VISITS}<int:number>/correct/", visits.correct, name="correct_report"),
    path(f"{_VISITS}<int:number>/findings/", findings.add_finding, name="add_finding"),
    path(f"{_VISITS}<int:number>/findings/<int:finding>/", findings.finding, name="finding"),
    path(f"{_VISITS}<int:number>/sheet/", visits.sheet, name="visit_sheet"),
    path(_LEADS, leads.leads, name="leads"),
    path(f"{_LEADS}receive/", leads.receive, name="receive_lead"),
    path(f"{_LEADS}<int:number>/", leads.lead, name="lead"),
    path(f"{_LEADS}<int:number>/check/", leads.check, name="check_lead"),
    path(f"{_LEADS}<int:number>/conclude/", leads.conclude, name="conclude_lead"),
    path(f"{_LEADS}<int:number>/informant/", leads.informant, name="informant"),
    path("leads/", lead_inbox.inbox, name="lead_inbox"),
    path("leads/<int:number>/", lead_inbox.lead, name="lead_of_form"),
    path("leads/<int:number>/place/", lead_inbox.place, name="place_of_form"),
    path("leads/<int:number>/conclude/", lead_inbox.conclude, name="conclude_of_form"),
    path("leads/<int:number>/informant/", lead_inbox.informant, name="informant_of_form"),
]
