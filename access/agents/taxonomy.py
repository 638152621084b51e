"""Taxonomy: the crawlers that are known by name; add one here.

Names, purposes, lists and domains are those of the operators' own pages. That two maintained public
lists (`crawler-user-agents`, `ai-crawler-index`) agree is what
`tests/access/agents/test_taxonomy.py` checks.
"""

from __future__ import annotations

from access.agents.known import Category, Known

SEARCH, TRAINING, USER = Category.SEARCH, Category.AI_TRAINING, Category.AI_USER
SEO, MONITOR, FEED = Category.SEO, Category.MONITOR, Category.FEED

_GOOGLE = "https://developers.google.com/crawling/ipranges/"
_COMMON = (f"{_GOOGLE}common-crawlers.json",)
_SPECIAL = (f"{_GOOGLE}special-crawlers.json",)
_ASKED = (
    f"{_GOOGLE}user-triggered-fetchers.json",
    f"{_GOOGLE}user-triggered-fetchers-google.json",
)
_BING = ("https://www.bing.com/toolbox/bingbot.json",)
_APPLE = ("https://search.developer.apple.com/applebot.json",)
_CLAUDE = ("https://claude.com/crawling/bots.json",)
_META = ("https://www.facebook.com/peering/geofeed",)
_AHREFS = ("https://api.ahrefs.com/v3/public/crawler-ip-ranges",)
_COMMON_CRAWL = ("https://index.commoncrawl.org/ccbot.json",)
_PINGDOM = ("https://my.pingdom.com/probes/ipv4", "https://my.pingdom.com/probes/ipv6")
_YANDEX = ("yandex.ru", "yandex.net", "yandex.com")

