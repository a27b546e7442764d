INSTALLED_APPS = [
    # slot: apps
    "apps.websockets",
    # end slot
]
