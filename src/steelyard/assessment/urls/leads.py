"""The addresses of leads: those of an assessment, and of the inbox of the public form."""

from django.urls import path

from steelyard.assessment.views.leads import inbox, one, overview

ALL = "assessments/<slug:code>/leads/"
ONE = f"{ALL}<int:number>/"
INBOX = "leads/"
OF_FORM = f"{INBOX}<int:number>/"

urlpatterns = [
    path(ALL, overview.leads, name="leads"),
    path(f"{ALL}receive/", overview.receive, name="receive_lead"),
    path(ONE, one.lead, name="lead"),
    path(f"{ONE}check/", one.check, name="check_lead"),
    path(f"{ONE}conclude/", one.conclude, name="conclude_lead"),
    path(f"{ONE}informant/", one.informant, name="informant"),
    path(INBOX, inbox.inbox, name="lead_inbox"),
    path(OF_FORM, inbox.lead, name="lead_of_form"),
    path(f"{OF_FORM}place/", inbox.place, name="place_of_form"),
    path(f"{OF_FORM}conclude/", inbox.conclude, name="conclude_of_form"),
    path(f"{OF_FORM}informant/", inbox.informant, name="informant_of_form"),
]