# Not googleusercontent.com: customers of its cloud have confirmed names there as well.
VERIFIABLE = (
    Known("Googlebot", "Google", SEARCH, _COMMON, ("googlebot.com",)),
    Known("Storebot-Google", "Google", SEARCH, (*_COMMON, *_SPECIAL), ("google.com",)),
    Known("Google-InspectionTool", "Google", SEARCH, (*_COMMON, *_SPECIAL), ("google.com",)),
    Known("GoogleOther", "Google", TRAINING, (*_COMMON, *_SPECIAL), ("google.com",)),
    Known("Google-CloudVertexBot", "Google", TRAINING, (*_COMMON, *_SPECIAL), ("google.com",)),
    Known("AdsBot-Google", "Google", SEO, _SPECIAL, ("google.com",)),
    Known("Mediapartners-Google", "Google", SEO, _SPECIAL, ("google.com",)),
    Known("APIs-Google", "Google", MONITOR, _SPECIAL, ("google.com",)),
    Known("FeedFetcher-Google", "Google", FEED, _ASKED, ("google.com",)),
    Known("Google-Read-Aloud", "Google", USER, _ASKED, ("google.com",)),
    Known("Google-Site-Verification", "Google", MONITOR, _ASKED, ("google.com",)),
    Known("bingbot", "Microsoft", SEARCH, _BING, ("search.msn.com",)),
    Known("BingPreview", "Microsoft", Category.PREVIEW, _BING, ("search.msn.com",)),
    Known("Applebot", "Apple", SEARCH, _APPLE, ("applebot.apple.com",)),
    Known("DuckDuckBot", "DuckDuckGo", SEARCH, ("https://duckduckgo.com/duckduckbot.json",)),
    Known("YandexBot", "Yandex", SEARCH, names=_YANDEX),
    Known("YandexImages", "Yandex", SEARCH, names=_YANDEX),
    Known("yandex.com/bots", "Yandex", SEARCH, names=_YANDEX),
    Known("Baiduspider", "Baidu", SEARCH, names=("baidu.com", "baidu.jp")),
    Known("PetalBot", "Huawei", SEARCH, names=("petalsearch.com", "aspiegel.com")),
    Known("SeznamBot", "Seznam", SEARCH, names=("seznam.cz",)),
    Known("Yeti/", "Naver", SEARCH, names=("naver.com",)),
    Known("Pinterestbot", "Pinterest", SEARCH, names=("pinterest.com", "pinterestcrawler.com")),
    Known("OAI-SearchBot", "OpenAI", SEARCH, ("https://openai.com/searchbot.json",)),
    Known("PerplexityBot", "Perplexity", SEARCH, ("https://www.perplexity.ai/perplexitybot.json",)),
    Known("GPTBot", "OpenAI", TRAINING, ("https://openai.com/gptbot.json",)),
    Known("ClaudeBot", "Anthropic", TRAINING, _CLAUDE),
    Known("Claude-SearchBot", "Anthropic", SEARCH, _CLAUDE),
    Known("Claude-User", "Anthropic", USER, _CLAUDE),
    Known("CCBot", "Common Crawl", TRAINING, _COMMON_CRAWL, ("crawl.commoncrawl.org",)),
    Known("Amazonbot", "Amazon", TRAINING, names=("crawl.amazonbot.amazon",)),
    Known("meta-externalagent", "Meta", TRAINING, _META),
    Known("FacebookBot", "Meta", TRAINING, _META),
    Known("meta-externalfetcher", "Meta", USER, _META),
    Known("facebookexternalhit", "Meta", Category.PREVIEW, _META),
    Known("facebookcatalog", "Meta", Category.PREVIEW, _META),
    Known("ChatGPT-User", "OpenAI", USER, ("https://openai.com/chatgpt-user.json",)),
    Known(
        "Perplexity-User", "Perplexity", USER, ("https://www.perplexity.ai/perplexity-user.json",)
    ),
    Known("AhrefsBot", "Ahrefs", SEO, _AHREFS),
    Known("AhrefsSiteAudit", "Ahrefs", SEO, _AHREFS),
    Known("Pingdom.com_bot", "Pingdom", MONITOR, _PINGDOM),
)
# A line each: category, token (`+` for a blank), operator. Telephones that show what is behind a
# link in Apple's messages send the whole of the third `preview`, from people's own addresses: as
# the longest token it counts, and keeps them from being taken for a forged facebookexternalhit.
UNVERIFIABLE = """
search        MojeekBot                   Mojeek
search        Qwantbot                    Qwant
search        Kagibot                     Kagi
search        DuckAssistBot               DuckDuckGo
search        YouBot                      You.com
search        Sogou+web+spider            Sogou
search        360Spider                   Qihoo
ai_training   Bytespider                  ByteDance
ai_training   TikTokSpider                ByteDance
ai_training   AI2Bot                      Allen Institute for AI
ai_training   anthropic-ai                Anthropic
ai_training   cohere-ai                   Cohere
ai_training   Diffbot                     Diffbot
ai_training   ICC-Crawler                 NICT
ai_training   img2dataset                 whoever runs it
ai_training   LAIONDownloader             LAION
ai_training   ImagesiftBot                Hive
ai_training   omgili                      Webz.io
ai_training   Timpibot                    Timpi
ai_training   PanguBot                    Huawei
ai_user       MistralAI-User              Mistral
archive       archive.org_bot             Internet Archive
archive       ia_archiver                 Internet Archive
archive       heritrix                    whoever runs it
preview       Slackbot                    Slack
preview       Twitterbot                  X
preview       hit/1.1+Facebot+Twitterbot  Apple
preview       LinkedInBot                 LinkedIn
preview       TelegramBot                 Telegram
preview       Discordbot                  Discord
preview       SkypeUriPreview             Microsoft
preview       redditbot                   Reddit
preview       Bluesky+Cardyb              Bluesky
face_search   PimEyes                     PimEyes
face_search   Clearview                   Clearview
face_search   FaceCheck                   FaceCheck.ID
face_search   lenso.ai                    Lenso.ai
tool          Scrapy                      whoever runs it
tool          gallery-dl                  whoever runs it
tool          yt-dlp                      whoever runs it
tool          HTTrack                     whoever runs it
tool          Firecrawl                   Firecrawl
tool          Crawl4AI                    whoever runs it
seo           SemrushBot                  Semrush
seo           MJ12bot                     Majestic
seo           DotBot                      Moz
seo           rogerbot                    Moz
seo           DataForSeoBot               DataForSEO
seo           serpstatbot                 Serpstat
seo           Barkrowler                  Babbar
seo           Screaming+Frog              Screaming Frog
monitor       UptimeRobot                 UptimeRobot
monitor       StatusCake                  StatusCake
monitor       Site24x7                    Site24x7
feed          Feedly/                     Feedly
feed          inoreader.com               Inoreader
feed          NewsBlur+Feed               NewsBlur
"""


def _read(line: str) -> Known:
    category, token, operator = line.split(maxsplit=2)
    return Known(token.replace("+", " "), operator, Category(category))


KNOWN = (*VERIFIABLE, *map(_read, UNVERIFIABLE.strip().splitlines()))
