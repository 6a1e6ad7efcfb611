"""The sandbox's own crypto against the protocol's vectors, in both directions."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.crypto import BadEnvelope, Sealer
from tests.sandbox import vectors as v

SEALER = Sealer(v.TOKEN, v.AES_KEY, v.RECEIVE_ID)


@pytest.mark.parametrize(
    ("plain", "encrypted", "signature"),
    [
        (v.V1_PLAIN, v.V1_ENCRYPTED, v.V1_SIGNATURE),
        (v.V2_PLAIN, v.V2_ENCRYPTED, v.V2_SIGNATURE),
        ("<xml/>", *v.N0),
    ],
    ids=["V1", "V2", "N0"],
)
def test_a_vector_is_sealed_signed_and_opened_to_the_letter(plain, encrypted, signature):
    assert SEALER.seal(plain, v.SALT) == encrypted
    assert SEALER.sign(v.TIMESTAMP, v.NONCE, encrypted) == signature
    assert SEALER.open(signature, v.TIMESTAMP, v.NONCE, encrypted) == plain


@pytest.mark.parametrize("fault", v.REFUSED)
def test_a_rightly_signed_but_corrupt_vector_is_refused(fault):
    encrypted, signature = v.REFUSED[fault]
    assert SEALER.sign(v.TIMESTAMP, v.NONCE, encrypted) == signature
    with pytest.raises(BadEnvelope):
        SEALER.open(signature, v.TIMESTAMP, v.NONCE, encrypted)


def test_a_wrong_signature_is_refused_before_anything_is_decrypted():
    with pytest.raises(BadEnvelope, match="MsgSignature"):
        SEALER.open(v.V1_SIGNATURE, v.TIMESTAMP, "another", v.V1_ENCRYPTED)


@given(st.text(max_size=300))
def test_whatever_is_sealed_opens_to_the_same_text(text):
    encrypted = SEALER.seal(text)
    assert SEALER.open(SEALER.sign("1", "2", encrypted), "1", "2", encrypted) == text


@given(st.binary(max_size=200))
def test_no_bytes_from_outside_raise_anything_but_a_refusal(junk):
    for encrypted in (base64.b64encode(junk).decode(), junk.decode("latin-1")):
        with pytest.raises(BadEnvelope):
            SEALER.open(SEALER.sign("1", "2", encrypted), "1", "2", encrypted)


@pytest.mark.parametrize("key", ["", "short", v.AES_KEY + "=", v.AES_KEY[:-1] + "-"])
def test_a_key_that_is_not_43_letters_or_digits_is_refused(key):
    with pytest.raises(ValueError, match="43"):
        Sealer(v.TOKEN, key, v.RECEIVE_ID)
