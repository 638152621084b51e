"""Lexicon: the words that give a user agent away, and what each one says; add a word here."""

from __future__ import annotations

from access.agents.hints import Hint, Number

# Small letters stand for both cases, `_` for a blank, `^` for the start of the text; after a `|` in
# front no letter or digit precedes, before one at the end no letter follows (`bot2` is a bot). Of
# words that end at the same byte only the longest counts.
WORDS = (
    (Hint.CHROME, Number.CHROME, "|chrome/"),
    (Hint.CHROME_IOS, Number.CHROME, "|crios/"),
    (Hint.FIREFOX, Number.FIREFOX, "|firefox/"),
    (Hint.FIREFOX_IOS, Number.FIREFOX_IOS, "|fxios/"),
    (Hint.EDGE, Number.EDGE, "|edge/ |edg/ |edga/ |edgios/ |edgw/"),
    (Hint.OPERA, Number.OPERA, "|opr/ |opera/ |opera_ |opios/ |opt/ |opx/"),
    (Hint.OPERA_9_80, Number.NONE, "|opera/9.80"),
    (Hint.MSIE, Number.IE, "|msie_"),
    (Hint.SAMSUNG, Number.SAMSUNG, "|samsungbrowser/"),
    (Hint.VERSION, Number.VERSION, "|version/"),
    (Hint.NOTHING, Number.RV, "|rv:"),
    (Hint.SAFARI, Number.NONE, "safari/"),
    (Hint.TRIDENT, Number.TRIDENT, "|trident/"),
    (Hint.PRESTO, Number.NONE, "|presto/"),
    (Hint.WEBKIT, Number.NONE, "|applewebkit/"),
    (Hint.ANDROID, Number.NONE, "|android"),
    (Hint.IOS, Number.NONE, "like_mac_os_x"),
    (Hint.WINDOWS_NT, Number.NONE, "windows_nt"),
    (Hint.WINDOWS_9X, Number.NONE, "windows_95 windows_98 win95 win98 windows_me| win_9x"),
    (Hint.WINDOWS_PHONE, Number.NONE, "windows_phone iemobile"),
    (
        Hint.IMPOSSIBLE,  # Windows 11 calls itself NT 10.0, NT 7 to 9 and a Trident 3 never were
        Number.NONE,
        """
        windows_nt_11 windows_nt_12 windows_nt_7 windows_nt_8 windows_nt_9 |trident/0.
        |trident/1. |trident/2. |trident/3.
        """,
    ),
    (
        Hint.TEMPLATE,  # not every brace: toolbars put a GUID in braces, Facebook's app its screen
        Number.NONE,
        """
        {{ {} {0 ${ |$ %s| %d| w.x.y.z {agent {app {arch {bot {browser {build {chrome {client
        {edge {device {engine {firefox {h {i {j {k {l {m {n {o {p {q {r {s {t {u {v {w {x {y {z
        <user [user
        """,
    ),
    (Hint.NOTHING, Number.NONE, "ck={}"),  # an add-on of Internet Explorer
    (
        Hint.FORK,  # of Firefox
        Number.NONE,
        """
        |goanna |palemoon |seamonkey |waterfox |basilisk |iceweasel |icecat |k-meleon |cyberfox
        |conkeror |mypal |icedragon |classilla |camino
        """,
    ),
    (
        Hint.APP,  # what phone apps send, the platform's own among them
        Number.NONE,
        """
        cfnetwork/ |dalvik/ |okhttp |dart/ fban/ fbav/ |instagram_ |alamofire/ |whatsapp/
        |snapchat |mozacfetch/ |exoplayer |cronet |sdwebimage |kingfisher |coil/ |glide
        """,
    ),
    (
        Hint.TOOL,  # libraries
        Number.NONE,
        """
        |python |urllib |aiohttp |httpx |curl| |libcurl |pycurl |go-http-client |go-resty ^java/
        ^java-http-client |httpclient |http_client |libwww-perl |lwp| ^perl |node-fetch |axios
        |undici |got| |superagent |guzzle ^php ^ruby |mechanize |reqwest ^hyper/ |restsharp
        |faraday |typhoeus |http.rb |httprb |unirest |hackney |rest-client |winhttp |cpp-httplib
        |libhttp-tiny |http::tiny |http-tiny ^node| ^deno/ ^bun/ ^request/ |needle/ |jsdom
        |httpie |postmanruntime |insomnia/ |powershell |wininet |urlmon |synapse |fasthttp
        |go_1. |http-kit |jersey/ |grpc- |scalaj-http |request-promise |newspaper/ |archivebox
        """,
    ),
    (
        Hint.TOOL,  # downloaders, scrapers and scanners
        Number.NONE,
        """
        |wget |aria2 |scrapy |httrack |gallery-dl |yt-dlp |youtube-dl |img2dataset image2dataset
        |imagesift |imagespider |laiondownloader |instaloader |ripme |jdownloader |cyotek
        |offline_explorer |teleport |webcopier |webzip |sitesucker |wpull |colly |lightpanda
        |webcapture |webreaper |getright |flashget |zgrab |masscan |nmap| |nikto |sqlmap |nuclei
        scrape |pimeyes |clearview |facecheck |firecrawl |browseruse
        """,
    ),
    (Hint.TOOL | Hint.CHROME, Number.CHROME, "|headlesschrome/"),
    (
        Hint.TOOL,  # driven browsers
        Number.NONE,
        """
        phantomjs slimerjs casperjs |puppeteer |playwright |selenium webdriver |cypress/
        |headless |splash|
        """,
    ),
    (
        Hint.CRAWLER,
        Number.NONE,
        """
        bot| bots| crawl spider http:// https:// http%3a www. slurp fetcher |facebookexternalhit
        |facebookcatalog |meta-external |mediapartners-google |apis-google |feedfetcher
        |google-read-aloud |google-inspectiontool |googleother |google_favicon
        |google_web_preview bingpreview imageproxy imgproxy lighthouse pagespeed |ia_archiver
        archiver |nutch |heritrix |qwantify |yandex. |yahoo! |pingdom uptime monitoring checker|
        validator link_check linkcheck |feed feedburner |rss| urlpreview uripreview |embedly
        |iframely |skypeuri |bitlybot |w3c_ |teoma |indexer |scanner |sitemap |ptst/ |gtmetrix
        |hubspot |semrush |screaming_frog |archive.org wayback |dataprovider |netcraft proxy
        synthetic |statuscake |catchpoint |gomezagent |site24x7 |nagios |kube-probe analyzer
        auditor |openai |chatgpt-user |perplexity-user |claude-user |manus-user grabber
        downloader
        """,
    ),
    (Hint.NOTHING, Number.NONE, "|cubot"),  # makes telephones
)
