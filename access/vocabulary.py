"""Words that addresses of pictures are made of, and what each one means; add a word here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from access.batch import PAD
from access.event import Kind, Rendition
from access.kernels.hashing import words_of
from access.kernels.meanings import (
    API_ROOT,
    AS_ENDING,
    AS_PIECE,
    AS_SUFFIX,
    AVATAR,
    CONTENT,
    FORMAT_KEY,
    FRAME_KEY,
    FURNISHING,
    FURNITURE,
    IGNORED,
    OWNER_BEFORE_NUMBER,
    OWNER_NEXT,
    PICTURE_KEY,
    SIZE_KEY,
    STATIC,
    VIDEO,
)
from access.kernels.words import SLOTS, enter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vocabulary: TypeAlias = tuple[NDArray[np.uint64], NDArray[np.uint32]]


def _renditions(shift: int) -> dict[int, str]:
    return {
        Rendition.THUMBNAIL << shift: "thumb thumbs thumbnail thumbnails small preview previews tn "
        "mini tiny micro square lowres pico",
        Rendition.MEDIUM << shift: "medium large mid middle regular grande",
        Rendition.ORIGINAL << shift: "orig original originals full fullsize full_size raw source "
        "hires highres master",
        Rendition.POSTER << shift: "poster posters hqdefault maxresdefault mqdefault sddefault "
        "hq720 oardefault",
        Rendition.FRAME << shift: "frame frames storyboard storyboards hq1 hq2 hq3 mq1 mq2 mq3 sd1 "
        "sd2 sd3 maxres1 maxres2 maxres3",
    }


def _endings(kind: Kind, text: str) -> dict[int, str]:
    return {(kind + 1) << AS_ENDING: text}


FRAME_KEYS = ("n", "frame", "f", "t", "i", "index")  # query parameters that number stills

MEANINGS: tuple[dict[int, str], ...] = (
    _renditions(AS_PIECE),
    _renditions(AS_SUFFIX),
    {
        Rendition.THUMBNAIL << AS_SUFFIX: "t s q sq",
        Rendition.MEDIUM << AS_SUFFIX: "m l b z",
        Rendition.ORIGINAL << AS_SUFFIX: "o scaled",
        Rendition.FRAME << AS_PIECE: "storyboard3_l0 storyboard3_l1 storyboard3_l2 storyboard3_l3",
        Rendition.ORIGINAL << AS_PIECE: "4096x4096",
    },
    _endings(
        Kind.PICTURE,
        "jpg jpeg jpe jfif pjpeg png apng gif webp avif avifs heic heif hif jxl bmp tif tiff jp2 "
        "dng cr2 nef arw image/",
    ),
    _endings(
        Kind.ASSET,
        "css js mjs woff woff2 ttf otf eot ico cur svg svgz map wasm webmanifest text/css font/ "
        "text/javascript application/javascript application/x-javascript application/wasm "
        "application/manifest+json image/svg+xml image/x-icon image/vnd.microsoft.icon",
    ),
    _endings(
        Kind.PAGE,
        "html htm xhtml shtml php php5 phtml asp aspx jsp jspx cgi cfm do text/html "
        "application/xhtml+xml",
    ),
    _endings(
        Kind.API,
        "json jsonp xml rss atom ndjson graphql proto application/json application/ld+json "
        "application/xml text/xml application/rss+xml application/atom+xml application/graphql "
        "application/x-protobuf application/hal+json application/vnd.api+json",
    ),
    _endings(
        Kind.OTHER,
        "txt pdf zip gz tgz bz2 7z rar tar exe dmg iso apk csv doc docx xls xlsx ppt pptx mp3 m4a "
        "ogg oga wav flac aac vtt srt torrent swf jar py sh sql db log conf cfg ini env yml yaml "
        "md bak application/pdf application/zip audio/ video/",
    ),
    _endings(Kind.OTHER, "mp4 m4v m4s ts webm mov avi mkv flv ogv mpg mpeg 3gp m3u8 mpd"),
    {
        VIDEO: "mp4 m4v m4s ts webm mov avi mkv flv ogv mpg mpeg 3gp m3u8 mpd",
        FURNITURE: "theme themes skin skins plugins wp-includes wp-admin icon icons logo logos "
        "sprite sprites button buttons emoji emojis smilies smileys flags favicon favicons fonts",
        STATIC: "assets static css js dist bower_components node_modules",
        FURNISHING: "logo logos sprite sprites icon icons favicon spacer button btn blank pixel "
        "1x1 transparent apple-touch-icon apple-touch-icon-precomposed safari-pinned-tab mstile",
        AVATAR: "avatar avatars gravatar profile_images profile-images profile_pictures "
        "profile_pics profile-pictures profilepics userpic userpics profile_pic headshots",
        CONTENT: "upload uploads photo photos picture pictures gallery galleries album albums "
        "media user users u members usercontent user-content content",
        OWNER_NEXT: "u user users member members",
        OWNER_BEFORE_NUMBER: "photos photo",
        API_ROOT: "api apis graphql v1 v2 v3 v4 rest wp-json ajax rpc",
        IGNORED: "vi vi_webp f_auto q_auto c_fill c_fit c_scale c_limit c_thumb fit-in e15 e35 "
        "sh0.08 1x 2x 3x 4x",
        SIZE_KEY: "w width size s sz h height imwidth maxwidth max-w maxw mw wid name style "
        "variant rendition version preset type",
        FORMAT_KEY: "format fm ext",
        PICTURE_KEY: "url src image img file photo pic picture id pid photo_id image_id photoid "
        "imageid fid key hash",
        FRAME_KEY: " ".join(FRAME_KEYS),
    },
)


@cache
def vocabulary() -> Vocabulary:
    """Compile the words into the table that `access.kernels.words.look_up` reads."""
    bits: dict[str, int] = {}
    for meaning, text in ((m, t) for group in MEANINGS for m, t in group.items()):
        for word in text.split():
            bits[word] = bits.get(word, 0) | meaning
    joined = "".join(bits).encode()
    buffer = np.zeros(len(joined) + PAD, np.uint8)
    buffer[: len(joined)] = np.frombuffer(joined, np.uint8)
    ends = np.cumsum([len(word) for word in bits])
    keys, meanings = np.zeros(SLOTS, np.uint64), np.zeros(SLOTS, np.uint32)
    enter(words_of(buffer), ends, np.array(list(bits.values()), np.uint32), keys, meanings)
    return keys, meanings
