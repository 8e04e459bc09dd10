"""What of the log-in guard the desk shows: the tries that failed and the log-ins, not the log nobody keeps."""

import axes.admin  # noqa: F401 - It registers what is taken away below.
from axes.models import AccessFailureLog
from django.contrib import admin

admin.site.unregister(AccessFailureLog)
