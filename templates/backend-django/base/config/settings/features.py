# The settings of optional parts, one module for each.
# slot: imports
