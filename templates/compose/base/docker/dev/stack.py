"""Makes a stack file for `docker stack deploy` of what `docker compose config --format json` says.

    python stack.py SERVICE... <config.json >stack.json

A stack file is of the older Compose format, and a swarm's nodes have no checkout of this project: the files that production
mounts become the swarm's own configs, those under .prod its secrets. Neither can be changed once it is there, so each has
what is in it in its name.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Part = dict[str, Any]

# What a swarm can do of a service. It has no security_opt: docs/swarm.md says what stands in for it.
KEPT = (
    "cap_drop command deploy entrypoint environment healthcheck image init labels logging read_only stop_grace_period "
    "stop_signal user"
).split()


def main() -> None:
    config: Part = json.load(sys.stdin)
    stack = Stack(Path.cwd(), config)
    services = {name: stack.service(config["services"][name]) for name in sys.argv[1:]}
    used = {network for service in services.values() for network in service["networks"]}
    volumes = {mount["source"] for service in services.values() for mount in service["volumes"] if "source" in mount}
    json.dump(
        {
            "version": "3.13",
            "services": services,
            "networks": {name: pick(config["networks"][name], "driver", "internal") for name in sorted(used)},
            "volumes": {name: {} for name in sorted(volumes)},
            "configs": stack.configs,
            "secrets": stack.secrets,
        },
        sys.stdout,
    )


class Stack:
    """Collects the configs and secrets of the services that are asked for."""

    def __init__(self, root: Path, config: Part) -> None:
        self.root = root
        self.known_secrets = {name: Path(secret["file"]) for name, secret in config["secrets"].items()}
        self.configs: Part = {}
        self.secrets: Part = {}

    def service(self, given: Part) -> Part:
        service = pick(given, *KEPT)
        limits = service["deploy"].get("resources", {}).get("limits", {})
        if "cpus" in limits:
            limits["cpus"] = str(limits["cpus"])
        service["ports"] = [port | {"published": int(port["published"])} for port in given.get("ports", [])]
        # A service without a network would be in one of its own making.
        service["networks"] = sorted(given.get("networks") or ["web"])
        service["volumes"] = [*self.volumes(given)]
        service["configs"] = []
        service["secrets"] = [
            self.secret(self.known_secrets[secret["source"]], Path(secret["target"]), "0", 0o444)
            for secret in given.get("secrets", [])
        ]
        for target, source in files(given).items():
            if self.root / ".prod" in source.parents:
                service["secrets"].append(self.secret(source, target, given["user"], 0o400))
            else:
                name = self.note(self.configs, source, target)
                service["configs"].append({"source": name, "target": str(target)})
        return service

    def volumes(self, given: Part) -> Iterator[Part]:
        for mount in given.get("volumes", []):
            if mount["type"] == "volume":
                yield pick(mount, "type", "source", "target", "read_only")
        for entry in given.get("tmpfs", []):
            yield {"type": "tmpfs", "target": entry.partition(":")[0]}
        if "shm_size" in given:
            yield {"type": "tmpfs", "target": "/dev/shm", "tmpfs": {"size": int(given["shm_size"])}}  # noqa: S108

    def secret(self, source: Path, target: Path, user: str, mode: int) -> Part:
        uid, _, gid = user.partition(":")
        return {
            "source": self.note(self.secrets, source, target),
            "target": str(target),
            "uid": uid,
            "gid": gid or uid,
            "mode": mode,
        }

    @staticmethod
    def note(kind: Part, source: Path, target: Path) -> str:
        # With its place: of two with one name the order would change, and with it the service.
        content = hashlib.sha256(bytes(target) + b"\0" + source.read_bytes()).hexdigest()[:12]
        name = f"{re.sub('[^a-z0-9]+', '-', source.name.lower())[:20]}-{content}"
        kind[name] = {"file": str(source)}
        return name


def files(given: Part) -> dict[Path, Path]:
    """Where the service finds each mounted file, and where it is; without the commands of this checkout."""
    found: dict[Path, Path] = {}
    for mount in given.get("volumes", []):
        if mount["type"] == "bind":
            folder = Path(mount["source"])
            inside = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
            found |= {Path(mount["target"]) / path: folder / path for path in inside if path.parts[0] != "dev"}
    return found


def pick(part: Part, *names: str) -> Part:
    return {name: part[name] for name in names if part.get(name) is not None}


main()
