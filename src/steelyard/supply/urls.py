from django.urls import path

from steelyard.supply.views import grids, lists, requests, snapshots
from steelyard.supply.views.deliveries import decisions, drafts, page, sheets

app_name = "supply"
urlpatterns = [
    path("deliveries/", lists.deliveries, name="deliveries"),
    path("deliveries/new/", drafts.new, name="new"),
    path("deliveries/<int:number>/", page.delivery, name="delivery"),
    path("deliveries/<int:number>/file/", sheets.file, name="file"),
    path("deliveries/<int:number>/faults/", sheets.faults, name="faults"),
    path("deliveries/<int:number>/compare/", sheets.compare, name="compare"),
    path("deliveries/<int:number>/mend/", drafts.mend, name="mend"),
    path("deliveries/<int:number>/grid/", grids.grid, name="grid"),
    path("deliveries/<int:number>/return/", decisions.send_back, name="return"),
    path("deliveries/<int:number>/correct/", drafts.correct, name="correct"),
    path("deliveries/<int:number>/<slug:move>/", decisions.deed, name="deed"),
    path("requests/", requests.requests, name="requests"),
    path("requests/ask/", requests.ask, name="ask"),
    path("requests/export/", requests.export, name="requests_export"),
    path("requests/<int:number>/", requests.one, name="request"),
    path("requests/<int:number>/urge/", requests.urge, name="urge"),
    path("requests/<int:number>/withdraw/", requests.withdraw, name="withdraw_request"),
    path("snapshots/", snapshots.snapshots, name="snapshots"),
    path("snapshots/<int:number>/", snapshots.snapshot, name="snapshot"),
    path("snapshots/<int:number>/cover/", snapshots.cover, name="cover"),
]
