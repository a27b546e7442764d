api = [
    # slot: api
    path("", include("apps.worker.urls")),
    # end slot
]
