"""A security key in software: makes a credential and signs, as a browser would hand it on."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

_HERE = AuthenticatorData.FLAG.USER_PRESENT | AuthenticatorData.FLAG.USER_VERIFIED


class SecurityKey:
    def __init__(self, host: str = "testserver") -> None:
        self.origin = f"http://{host}"
        self._rp = hashlib.sha256(host.encode()).digest()
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(16)
        self._count = 0

    def create(self, challenge: str) -> dict[str, Any]:
        """Answer what a page asks to add a key."""
        # ES256 by its numbers, as COSE writes a key of this curve.
        numbers = self._key.public_key().public_numbers()
        public = ES256(
            {
                1: 2,
                3: -7,
                -1: 1,
                -2: numbers.x.to_bytes(32, "big"),
                -3: numbers.y.to_bytes(32, "big"),
            }
        )
        made = AttestedCredentialData.create(Aaguid.NONE, self._id, public)
        data = AuthenticatorData.create(
            self._rp, _HERE | AuthenticatorData.FLAG.ATTESTED, 0, bytes(made)
        )
        return self._envelope(
            clientDataJSON=self._client_data("webauthn.create", challenge),
            attestationObject=bytes(AttestationObject.create("none", data, {})),
        )

    def get(self, challenge: str) -> dict[str, Any]:
        """Answer what a page asks to let somebody in."""
        self._count += 1
        client = self._client_data("webauthn.get", challenge)
        data = bytes(AuthenticatorData.create(self._rp, _HERE, self._count))
        signed = data + hashlib.sha256(client).digest()
        return self._envelope(
            clientDataJSON=client,
            authenticatorData=data,
            signature=self._key.sign(signed, ec.ECDSA(hashes.SHA256())),
        )

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _envelope(self, **response: bytes) -> dict[str, Any]:
        return {
            "type": "public-key",
            "id": websafe_encode(self._id),
            "rawId": websafe_encode(self._id),
            "clientExtensionResults": {},
            "response": {name: websafe_encode(value) for name, value in response.items()},
        }
