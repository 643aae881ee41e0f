"""A FastAPI application: requests counted by route, and /metrics."""

from fastapi import FastAPI
from fastapi.testclient import TestClient

import dynamometer.fastapi
from dynamometer import Container


def application(container: Container) -> FastAPI:
    """Make an application with a route of its own."""
    app = FastAPI()
    greetings = container.counter("greetings_total", "Greetings.", ["language"])

    @app.get("/hello/{name}")
    async def hello(name: str) -> dict[str, str]:
        greetings.labels("en").inc()
        return {"greeting": f"Hello, {name}"}

    dynamometer.fastapi.instrument(app, container=container)
    return app


def main() -> None:
    """Ask it a few times; `uvicorn` would serve it as well."""
    client = TestClient(application(Container("web")))
    for name in ("Ada", "Grace", "Hedy"):
        print(client.get(f"/hello/{name}").json())
    lines = client.get("/metrics").text.splitlines()
    print("\n".join(line for line in lines if line.startswith("web_") and "bucket" not in line))


if __name__ == "__main__":
    main()
