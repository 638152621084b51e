"""Aliases: what the keys of JSON access logs mean; a new shipper is a new name in these lists.

Names are dotted paths and are compared without regard to case, as header names must be: a nested
`{"http": {"request": {"method": …}}}`, a flat `"http.request.method"` and any mix are one name.
Where a line holds several names of one meaning, the one listed first wins.
"""

from __future__ import annotations

from enum import IntEnum, unique

from access.event import FIRST_HEADER, Field, Header

RANKS = 32  # the most names one meaning may have: the names seen in a line are bits of one number


@unique
class Meaning(IntEnum):
    """What a value says; a text that is kept as it stands has the number of its Field."""

    TARGET = Field.TARGET  # path and query, or a full address
    REFERER = Field.REFERER
    AGENT = Field.AGENT
    HOST = Field.HOST
    CLIENT = Field.CLIENT
    FORWARDED = Field.FORWARDED
    SESSION = Field.SESSION
    ACCOUNT = Field.ACCOUNT
    TYPE = Field.TYPE
    TIME = 10
    DATE = 11  # the day, where TIME is only a clock (CloudFront, in UTC)
    METHOD = 12
    REQUEST = 13  # "GET /x HTTP/1.1"
    PATH = 14  # a target that may lack its query
    QUERY = 15  # the query of PATH, with or without "?"
    STATUS = 16
    SIZE = 17
    ENCODED_AGENT = 18  # a user agent whose odd bytes are written %XX
    PROTOCOL = 20  # HTTP/1.1, or the version alone
    CARRIED = 19  # a log line as it came, which counts where the object is no request itself
    ACCEPT = Header.ACCEPT
    LANGUAGE = Header.LANGUAGE
    FETCH_DEST = Header.FETCH_DEST
    FETCH_MODE = Header.FETCH_MODE
    FETCH_SITE = Header.FETCH_SITE
    BRANDS = Header.BRANDS
    PLATFORM = Header.PLATFORM
    MOBILE = Header.MOBILE
    JA4 = Header.JA4
    JA3 = Header.JA3
    SIGNER = Header.SIGNER
    VERIFIED = Header.VERIFIED
    CATEGORY = Header.CATEGORY


MEANINGS = max(Meaning) + 1
FIRST_SLOT = FIRST_HEADER * RANKS  # of names from here on it counts, too, that they stand there

# The most exact time first; then when a request began; then when its line was written or shipped.
_TIME = """msec timeUnixNano ts StartUTC start_time EdgeStartTimestamp timestamp(ms) time_iso8601
    time_local timestamp time @timestamp datetime"""

# The address the server saw or found out itself stands before those a header may have given.
_CLIENT = """remote_addr request.client_ip request.remote_ip client_ip source.ip client.ip
    client.address source.address network.peer.address ClientHost ClientAddr
    downstream_remote_address ClientIP c-ip remote_ip client_addr client_address client_host
    nginx.access.remote_ip traefik.access.remote_ip client remote real_ip remote_address"""

_JA4 = "ja4 tls.client.ja4 ssl_ja4 http_ssl_ja4 tls_ja4 tls_ja4_fingerprint ja4_fingerprint"
_JA3 = """ja3 ja3hash tls.client.ja3 ssl_ja3_hash ssl_ja3 http_ssl_ja3_hash tls_ja3
    tls_ja3_fingerprint ja3_fingerprint ja3_hash ja3_md5"""
# Only what an edge writes: none of these may be a header that visitors send.
_VERIFIED = "signature_verified signature.verified web_bot_auth_verified verified_bot"
_CATEGORY = "VerifiedBotCategory verified_bot_category"


def _sent(header: str) -> str:
    """List the names that shippers give to a request's *header*, in small letters."""
    word = header.replace("-", "_")
    places = ("http.request.header.", "request.headers.", "RequestHeaders.", "request_", "")
    names = (f"http_{word}", *(f"{place}{header}" for place in places), f"request_{word}", word)
    return " ".join(dict.fromkeys(names))


