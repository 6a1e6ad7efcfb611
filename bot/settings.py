"""Settings from the environment or `.env`; the only reader of either. All faults are reported at once."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from bot import profiles

PREFIX = "XIESHI_"
WECOM_API = "https://qyapi.weixin.qq.com"
WECOM_LOGIN = "https://open.weixin.qq.com"
NAMES = (
    "HOME",
    "DATABASE_URL",
    "MEDIA_URL",
    "PUBLIC_URL",
    "SECRET_KEY",
    "PROFILE",
    "WECOM_CORP_ID",
    "WECOM_AGENT_ID",
    "WECOM_SECRET",
    "WECOM_TOKEN",
    "WECOM_AES_KEY",
    "WECOM_API_URL",
    "WECOM_OAUTH_URL",
    "METRICS_TOKEN",
)


class Faulty(Exception):
    """Settings that cannot work; `faults` are sentences, each naming its variable."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class WeComSettings:
    """One self-built app. The callback is on with token and AES key, sending with agent and secret."""

    corp_id: str = ""
    agent_id: int = 0
    secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    api_url: str = WECOM_API
    oauth_url: str = WECOM_LOGIN

    @property
    def receives(self) -> bool:
        return bool(self.corp_id and self.token and self.aes_key)

    @property
    def sends(self) -> bool:
        return bool(self.corp_id and self.agent_id and self.secret)

    @property
    def is_real(self) -> bool:
        """Whether sending goes to WeCom's own host."""
        return self.sends and _host(self.api_url) == _host(WECOM_API)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation decides outside its database (contract, Settings)."""

    home: Path
    database_url: str
    media_url: str
    public_url: str
    profile: str
    wecom: WeComSettings
    secret_key: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)

    @property
    def media(self) -> Path:
        """The folder in which photos lie."""
        return Path(self.media_url)


def load(environ: Mapping[str, str] | None = None, directory: Path | None = None) -> Settings:
    """Settings from the environment, then `.env` of the directory; raises Faulty, also for the profile."""
    # An empty variable, as deploy's example file has many, is as good as none.
    given = {name: value for name, value in (os.environ if environ is None else environ).items() if value}
    faults: list[str] = []
    kept = _env_file((directory or Path.cwd()) / ".env", faults)
    values = {name: _value(name, {**kept, **given}, faults) for name in NAMES}
    settings = _settings(values, faults)
    faults += [*_contradictions(settings, values), *_of_the_profile(settings.profile)]
    if faults:
        raise Faulty(faults)
    return settings


def _env_file(path: Path, faults: list[str]) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        faults.append(f"{path} 读不了，或不是 UTF-8 文字。")
        return {}
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key.strip(): value.strip().strip("'\"") for key, _, value in pairs}


def _value(name: str, given: Mapping[str, str], faults: list[str]) -> str:
    full = PREFIX + name
    file = given.get(f"{full}_FILE", "")
    if not file:
        return given.get(full, "").strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        faults.append(f"{full}_FILE 指的文件读不了：{file}")
        return ""


def _settings(values: Mapping[str, str], faults: list[str]) -> Settings:
    home = Path(values["HOME"]) if values["HOME"] else default_home()
    database = values["DATABASE_URL"] or f"sqlite:///{home / 'xieshi.db'}"
    return Settings(
        home=home,
        database_url=database,
        media_url=values["MEDIA_URL"] or str(home / "media"),
        public_url=(values["PUBLIC_URL"] or "http://127.0.0.1:8000").rstrip("/"),
        profile=values["PROFILE"] or "harbin",
        wecom=_wecom(values, faults),
        secret_key=values["SECRET_KEY"],
        metrics_token=values["METRICS_TOKEN"],
    )


def _wecom(values: Mapping[str, str], faults: list[str]) -> WeComSettings:
    agent = values["WECOM_AGENT_ID"]
    if agent and not re.fullmatch(r"[0-9]{1,10}", agent):
        faults.append("XIESHI_WECOM_AGENT_ID 应是数字，如 1000002。")
        agent = ""
    return WeComSettings(
        values["WECOM_CORP_ID"],
        int(agent or 0),
        values["WECOM_SECRET"],
        values["WECOM_TOKEN"],
        values["WECOM_AES_KEY"],
        values["WECOM_API_URL"].rstrip("/") or WECOM_API,
        values["WECOM_OAUTH_URL"].rstrip("/") or WECOM_LOGIN,
    )


def _contradictions(settings: Settings, values: Mapping[str, str]) -> list[str]:
    wecom = settings.wecom
    key_fits = re.fullmatch(r"[A-Za-z0-9]{43}", wecom.aes_key) is not None
    needs_key = settings.database_url.startswith("postgresql") and not settings.secret_key
    checks = (
        (wecom.aes_key and not key_fits, "XIESHI_WECOM_AES_KEY 应是43位字母或数字。"),
        (
            _some(wecom.token, wecom.aes_key),
            "接收消息要同时有 XIESHI_WECOM_TOKEN 和 XIESHI_WECOM_AES_KEY。",
        ),
        (
            _some(values["WECOM_AGENT_ID"], wecom.secret),
            "发送消息要同时有 XIESHI_WECOM_AGENT_ID 和 XIESHI_WECOM_SECRET。",
        ),
        (
            (wecom.token or wecom.secret) and not wecom.corp_id,
            "还缺 XIESHI_WECOM_CORP_ID（企业ID）。",
        ),
        (
            wecom.is_real and _is_only_here(_host(settings.public_url)),
            "XIESHI_PUBLIC_URL 要写手机能打开的网址，不能是本机地址或 0.0.0.0。",
        ),
        (needs_key, "用 PostgreSQL 时要设 XIESHI_SECRET_KEY（一串随机字符，各台机器相同）。"),
        (
            settings.media_url.startswith("s3:"),
            "XIESHI_MEDIA_URL 目前只能是文件夹。",
        ),
        (
            not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")),
            "XIESHI_DATABASE_URL 应以 sqlite:/// 或 postgresql+psycopg:// 开头。",
        ),
        (
            re.fullmatch(r"sqlite:///(:memory:.*|[^?]*\?.*|)", settings.database_url),
            "XIESHI_DATABASE_URL 在 sqlite:/// 后面只写文件的路径。",
        ),
        (not _is_url(settings.public_url), "XIESHI_PUBLIC_URL 应是 https:// 开头的网址。"),
        (not _is_url(wecom.api_url, no_path=True), "XIESHI_WECOM_API_URL 应是网址，主机名后面不带路径。"),
        (not _is_url(wecom.oauth_url, no_path=True), "XIESHI_WECOM_OAUTH_URL 应是网址，主机名后面不带路径。"),
    )
    return [sentence for wrong, sentence in checks if wrong]


def _of_the_profile(name: str) -> list[str]:
    try:
        profiles.load(name)
    except profiles.Faulty as faulty:
        return [f"XIESHI_PROFILE：{fault}" for fault in faulty.faults]
    return []


def _host(url: str) -> str:
    """The host of a URL in lower case, empty if there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_url(url: str, no_path: bool = False) -> bool:
    pattern = r"https?://[^/?#\s]+" + ("" if no_path else r"[^?#\s]*")
    return bool(_host(url)) and re.fullmatch(pattern, url, re.IGNORECASE) is not None


def _is_only_here(host: str) -> bool:
    """Whether a host means this machine and no other: loopback, or 0.0.0.0, which is an address to listen on."""
    try:
        address = ip_address(host)
    except ValueError:
        return host.rstrip(".") == "localhost"
    return address.is_loopback or address.is_unspecified


def _some(*values: str) -> bool:
    return any(values) and not all(values)


def default_home() -> Path:
    """`var` beside pyproject.toml in a checkout, else a folder of the user's own."""
    root = Path(__file__).resolve().parent.parent
    in_checkout = (root / "pyproject.toml").is_file()
    return root / "var" if in_checkout else Path.home() / ".local/share/xieshi"


def secret_key(settings: Settings) -> str:
    """The key that signs pages and links; made once under the home folder when none is set."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.home / "secret_key"
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
