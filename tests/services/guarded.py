"""How a broker is guarded: what it demands of clients, and who may come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.services.certificates import certify

if TYPE_CHECKING:
    from pathlib import Path

MODULE = "org.apache.kafka.common.security"


@dataclass(frozen=True, slots=True)
class Guarded:
    """A broker's demands; its certificates lie in its folder (tests/services/certificates.py)."""

    protocol: str = "PLAINTEXT"  # or SSL, SASL_PLAINTEXT, SASL_SSL
    mechanism: str = "SCRAM-SHA-512"  # or SCRAM-SHA-256, PLAIN
    user: str = "hedgerow"
    password: str = "made up; with = and blanks"  # noqa: S105 - of a broker of one test
    mutual: bool = False  # a client must show a certificate, too

    def configuration(self, folder: Path) -> str:
        """Say it as server.properties does, and make the certificates that takes."""
        lines: list[str] = []
        if self.protocol.endswith("SSL"):
            certify(folder)
            lines += [
                "ssl.keystore.type=PEM",
                f"ssl.keystore.location={folder}/server.pem",
                "ssl.truststore.type=PEM",
                f"ssl.truststore.location={folder}/authority.pem",
                f"ssl.client.auth={'required' if self.mutual else 'none'}",
            ]
        if self.protocol.startswith("SASL"):
            prefix = f"listener.name.client.{self.mechanism.lower()}.sasl.jaas.config"
            lines += [f"sasl.enabled.mechanisms={self.mechanism}", f"{prefix}={self._login()}"]
        return "\n".join([*lines, ""])

    def scram(self) -> list[str]:
        """Say who may come, for `StorageTool format`."""
        if self.protocol.startswith("SASL") and self.mechanism.startswith("SCRAM"):
            who = f'{self.mechanism}=[name="{self.user}",password="{self.password}"]'
            return ["--add-scram", who]
        return []

    def settings(self, folder: Path) -> dict[str, str]:
        """Say under [broker] what a client has to, with its secrets in files of the folder."""
        given = {"protocol": self.protocol.lower()}
        if self.protocol.endswith("SSL"):
            given["authority_file"] = f"{folder}/authority.pem"
            if self.mutual:
                given["certificate_file"] = f"{folder}/client.pem"
                given["key_file"] = f"{folder}/client.key"
        if self.protocol.startswith("SASL"):
            (folder / "password").write_text(self.password)
            given |= {"mechanism": self.mechanism, "user": self.user}
            given["password_file"] = f"{folder}/password"
        return given

    def _login(self) -> str:
        if self.mechanism == "PLAIN":
            who = f'user_{self.user}="{self.password}"'
            return f"{MODULE}.plain.PlainLoginModule required {who};"
        return f"{MODULE}.scram.ScramLoginModule required;"


OPEN = Guarded()
