"""The gate lets in what WeCom sealed and refuses all else, whatever bytes arrive."""

from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise import WeChatCrypto

from bot.channels.base import Rejected
from bot.channels.wecom import Gate, WeComChannel
from tests.channels.vectors import (
    AES_KEY,
    CHANNEL,
    CORP,
    GATE,
    N0,
    NONCE,
    RECEIVED,
    SALT,
    TIMESTAMP,
    TOKEN,
    UNACCEPTABLE,
    V1,
    V1_PLAIN,
    V2,
    V2_PLAIN,
    Sealed,
    envelope,
    sealed,
    signed,
)

KEY = base64.b64decode(AES_KEY + "=")
ORACLE = WeChatCrypto(TOKEN, AES_KEY, CORP)


def encrypt(packed: bytes) -> str:
    """Raw AES, so that a test decides on the padding and the length field itself."""
    work = Cipher(algorithms.AES(KEY), modes.CBC(KEY[:16])).encryptor()
    return base64.b64encode(work.update(packed) + work.finalize()).decode()


def packed(message: bytes, length: int | None = None, receive_id: str = CORP) -> bytes:
    size = len(message) if length is None else length
    return SALT + size.to_bytes(4, "big") + message + receive_id.encode()


def padded(packed: bytes, block: int = 32) -> bytes:
    pad = block - len(packed) % block
    return packed + bytes([pad]) * pad


def status(query: dict[str, str], body: bytes) -> int:
    """What the web would answer a callback."""
    try:
        CHANNEL.receive(query, body, RECEIVED)
    except Rejected as rejected:
        return rejected.status
    return 200


def test_the_check_of_the_url_is_answered_with_the_plain_text():
    assert CHANNEL.challenge(V1.query() | {"echostr": V1.encrypted}) == V1_PLAIN


def test_a_message_sealed_elsewhere_is_opened():
    assert GATE.open(V2.signature, TIMESTAMP, NONCE, V2.encrypted) == V2_PLAIN
    assert GATE.open(N0.signature, TIMESTAMP, NONCE, N0.encrypted) == "<xml/>"


def test_sealing_gives_the_bytes_that_others_give():
    assert GATE.seal(V2_PLAIN, SALT) == V2.encrypted
    assert GATE.sign(TIMESTAMP, NONCE, V2.encrypted) == V2.signature


def test_the_same_text_is_never_sealed_twice_alike():
    assert GATE.seal(V2_PLAIN) != GATE.seal(V2_PLAIN)


@pytest.mark.parametrize("fault", UNACCEPTABLE)
def test_a_rightly_signed_message_with_a_fault_inside_is_refused(fault):
    assert status(UNACCEPTABLE[fault].query(), UNACCEPTABLE[fault].body()) == 403


BODIES_BEFORE_THE_SIGNATURE = {
    "empty": b"",
    "JSON": b'{"Encrypt": "x"}',
    "malformed": b"<xml><Encrypt>",
    "NUL": b"<xml>\0</xml>",
    "HTML": b"<html><body>hello</body></html>",
    "another root": b"<a><Encrypt>x</Encrypt></a>",
    "no Encrypt": b"<xml><ToUserName>x</ToUserName></xml>",
    "nothing in it": b"<xml/>",
    "only text": b"<xml>text</xml>",
    "empty Encrypt": envelope(""),
    "not UTF-8": b"<xml><Encrypt>\xff\xfe</Encrypt></xml>",
    "another encoding": "<?xml version='1.0' encoding='utf-16'?><xml><Encrypt>x</Encrypt></xml>".encode(
        "utf-16"
    ),
    "unknown encoding": b"<?xml version='1.0' encoding='x-none'?><xml><Encrypt></Encrypt></xml>",
    "DTD": b"<!DOCTYPE xml [<!ELEMENT xml ANY>]><xml><Encrypt>x</Encrypt></xml>",
    "entity bomb": b'<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>',
    "file entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>',
    "undeclared entity": b"<xml><Encrypt>&e;</Encrypt></xml>",
}


@pytest.mark.parametrize("name", BODIES_BEFORE_THE_SIGNATURE)
def test_a_body_that_is_no_envelope_is_a_bad_request(name):
    assert status(V2.query(), BODIES_BEFORE_THE_SIGNATURE[name]) == 400


@pytest.mark.parametrize("name", ["msg_signature", "timestamp", "nonce"])
def test_a_missing_parameter_is_a_bad_request(name):
    query = V2.query()
    del query[name]
    assert status(query, V2.body()) == 400
    assert status(query | {name: ""}, V2.body()) == 400


def test_a_check_of_the_url_without_its_text_is_a_bad_request():
    with pytest.raises(Rejected) as refused:
        CHANNEL.challenge(V1.query())
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "signature", ["0" * 40, V2.signature.upper(), V2.signature[:-1], "签名", "None", "\udc80"]
)
def test_a_wrong_signature_is_refused(signature):
    assert status(V2.query() | {"msg_signature": signature}, V2.body()) == 403


@pytest.mark.parametrize("change", [{"timestamp": "1767225601"}, {"nonce": "other"}, {"nonce": "暗号"}])
def test_a_signature_for_another_request_is_refused(change):
    assert status(V2.query() | change, V2.body()) == 403


def test_of_two_cipher_texts_only_the_signed_first_one_counts():
    twice = envelope(N0.encrypted).replace(b"</xml>", f"<Encrypt>{V2.encrypted}</Encrypt></xml>".encode())
    assert status(V2.query(), twice) == 403


