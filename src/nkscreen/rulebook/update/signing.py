"""Ed25519 signatures over the manifest of a pack (RFC 8032), with keys as PEM files that openssl reads as well.

What is signed is the manifest's bytes behind a line that says what they are, so that a signature made for anything
else is never one of a pack. The library for it (`cryptography`) is an extra, and looked for only when it is needed.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import Field

from nkscreen.errors import InputError
from nkscreen.rulebook.rule import Strict

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

CONTEXT: Final = b"nkscreen/manifest@1\n"
MISSING: Final = "signatures need the library cryptography: pip install 'nkscreen[sign]'"


class Signature(Strict):
    """What the signature file of a pack holds. `key_id` is for finding the key; it proves nothing."""

    schema_: Literal["nkscreen/signature@1"] = Field(default="nkscreen/signature@1", alias="schema")
    algorithm: Literal["ed25519"] = "ed25519"
    key_id: str = Field(pattern=r"^[0-9a-f]{16}$")
    signature: str = Field(pattern=r"^[A-Za-z0-9+/]{86}==$")


def sign(message: bytes, key: Path) -> Signature:
    """Sign with a private key (PEM, PKCS #8, without a passphrase). The same message and key give the same signature.

    Raises:
        InputError: the file is no such key, or the extra is not installed.
    """
    private = _private(key)
    signed = base64.b64encode(private.sign(CONTEXT + message)).decode()
    return Signature(key_id=_key_id(private.public_key()), signature=signed)


def is_signed_by(message: bytes, signature: Signature, key: Path) -> bool:
    """Whether the signature is the one that the holder of this public key (PEM) made over the message.

    Raises:
        InputError: the file is no public key, or the extra is not installed.
    """
    public = _public(key)
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  an extra, which is there once a key is read

    try:
        public.verify(base64.b64decode(signature.signature), CONTEXT + message)
    except InvalidSignature:
        return False
    return True


def key_id(key: Path) -> str:
    """Sixteen hexadecimal digits that name a public key: the beginning of the SHA-256 of its 32 bytes."""
    return _key_id(_public(key))


def make_keys(private: Path, public: Path) -> str:
    """Write a new pair of keys and give its id. The private file is readable by its owner only.

    Raises:
        InputError: a file is there already or cannot be written, or the extra is not installed.
    """
    crypto = _crypto()
    key = crypto.ed25519.Ed25519PrivateKey.generate()
    coding = crypto.serialization
    secret = key.private_bytes(coding.Encoding.PEM, coding.PrivateFormat.PKCS8, coding.NoEncryption())
    shown = key.public_key().public_bytes(coding.Encoding.PEM, coding.PublicFormat.SubjectPublicKeyInfo)
    for path, mode, data in ((private, 0o600, secret), (public, 0o644, shown)):
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError:
            raise InputError(
                "is there already; a key is never overwritten, choose another name", file=str(path)
            ) from None
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", file=str(path)) from None
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    return _key_id(key.public_key())


class _Crypto:
    """The parts of the extra that are used here."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  an extra
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415  an extra

        self.serialization, self.ed25519 = serialization, ed25519


def _crypto() -> _Crypto:
    try:
        return _Crypto()
    except ImportError:
        raise InputError(MISSING) from None


def _key_id(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def _private(path: Path) -> Ed25519PrivateKey:
    crypto = _crypto()
    found: Any = _load(path, lambda data: crypto.serialization.load_pem_private_key(data, password=None), "private")
    if not isinstance(found, crypto.ed25519.Ed25519PrivateKey):
        raise InputError("is no Ed25519 private key; make one with `nkscreen rules keygen`", file=str(path))
    key: Ed25519PrivateKey = found
    return key


def _public(path: Path) -> Ed25519PublicKey:
    crypto = _crypto()
    found: Any = _load(path, crypto.serialization.load_pem_public_key, "public")
    if not isinstance(found, crypto.ed25519.Ed25519PublicKey):
        raise InputError("is no Ed25519 public key; ask the publisher of the pack for it", file=str(path))
    key: Ed25519PublicKey = found
    return key


def _load(path: Path, read: Any, kind: str) -> Any:
    try:
        return read(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(path)) from None
    except TypeError:
        raise InputError(
            "is protected by a passphrase; decrypt it first (openssl pkey -in ... -out ...)", file=str(path)
        ) from None
    except Exception as error:  # noqa: BLE001  the library has one class of its own for every way a file can be wrong
        raise InputError(f"holds no {kind} key in PEM form ({error})", file=str(path)) from None
