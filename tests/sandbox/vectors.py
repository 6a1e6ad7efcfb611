"""The protocol's own test vectors (wecom §3.4)."""

TOKEN = "SimToken2026"
AES_KEY = "Q0hJTkFTSU1VTEFUT1JLRVlGT1JURVNUMTIzNDU2Nzg"
RECEIVE_ID = "wwsim00000000000001"
SALT = b"0123456789abcdef"
TIMESTAMP = "1767225600"
NONCE = "n0nce4sim"

V1_PLAIN = "6812345678901234567"
V1_ENCRYPTED = "d5+zEGYOausPZR0fQyLyFPkwF30vKiDYkrABJi07pT6fHWRwPivOUbeaBbOYF2HyA1HuAsbkj0Ylipiceo46+A=="
V1_SIGNATURE = "d06d84997307fb7deb174b3102adb029ddf3ebf6"

V2_PLAIN = (
    "<xml><ToUserName><![CDATA[wwsim00000000000001]]></ToUserName>"
    "<FromUserName><![CDATA[ChenMingyue]]></FromUserName><CreateTime>1767225600</CreateTime>"
    "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[承诺 每月走访两户]]></Content>"
    "<MsgId>7460000000000000001</MsgId><AgentID>1000002</AgentID></xml>"
)
V2_ENCRYPTED = (
    "d5+zEGYOausPZR0fQyLyFMkgJRfDKDxfbK5riMm3AjzEpjm3hfQif0CdjFxIdr4jfyIHMmpbmDR67S2Iw0Zg5hgSxwN8S+1rlOI/v9d/"
    "dYGhWsQV8V0Iuq+ANY9Mtfjj9bKJxZBBftUulU6SJNWBo+BG0H3OsdhZB9tI8yE3iPdvKdTURQ7b7QLOfWseWV6xFkdDR1VTslEaRd5z"
    "g6Na0trqTGPgRps4MEHDIRJn2qdC9TPVc0hAym17NvClqwjH4Yox77st7FmeqBfMA1EZzjFGv3Se9wDwhMVsVmkS9iCjPFFneSvehEL/"
    "+y81nZVpmRxBPBU2oPe1JaV/+1OJTpvFIVhuxHdAr8kfiaZzxqUP3zTQK3slNGEE/qd9TbROHahqBWn4X63M5zDNTX98TqndtLY8THlc"
    "yll84irtP4r9fddiwvgVER8tOsoIOcpHD0tTOdFoot5ZX8NMEI6WOA=="
)
V2_SIGNATURE = "e35804942c1cb49720b25455f710062f3ad7efe0"

N0 = (
    "d5+zEGYOausPZR0fQyLyFEGMx8VV/Jp8cjPkulkTE8LNQT3HEoWEVfv0CoFhtrygXMpKfm7yoqyCP/4Z8vGLaw==",
    "a0aa9f1e3590bba9a182590b1b7bd862ef76bdb0",
)
REFUSED = {
    "N1 foreign receiveid": (
        "d5+zEGYOausPZR0fQyLyFIKGQDwDYQ6DTQZU1/l6hLAVdZgQQLLdmcCOY7g49MoQr0ivuvnoo8kp2PP3xQGuoA==",
        "271bfd0ce46a4ae01bcb0bf2fe018ad17c360972",
    ),
    "N2 corrupt padding": (
        "d5+zEGYOausPZR0fQyLyFEGMx8VV/Jp8cjPkulkTE8LNQT3HEoWEVfv0CoFhtrygqgRMxgd1VfeyxqXgCVYxkg==",
        "324c3b22c2b6e392e3156661171cb349e1c92a74",
    ),
    "N3 absurd length": (
        "d5+zEGYOausPZR0fQyLyFPiW0K4PsohCTAEi1PEBTl5Q1brKwSANa/XSurt+DQljuqJodiX254ETQ5qJWdNgjA==",
        "61aa95e43a66acfff7fa8b356243202339bb2b43",
    ),
    "N4 not UTF-8": (
        "d5+zEGYOausPZR0fQyLyFLchs30WXOvqdqmDvn8/cgLytgjZgRSL98772BWH6tbFt2ZB+J4kSSMvf+GjuYZygA==",
        "3d04c717f41685653d9e9f9b6780c755dbb254dd",
    ),
}
