"""docker-compose.yml: read by Docker Compose itself, and held to what a deployment needs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.brokers import KAFKA_VERSION
from tests.deploy.files import (
    COMPOSE_FILE,
    ROOT,
    compose,
    health_command,
    image_environment,
    own_services,
    services,
    tool,
)
from worker.cli import build_parser
from worker.settings import Settings

if TYPE_CHECKING:
    from typing import Any

SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|CREDENTIAL", re.IGNORECASE)


def test_docker_compose_accepts_the_file() -> None:
    assert set(services()) >= {"kafka", "topics", "worker", "feed", "prometheus"}


def test_docker_compose_refuses_what_its_schema_does_not_know(tmp_path: Path) -> None:
    broken = tmp_path / "docker-compose.yml"
    text = COMPOSE_FILE.read_text("utf-8").replace("    image: apache/kafka", "    imago: apache/kafka")
    broken.write_text(text, "utf-8")
    run = subprocess.run(
        [tool("docker-compose"), "--file", str(broken), "config", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode != 0
    assert "imago" in run.stderr


def test_images_are_named_with_a_version() -> None:
    foreign = {name: service["image"] for name, service in services().items() if "build" not in service}
    assert {
        name: image for name, image in foreign.items() if not re.search(r":v?\d+\.\d+\.\d+$", image)
    } == {}


def test_what_is_published_is_bound_to_the_loopback_address() -> None:
    published = [(name, port) for name, service in services().items() for port in service.get("ports", [])]
    assert published
    assert [name for name, port in published if port.get("host_ip") != "127.0.0.1"] == []


def test_no_secret_stands_in_the_file() -> None:
    named = [
        f"{name}.{variable}"
        for name, service in services().items()
        for variable, value in service.get("environment", {}).items()
        if SECRET.search(variable) and value
    ]
    assert named == []


def test_every_service_says_what_happens_when_it_ends() -> None:
    restart = {name: service.get("restart", "") for name, service in services().items()}
    assert {name for name, policy in restart.items() if policy == "unless-stopped"} == {
        "kafka",
        "worker",
        "alerts",
        "prometheus",
    }
    assert all(restart[name].startswith("on-failure:") for name in ("topics", "feed"))


def test_every_lasting_service_is_watched() -> None:
    lasting = [name for name, service in services().items() if service["restart"] == "unless-stopped"]
    unwatched = [name for name in lasting if health_command(services()[name]) is None]
    assert unwatched == ["alerts"]  # a reader: nothing waits for it


def test_who_waits_for_health_waits_for_a_service_that_has_a_check() -> None:
    for name, service in services().items():
        for other, wait in service.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                assert health_command(services()[other]) is not None, f"{name} waits for {other} in vain"
            if wait["condition"] == "service_completed_successfully":
                assert services()[other]["restart"] != "unless-stopped", f"{other} never completes for {name}"


def test_topics_are_there_before_anything_reads_or_writes_them() -> None:
    def before(name: str) -> set[str]:
        direct = set(services()[name].get("depends_on", {}))
        return direct.union(*(before(other) for other in direct))

    assert all("topics" in before(name) for name in own_services() if name != "topics")
    assert "kafka" in before("topics")


@pytest.mark.parametrize("name", ["alerts", "feed", "topics", "worker"])
def test_the_command_of_a_service_is_one_that_exists(name: str) -> None:
    arguments = build_parser().parse_args(own_services()[name]["command"])
    assert arguments.command


@pytest.mark.parametrize("name", ["alerts", "feed", "topics", "worker"])
def test_the_environment_of_a_service_makes_valid_settings(name: str) -> None:
    settings = Settings.from_environ(image_environment() | own_services()[name]["environment"])
    kafka = services()["kafka"]["environment"]
    assert f"//{settings.brokers[0]}," in kafka["KAFKA_ADVERTISED_LISTENERS"]


@pytest.mark.parametrize("name", ["alerts", "feed", "topics", "worker"])
def test_our_services_have_no_more_rights_than_they_need(name: str) -> None:
    service = own_services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


def test_files_that_are_mounted_exist() -> None:
    mounted = [
        Path(volume["source"])
        for service in services().values()
        for volume in service.get("volumes", [])
        if volume["type"] == "bind"
    ]
    assert mounted
    assert [path for path in mounted if not path.exists()] == []


def test_the_worker_has_time_to_stop() -> None:
    grace = re.fullmatch(r"(\d+)s", services()["worker"]["stop_grace_period"])
    assert grace
    assert int(grace[1]) > Settings().shutdown_timeout


def test_every_topic_of_one_node_asks_for_one_copy() -> None:
    environment = services()["kafka"]["environment"]
    copies = {key: value for key, value in environment.items() if key.endswith(("FACTOR", "MIN_ISR"))}
    assert len(copies) > 3
    assert set(copies.values()) == {"1"}


def test_the_kafka_that_is_deployed_is_the_kafka_that_is_tested() -> None:
    assert services()["kafka"]["image"] == f"apache/kafka:{KAFKA_VERSION}"


def test_prometheus_scrapes_every_worker() -> None:
    config: dict[str, Any] = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text("utf-8"))
    job = next(job for job in config["scrape_configs"] if job["job_name"] == "trucewatch")
    (names,) = job["dns_sd_configs"]
    environment = image_environment() | services()["worker"]["environment"]
    settings = Settings.from_environ(environment)
    assert names["names"] == ["worker"]
    assert names["port"] == settings.web_port
    assert settings.web_host == "0.0.0.0"  # noqa: S104 - inside its container
    assert compose()["services"]["worker"].get("ports") is None  # a fixed port would forbid `--scale`
