# slot: imports
from config.settings.celery import *
# end slot
