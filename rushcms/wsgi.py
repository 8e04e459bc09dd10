"""What the server loads: `granian --interface wsgi rushcms.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rushcms.settings")
application = get_wsgi_application()
