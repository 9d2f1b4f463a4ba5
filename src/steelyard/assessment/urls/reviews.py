"""File review: draws, drawn files, reviews."""

from django.urls import path

from steelyard.assessment.views import reviews

HERE = "assessments/<slug:code>/reviews/"
urlpatterns = [
    path(HERE, reviews.reviews, name="reviews"),
    path(f"{HERE}draw/", reviews.draw_files, name="draw_files"),
    path(f"{HERE}records/", reviews.records, name="review_records"),
    path(f"{HERE}draws/<int:number>/", reviews.draw, name="draw"),
    path(f"{HERE}draws/<int:number>/export/", reviews.export, name="draw_export"),
    path(f"{HERE}draws/<int:number>/reviewers/", reviews.reviewers, name="assign_reviewers"),
    path(f"{HERE}files/<int:number>/", reviews.file, name="drawn_file"),
    path(f"{HERE}files/<int:number>/third/", reviews.third, name="assign_third"),
    path(f"{HERE}files/<int:number>/<slug:move>/", reviews.note, name="note_file"),
    path(f"{HERE}mine/<int:number>/", reviews.mine, name="my_review"),
    path(f"{HERE}mine/<int:number>/replace/", reviews.replace, name="replace_reviewer"),
]
