"""What WebSockets change in Gunicorn's configuration."""

# slot: server

# HTTP and WebSockets, by Uvicorn within Gunicorn's processes.
wsgi_app = "config.asgi:application"
worker_class = "apps.websockets.server.Worker"
# end slot