ALIASES: dict[Meaning, tuple[str, ...]] = {
    meaning: tuple(names.split())
    for meaning, names in {
        Meaning.TIME: _TIME,
        Meaning.DATE: "date",
        Meaning.CLIENT: _CLIENT,
        Meaning.TARGET: """request_uri url.original ClientRequestURI request.uri RequestPath
            traefik.access.url""",
        Meaning.REQUEST: "request request_line",
        Meaning.PATH: """x-envoy-original-path x-envoy-origin-path path uri url cs-uri-stem
            url.path ClientRequestPath url.full request_url request_path target""",
        Meaning.QUERY: "args query_string url.query cs-uri-query query",
        Meaning.METHOD: """request_method http.request.method RequestMethod request.method
            ClientRequestMethod cs-method method verb http_method traefik.access.method""",
        Meaning.STATUS: """status http.response.status_code DownstreamStatus EdgeResponseStatus
            response_code sc-status response_status code status_code elb_status_code response
            traefik.access.response_code""",
        Meaning.SIZE: """body_bytes_sent http.response.body.bytes http.response.body.size
            DownstreamContentSize EdgeResponseBodyBytes body_bytes_size response_body_size size
            bytes_sent EdgeResponseBytes sc-bytes sent_bytes bytes
            traefik.access.body_sent.bytes""",
        Meaning.REFERER: """http_referer http.request.referrer http.request.header.referer
            request_Referer request.headers.Referer ClientRequestReferer cs(Referer) cs-referer
            referer referrer http_referrer""",
        Meaning.AGENT: """http_user_agent user_agent.original http.request.header.user-agent
            request_User-Agent request.headers.User-Agent ClientRequestUserAgent
            request_user_agent user_agent user-agent agent ua cs-user-agent
            traefik.access.user_agent.original""",
        Meaning.ENCODED_AGENT: "cs(User-Agent)",
        Meaning.HOST: """http_host url.domain RequestHost request.host ClientRequestHost
            x-host-header authority :authority server.address destination.domain cs(Host) host
            server_name vhost domain_name""",
        Meaning.FORWARDED: """http_x_forwarded_for x_forwarded_for x-forwarded-for
            http.request.header.x-forwarded-for request_X-Forwarded-For
            request.headers.X-Forwarded-For RequestHeaders.X-Forwarded-For
            nginx.access.remote_ip_list network.forwarded_ip forwarded_for xff""",
        Meaning.SESSION: """cookie_session cookie_sessionid cookie_session_id cookie_sid
            session.id session_id sessionid session Cookies.session Cookies.sessionid""",
        Meaning.ACCOUNT: """user.id user_id account_id remote_user user.name ClientUsername
            username account user auth apache.access.user.name nginx.access.user_name""",
        Meaning.TYPE: """sent_http_content_type sent_content_type http.response.mime_type
            http.response.header.content-type downstream_Content-Type origin_Content-Type
            resp_headers.Content-Type EdgeResponseContentType sc-content-type
            response_content_type content_type""",
        Meaning.PROTOCOL: """server_protocol http.version request.proto RequestProtocol
            ClientRequestProtocol request_protocol network.protocol.version
            cs-protocol-version httpversion http_version protocol""",
        # ECS keeps the line as it came there, and in `message` what a filter made of it.
        Meaning.CARRIED: "event.original message log body msg",
        Meaning.ACCEPT: f"{_sent('accept')} cs(Accept)",
        Meaning.LANGUAGE: _sent("accept-language"),
        Meaning.FETCH_DEST: _sent("sec-fetch-dest"),
        Meaning.FETCH_MODE: _sent("sec-fetch-mode"),
        Meaning.FETCH_SITE: _sent("sec-fetch-site"),
        Meaning.BRANDS: _sent("sec-ch-ua"),
        Meaning.PLATFORM: _sent("sec-ch-ua-platform"),
        Meaning.MOBILE: _sent("sec-ch-ua-mobile"),
        Meaning.JA4: _JA4,
        Meaning.JA3: _JA3,
        Meaning.SIGNER: _sent("signature-agent"),
        Meaning.VERIFIED: _VERIFIED,
        Meaning.CATEGORY: _CATEGORY,
    }.items()
}
