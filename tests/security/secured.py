"""Real Kafka that lets in nobody but SCRAM users over TLS, and the certificates that it takes."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import subprocess
from typing import TYPE_CHECKING

from tests.brokers import RealKafka, cluster_id
from worker.settings import SaslMechanism, SecurityProtocol
from worker.tools.clients import BrokerError, admin_client
from worker.tools.embedded import free_port

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from worker.settings import Settings

USER, PASSWORD = "desk", "pw-3f9c1b7e-never-print-me"
KEY_PASSWORD = "kp-77aa41d0-never-print-me"  # noqa: S105 - of a key that lives as long as the test
MECHANISMS = (SaslMechanism.SCRAM_SHA_256, SaslMechanism.SCRAM_SHA_512)


def make_authority(home: Path, name: str) -> Path:
    """A certificate authority; gives the file of its certificate, its key lies beside it."""
    certificate = home / f"{name}.pem"
    _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
             "-keyout", str(home / f"{name}.key"), "-out", str(certificate))  # fmt: skip
    return certificate


def make_certificate(
    home: Path, name: str, *, authority: str, names: str, password: str | None = None
) -> Path:
    """A certificate for `names` signed by an authority of `make_authority`; its key lies beside it."""
    key, request, certificate = home / f"{name}.key", home / f"{name}.csr", home / f"{name}.pem"
    secret = ["-nodes"] if password is None else ["-passout", f"pass:{password}"]
    _openssl("req", "-newkey", "rsa:2048", *secret, "-subj", f"/CN={name}",
             "-keyout", str(key), "-out", str(request))  # fmt: skip
    extensions = home / f"{name}.ext"
    extensions.write_text(f"subjectAltName={names}\n", encoding="ascii")
    _openssl("x509", "-req", "-in", str(request), "-CA", str(home / f"{authority}.pem"),
             "-CAkey", str(home / f"{authority}.key"), "-CAcreateserial", "-days", "2",
             "-extfile", str(extensions), "-out", str(certificate))  # fmt: skip
    return certificate


def _openssl(*arguments: str) -> None:
    tool = shutil.which("openssl")
    assert tool is not None
    subprocess.run([tool, *arguments], check=True, capture_output=True, timeout=60)


class SecuredKafka(RealKafka):
    """One node whose only listener for clients is SASL_SSL; it talks to itself on a port of its own."""

    def __init__(self, home: Path, *, names: str = "IP:127.0.0.1,DNS:localhost", **settings: str) -> None:
        """`names` stand in its certificate; certificates are made in `home`."""
        super().__init__(**settings)
        self.ca_file = make_authority(home, "authority")
        certificate = make_certificate(home, "broker", authority="authority", names=names)
        self._store = home / "broker-store.pem"
        self._store.write_text(
            certificate.with_suffix(".key").read_text() + certificate.read_text(), encoding="ascii"
        )
        self._internal = free_port()

    def settings(self, plain: Settings, **changes: object) -> Settings:
        """The same settings with what this broker asks for."""
        wanted: dict[str, object] = {
            "brokers": (self.address,),
            "security_protocol": SecurityProtocol.SASL_SSL,
            "sasl_mechanism": SaslMechanism.SCRAM_SHA_512,
            "sasl_username": USER,
            "sasl_password": PASSWORD,
            "ssl_ca_file": self.ca_file,
        }
        return dataclasses.replace(plain, **{**wanted, **changes})  # type: ignore[arg-type]

    def _configure(self) -> None:
        settings = {**self._defaults(), **self._overrides}
        text = "".join(f"{name}={value}\n" for name, value in settings.items())
        self._properties.write_text(text, encoding="utf-8")
        users = [
            word
            for mechanism in MECHANISMS
            for word in ("--add-scram", f"{mechanism.value}=[name={USER},password={PASSWORD}]")
        ]
        tool = [
            "kafka.tools.StorageTool",
            "format",
            "--standalone",
            "-t",
            cluster_id(),
            "-c",
            str(self._properties),
        ]
        subprocess.run(
            [*self._java(), *tool, *users], check=True, timeout=60, capture_output=True, cwd=self._home
        )

    def _defaults(self) -> Mapping[str, str]:
        ours, theirs, internal = self._port, self._controller, self._internal
        listeners = (
            f"SASL_SSL://127.0.0.1:{ours},INTERNAL://127.0.0.1:{internal},CONTROLLER://127.0.0.1:{theirs}"
        )
        login = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
        return {
            **super()._defaults(),
            "listeners": listeners,
            "advertised.listeners": listeners,
            "inter.broker.listener.name": "INTERNAL",
            "listener.security.protocol.map": "SASL_SSL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms": ",".join(MECHANISMS),
            **{
                f"listener.name.sasl_ssl.{mechanism.value.lower()}.sasl.jaas.config": login
                for mechanism in MECHANISMS
            },
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(self._store),
        }

    def _answers(self) -> bool:
        from tests.integration.harness import settings_on  # noqa: PLC0415 - the harness imports brokers

        mine = self.settings(settings_on(self.address, embedded=False), ssl_check_hostname=False)
        with contextlib.suppress(BrokerError, OSError):
            admin_client(mine).close()
            return True
        return False
