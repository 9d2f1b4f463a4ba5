from django.urls import path

from steelyard.assessment.views import deliveries, grids, lists, requests, snapshots

app_name = "assessment"
urlpatterns = [
    path("deliveries/", lists.deliveries, name="deliveries"),
    path("deliveries/new/", deliveries.new, name="new"),
    path("deliveries/<int:number>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:number>/file/", deliveries.file, name="file"),
    path("deliveries/<int:number>/faults/", deliveries.faults, name="faults"),
    path("deliveries/<int:number>/compare/", deliveries.compare, name="compare"),
    path("deliveries/<int:number>/mend/", deliveries.mend, name="mend"),
    path("deliveries/<int:number>/grid/", grids.grid, name="grid"),
    path("deliveries/<int:number>/return/", deliveries.send_back, name="return"),
    path("deliveries/<int:number>/correct/", deliveries.correct, name="correct"),
    path("deliveries/<int:number>/<slug:move>/", deliveries.deed, name="deed"),
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
