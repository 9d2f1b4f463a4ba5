"""What the office and the public site outside have in common: its apps, languages, template helpers."""

APPS = ("django.contrib.staticfiles", "django.forms", "steelyard.look", "steelyard.website")
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TEMPLATE_APPS = (
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "steelyard.website.frame.frame",
)
