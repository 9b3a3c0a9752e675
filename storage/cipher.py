"""What a cycle's key does: opaque names for who wrote about whom, and content that only the key opens."""

from __future__ import annotations

import hmac
import secrets
import zlib
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.columns import from_json, to_json
from storage.keys import KeyMissing

SIZES = (4 << 10, 16 << 10, 64 << 10)
"""Bytes of kept content. Nearly every review takes the first, so that its size says nothing about its length."""

NONCE, LENGTH = 12, 4
LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True, slots=True)
class Cipher:
    """One cycle's keys: one for names, one for content, both derived from the one in the file."""

    naming: bytes
    locking: AESGCM

    @classmethod
    def of(cls, key: bytes) -> Cipher:
        return cls(_derived(key, b"names"), AESGCM(_derived(key, b"content")))

    def name(self, what: str, *parts: object) -> str:
        """An opaque name (HMAC-SHA256, 128 bits of it) for a thing of the kind `what`; letters, so never a number."""
        digest = hmac.digest(self.naming, to_json([what, *parts]).encode(), "sha256")
        return digest[:16].hex().translate(LETTERS)

    def lock(self, content: Any, where: str) -> bytes:
        """The content (plain JSON) encrypted and padded; it opens only `where` it was kept."""
        plain = zlib.compress(to_json(content).encode())
        size = padded(LENGTH + len(plain))
        nonce = secrets.token_bytes(NONCE)
        whole = (len(plain).to_bytes(LENGTH, "big") + plain).ljust(size, b"\0")
        return nonce + self.locking.encrypt(nonce, whole, where.encode())

    def open(self, kept: bytes, where: str) -> Any:
        """What `lock` was given. KeyMissing when it was another key's."""
        try:
            whole = self.locking.decrypt(kept[:NONCE], kept[NONCE:], where.encode())
        except InvalidTag:
            raise KeyMissing from None
        length = int.from_bytes(whole[:LENGTH], "big")
        return from_json(zlib.decompress(whole[LENGTH : LENGTH + length]).decode())


def padded(size: int) -> int:
    """The size that something of `size` bytes is brought to: the first that holds it, then whole 64 KB."""
    largest = SIZES[-1]
    return next((known for known in SIZES if size <= known), -(-size // largest) * largest)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"perfloop/" + purpose).derive(key)
