INSTALLED_APPS = [
    # slot: apps
    "apps.worker",
    # end slot
]
