"""File review: draws, drawn files, reviews."""

from django.urls import path

from steelyard.assessment.views.reviews import draws, files, marks, results, reviewers

HERE = "assessments/<slug:code>/reviews/"
urlpatterns = [
    path(HERE, draws.reviews, name="reviews"),
    path(f"{HERE}draw/", draws.draw_files, name="draw_files"),
    path(f"{HERE}records/", results.records, name="review_records"),
    path(f"{HERE}draws/<int:number>/", draws.draw, name="draw"),
    path(f"{HERE}draws/<int:number>/export/", results.export, name="draw_export"),
    path(f"{HERE}draws/<int:number>/reviewers/", reviewers.reviewers, name="assign_reviewers"),
    path(f"{HERE}draws/<int:number>/urge/", reviewers.urge, name="urge_reviewers"),
    path(f"{HERE}files/<int:number>/", files.file, name="drawn_file"),
    path(f"{HERE}files/<int:number>/third/", reviewers.third, name="assign_third"),
    path(f"{HERE}files/<int:number>/<slug:move>/", files.note, name="note_file"),
    path(f"{HERE}mine/<int:number>/", marks.mine, name="my_review"),
    path(f"{HERE}mine/<int:number>/replace/", reviewers.replace, name="replace_reviewer"),
]