@pytest.mark.parametrize("age", ["0", "1", "9999999999", "-5", "yesterday"])
def test_a_callback_is_not_refused_for_its_age(age):
    query = V2.query() | {"timestamp": age, "msg_signature": GATE.sign(age, NONCE, V2.encrypted)}
    assert status(query, V2.body()) == 200


RIGHTLY_SIGNED = {
    "not Base64": "!!!!",
    "Base64 without its end": "abc",
    "not ASCII": "密文",
    "line break": V2.encrypted[:64] + "\n" + V2.encrypted[64:],
    "not a whole block": base64.b64encode(b"x" * 33).decode(),
    "half a block": base64.b64encode(b"x" * 16).decode(),
    "only padding": encrypt(bytes([32]) * 32),
    "too short after unpadding": encrypt(padded(b"short")),
    "pad byte nought": encrypt(packed(b"<xml/>")[:63].ljust(63) + b"\0"),
    "pad byte above 32": encrypt(packed(b"<xml/>").ljust(64, b"\x21")),
    "thirty-three pad bytes": encrypt(packed(b"<xml/>" + b" " * 18) + b"\x21" * 33),
    "padding to 16": encrypt(padded(packed(b"<xml/>" + b" " * 28), 16)),
    "length too small": encrypt(padded(packed(b"<xml/>", length=5))),
    "length too large": encrypt(padded(packed(b"<xml/>", length=7))),
    "no receive id": encrypt(padded(packed(b"<xml/>", receive_id=""))),
    "a longer receive id": encrypt(padded(packed(b"<xml/>", receive_id=CORP + "1"))),
}


@pytest.mark.parametrize("name", RIGHTLY_SIGNED)
def test_a_rightly_signed_cipher_text_that_cannot_be_opened_is_refused(name):
    encrypted = RIGHTLY_SIGNED[name]
    assert status(signed(encrypted).query(), envelope(encrypted)) == 403


def test_a_body_of_a_mebibyte_is_read_and_a_byte_more_is_too_large():
    space = b" " * ((1 << 20) - len(V2.body()))
    assert status(V2.query(), V2.body() + space) == 200
    assert status(V2.query(), V2.body() + space + b" ") == 413


@pytest.mark.parametrize("inside", ["", "hello", "<html/>", "<xml>", "<!DOCTYPE xml><xml/>", "<xml>\0</xml>"])
def test_an_authentic_message_that_is_not_xml_is_a_bad_request(inside):
    one = sealed(inside)
    assert status(one.query(), one.body()) == 400


def test_seventy_thousand_tags_inside_one_another_do_no_harm():
    deep = b"<xml>" + b"<a>" * 70_000 + b"</a>" * 70_000 + b"</xml>"
    assert status(V2.query(), deep) == 400


@pytest.mark.parametrize(
    "key", ["", "short", AES_KEY + " ", AES_KEY + "=", AES_KEY[:-1] + "-", AES_KEY + "\n"]
)
def test_a_wrong_key_is_refused_at_the_start(key):
    with pytest.raises(ValueError, match="EncodingAESKey"):
        Gate(TOKEN, key, CORP)


@pytest.mark.parametrize(("token", "receive_id"), [("", CORP), ("令牌", CORP), (TOKEN, "")])
def test_empty_secrets_are_refused_at_the_start(token, receive_id):
    with pytest.raises(ValueError):
        Gate(token, AES_KEY, receive_id)


def test_without_a_gate_no_callback_is_accepted():
    with pytest.raises(Rejected) as refused:
        WeComChannel().receive(V2.query(), V2.body(), RECEIVED)
    assert refused.value.status == 403


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_we_seal_the_library_opens(text):
    one = sealed(text)
    body = envelope(one.encrypted)
    assert ORACLE.decrypt_message(body, one.signature, TIMESTAMP, NONCE) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_the_library_seals_we_open(text):
    assert GATE.open(*opened_envelope(ORACLE.encrypt_message(text, NONCE, TIMESTAMP))) == text


def opened_envelope(xml: str) -> tuple[str, str, str, str]:
    encrypted = xml.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
    signature = xml.partition("<MsgSignature><![CDATA[")[2].partition("]]>")[0]
    return signature, TIMESTAMP, NONCE, encrypted


@given(
    st.dictionaries(st.sampled_from(["msg_signature", "timestamp", "nonce", "echostr", "x"]), st.text()),
    st.binary(),
)
def test_random_requests_raise_nothing_but_rejected(query, body):
    for call in (lambda: CHANNEL.receive(query, body, RECEIVED), lambda: CHANNEL.challenge(query)):
        with suppress(Rejected):
            call()


@given(st.binary(max_size=400))
def test_random_cipher_texts_with_a_right_signature_are_refused(noise):
    one = signed(base64.b64encode(noise).decode())
    assert status(one.query(), one.body()) in {400, 403}


@given(st.text(max_size=80))
def test_random_envelopes_with_a_right_signature_are_refused(noise):
    encrypted = noise.encode(errors="replace").decode()
    one = Sealed(encrypted, GATE.sign(TIMESTAMP, NONCE, encrypted))
    assert status(one.query(), one.body()) in {400, 403}


@given(st.integers(32, 63), st.integers(1, 255))
def test_one_bent_byte_in_the_padding_or_the_receive_id_is_refused(place, bend):
    raw = bytearray(base64.b64decode(N0.encrypted))
    raw[place] ^= bend
    one = signed(base64.b64encode(raw).decode())
    assert status(one.query(), one.body()) == 403
