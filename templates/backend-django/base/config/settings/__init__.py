"""The settings, one module for each concern. All that differs between machines comes from the environment."""

from config.env import env
from config.settings.api import *
from config.settings.auth import *
from config.settings.cache import *
from config.settings.core import *
from config.settings.database import *
from config.settings.files import *
from config.settings.frontend import *
from config.settings.logging import *
from config.settings.mail import *
from config.settings.security import *
from config.settings.sentry import *
from config.settings.tasks import *

# Optional parts come after what they build on, and may replace it.
# isort: split
from config.settings.features import *

# Last: every module above has read its variables, so one error can name all that is missing or wrong.
env.verify()
