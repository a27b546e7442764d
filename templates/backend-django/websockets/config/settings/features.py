# slot: imports
from config.settings.websockets import *
# end slot
