"""Addresses as platforms are known to write them, named by default."""

from __future__ import annotations

import pytest

from access.event import Kind, Rendition
from access.kernels.hashing import hash_bytes
from tests.access.naming import names

SEED = 11
HEX = "0cc175b9c0f1b6a831c399e269772661"
UNKNOWN, THUMBNAIL, MEDIUM = Rendition.UNKNOWN, Rendition.THUMBNAIL, Rendition.MEDIUM
ORIGINAL, POSTER, FRAME = Rendition.ORIGINAL, Rendition.POSTER, Rendition.FRAME

# Each family is one picture, in the renditions that a platform or program is known to serve.
FAMILIES: dict[str, dict[str, Rendition]] = {
    "a rendition folder": {
        "/i/thumb/1001.jpg": THUMBNAIL,
        "/i/medium/1001.webp": MEDIUM,
        "/i/original/1001.JPG?token=ab12": ORIGINAL,
        "/i/1001.jpg": UNKNOWN,
        "/i/1001.jpg?X-Amz-Signature=0a1b&X-Amz-Expires=900": UNKNOWN,
    },
    "Flickr": {
        "/65535/5200001_0a1b2c_s.jpg": THUMBNAIL,
        "/65535/5200001_0a1b2c_q.jpg": THUMBNAIL,
        "/65535/5200001_0a1b2c_m.jpg": MEDIUM,
        "/65535/5200001_0a1b2c_b.jpg": MEDIUM,
        "/65535/5200001_0a1b2c_o.png": ORIGINAL,
        "/65535/5200001_0a1b2c.jpg": UNKNOWN,
    },
    "WordPress": {
        "/wp-content/uploads/2015/08/IMG_1234-150x150.jpg": THUMBNAIL,
        "/wp-content/uploads/2015/08/IMG_1234-1024x768.jpg": MEDIUM,
        "/wp-content/uploads/2015/08/IMG_1234-scaled.jpg": ORIGINAL,
        "/wp-content/uploads/2015/08/IMG_1234.jpg": UNKNOWN,
        "/wp-content/uploads/2015/08/IMG_1234.jpg?w=300&ssl=1": THUMBNAIL,
        "/wp-content/uploads/2015/08/IMG_1234.jpg.webp": UNKNOWN,
    },
    "Instagram": {
        "/v/t51.2885-15/s640x640/120_380_90_n.jpg?_nc_ht=a&oh=00_AT": MEDIUM,
        "/v/t51.2885-15/e35/p150x150/120_380_90_n.jpg?_nc_ht=b": THUMBNAIL,
        "/v/t51.2885-15/e35/120_380_90_n.webp": UNKNOWN,
    },
    "Pinterest": {
        "/236x/ab/cd/ef/abcdef.jpg": THUMBNAIL,
        "/736x/ab/cd/ef/abcdef.jpg": MEDIUM,
        "/originals/ab/cd/ef/abcdef.png": ORIGINAL,
    },
    "Google user content": {
        "/aBc-Def=w200-h200-no": THUMBNAIL,
        "/aBc-Def=s1600": ORIGINAL,
        "/aBc-Def=w640-h480-p-k-no": MEDIUM,
    },
    "Blogger": {
        "/-x/AAA/BBB/s72-c/beach.jpg": THUMBNAIL,
        "/-x/AAA/BBB/s1600/beach.jpg": ORIGINAL,
        "/-x/AAA/BBB/w640-h426/beach.jpg": MEDIUM,
    },
    "Cloudinary": {
        "/demo/image/upload/w_300,h_300,c_fill/v1/cat.jpg": THUMBNAIL,
        "/demo/image/upload/c_fill,h_200,w_900/v1/cat.webp": MEDIUM,
        "/demo/image/upload/f_auto/q_auto/w_1600/v1/cat.jpg": ORIGINAL,
        "/demo/image/upload/v1/cat.png": UNKNOWN,
    },
    "imgproxy": {
        "/sigA/rs:fit:300:300:0/plain/s3://bucket/9/cat.jpg@webp": THUMBNAIL,
        "/sigB/rs:fill:800:600:1/g:sm/plain/s3://bucket/9/cat.jpg": MEDIUM,
        "/sigC/w:1600/plain/s3://bucket/9/cat.jpg@avif": ORIGINAL,
    },
    "Cloudflare": {
        "/cdn-cgi/image/width=80,quality=75/uploads/a.jpg": THUMBNAIL,
        "/cdn-cgi/image/fit=cover,width=1600/uploads/a.jpg": ORIGINAL,
        "/uploads/a.jpg": UNKNOWN,
    },
    "thumbor": {"/300x200/smart/beach.jpg": THUMBNAIL, "/fit-in/900x900/smart/beach.jpg": MEDIUM},
    "YouTube": {
        "/vi/dQw4w9/hqdefault.jpg": POSTER,
        "/vi/dQw4w9/maxresdefault.jpg?sqp=x": POSTER,
        "/vi_webp/dQw4w9/sddefault.webp": POSTER,
    },
    "a still of YouTube's": {
        "/vi/dQw4w9/hq2.jpg": FRAME,
        "/vi/dQw4w9/mq2.jpg": FRAME,
        "/vi_webp/dQw4w9/maxres2.webp": FRAME,
    },
    "MediaWiki": {
        "/wikipedia/commons/thumb/a/ab/Name.jpg/220px-Name.jpg": THUMBNAIL,
        "/wikipedia/commons/thumb/a/ab/Name.jpg/800px-Name.jpg.webp": MEDIUM,
        "/wikipedia/commons/a/ab/Name.jpg": UNKNOWN,
    },
    "Fandom": {
        "/x/images/a/ab/Cat.png/revision/latest/scale-to-width-down/250?cb=1": THUMBNAIL,
        "/x/images/a/ab/Cat.png/revision/latest": UNKNOWN,
    },
    "Wix": {
        "/media/ab_cd.jpg/v1/fill/w_300,h_200,al_c/cat.jpg": THUMBNAIL,
        "/media/ab_cd.jpg": UNKNOWN,
    },
    "Twitter": {
        "/media/AbC?format=jpg&name=small": THUMBNAIL,
        "/media/AbC?format=webp&name=orig": ORIGINAL,
        "/media/AbC.jpg:large": MEDIUM,
        "/media/AbC.jpg": UNKNOWN,
    },
    "Reddit": {"/x1y2.jpg?width=640&crop=smart&s=0a1b": MEDIUM, "/x1y2.jpg": UNKNOWN},
    "Unsplash": {
        "/photo-1500-ab?w=200&fm=jpg": THUMBNAIL,
        "/photo-1500-ab?fm=avif&w=2400&h=1600&q=80": ORIGINAL,
    },
    "Shopify": {
        "/files/cat_300x300.jpg?v=1": THUMBNAIL,
        "/files/cat_grande.jpg?v=1": MEDIUM,
        "/files/cat_300x300@2x.jpg": THUMBNAIL,
        "/files/cat.jpg": UNKNOWN,
    },
    "Discourse": {
        "/uploads/default/1X/ab_500x500.jpeg": MEDIUM,
        "/uploads/default/1X/ab.jpeg": UNKNOWN,
    },
    "Paperclip": {
        "/system/photos/images/000/012/345/thumb/a.jpg": THUMBNAIL,
        "/system/photos/images/000/012/345/original/a.jpg": ORIGINAL,
    },
    "CarrierWave": {
        "/uploads/photo/image/7/thumb_a.jpg": THUMBNAIL,
        "/uploads/photo/image/7/a.jpg": UNKNOWN,
    },
    "Strapi": {"/uploads/small_cat_0a1.png": THUMBNAIL, "/uploads/large_cat_0a1.png": MEDIUM},
    "a film": {
        "/v/9/poster.jpg": POSTER,
        "/v/9/storyboard.webp": FRAME,
        "/v/9/thumb.jpg": THUMBNAIL,
    },
    "a film's name": {"/films/9.mp4/poster.jpg": POSTER, "/films/9.mp4/320x180.webp": POSTER},
    "a picture folder": {
        "/photos/12/small.jpg": THUMBNAIL,
        "/photos/12/large.jpg": MEDIUM,
        "/photos/12/full.webp": ORIGINAL,
    },
    "Mastodon": {
        "/media_attachments/files/110/222/333/original/ab.png": ORIGINAL,
        "/media_attachments/files/110/222/333/small/ab.png": THUMBNAIL,
    },
    "Next.js": {
        "/_next/image?url=%2Fuploads%2Fa.jpg&w=256&q=75": THUMBNAIL,
        "/_next/image?url=%2Fuploads%2Fa.jpg&w=1920&q=75": ORIGINAL,
    },
    "Aliyun": {"/p/9.jpg@100w": THUMBNAIL, "/p/9.jpg": UNKNOWN},
    "Upyun": {"/q/9.jpg!w1000": MEDIUM, "/q/9.jpg": UNKNOWN},
    "an absolute target": {"http://img.example/z/1.jpg": UNKNOWN, "/z/thumbs/1.jpg": THUMBNAIL},
}
ROWS = [(who, target, cut) for who, family in FAMILIES.items() for target, cut in family.items()]

OTHERS = {
    "/": Kind.PAGE,
    "/photo/123": Kind.PAGE,
    "/photos/ann/123/": Kind.PAGE,
    "/wiki/File:Name.jpg": Kind.PAGE,
    "/index.php?id=3": Kind.PAGE,
    "/john.doe": Kind.PAGE,
    "/list?size=20": Kind.PAGE,
    "/api/photos/1": Kind.API,
    "/v1/feed?cursor=a.jpg": Kind.API,
    "/graphql": Kind.API,
    "/feed.json": Kind.API,
    "/sitemap.xml": Kind.API,
    "/css/site.css?v=1.2": Kind.ASSET,
    "/js/app.min.js": Kind.ASSET,
    "/favicon.ico": Kind.ASSET,
    "/fonts/a.woff2": Kind.ASSET,
    "/images/logo.png": Kind.ASSET,
    "/images/icon-32x32.png": Kind.ASSET,
    "/img/spacer.gif": Kind.ASSET,
    "/apple-touch-icon-120x120.png": Kind.ASSET,
    "/static/hero.jpg": Kind.ASSET,
    "/assets/2/back.webp": Kind.ASSET,
    "/wp-content/themes/x/images/photo.jpg": Kind.ASSET,
    "/wp-includes/images/smilies/a.gif": Kind.ASSET,
    "/static/uploads/1.jpg": Kind.PICTURE,
    "/media/p.heic": Kind.PICTURE,
    "/AbCdEfGm.jpg": Kind.PICTURE,
    f"/avatar/{HEX}?s=80": Kind.AVATAR,
    "/avatars/7.png": Kind.AVATAR,
    "/profile_images/1/a_normal.jpg": Kind.AVATAR,
    "/hls/1/seg-3.ts": Kind.OTHER,
    "/video/1.mp4": Kind.OTHER,
    "/robots.txt": Kind.OTHER,
    "/.env": Kind.PAGE,
    "/backup.sql": Kind.OTHER,
    "*": Kind.OTHER,
    "": Kind.OTHER,
    "www.example.com:443": Kind.OTHER,
    "\x16\x03\x01": Kind.OTHER,
}


def one(target: str, kind: str = "") -> tuple[int, ...]:
    return names([target.encode("latin-1")], [kind.encode()], seed=SEED)[0]


@pytest.mark.parametrize(("who", "target", "rendition"), ROWS)
def test_known_addresses_say_their_rendition(who: str, target: str, rendition: Rendition) -> None:
    assert one(target)[:2] == (Kind.PICTURE, rendition), who


@pytest.mark.parametrize("who", FAMILIES)
def test_all_renditions_of_a_picture_are_one_picture(who: str) -> None:
    assert len({one(target)[2] for target in FAMILIES[who]}) == 1


STILLS = {
    "/i/frame/7.jpg?n={}": 7,
    "/frame/ab/abcd?fm=jpg&t={}.5": -1,
    "/film.php?id=7&type=frame&f={}": 7,
    "/media/u1/a2/IMG_7_frame.webp?n={}&sig=ab12": 7,
    "/v/7/storyboard.webp?w=320&index={}": 7,
    "/v/7/frames/{}.jpg": 7,
    "/v/7/frame_00{}.jpg": 7,
    "/v/7/frame_{}-320x180.jpg": 7,
    "/vi/dQw4w9/hq{}.jpg": 9,
    "/films/7.mp4/frame-{}.jpg": 7,
    "/films/7.mp4/frames/{}00.jpg": 7,
}


@pytest.mark.parametrize(("target", "film"), STILLS.items())
def test_every_still_of_a_film_is_a_picture_and_none_is_a_step(target: str, film: int) -> None:
    stills = [one(target.format(n), "image/jpeg") for n in (1, 2, 3)]

    assert {still[1] for still in stills} == {FRAME}
    assert len({still[2] for still in stills}) == 3
    assert {still[5:] for still in stills} == {(film, stills[0][6])}


def test_a_still_without_a_number_is_its_film() -> None:
    assert one("/v/7/storyboard.webp")[2] == one("/v/7/poster.jpg")[2]
    assert one("/i/frame/7.jpg?t=1795521600")[2] == one("/i/frame/7.jpg")[2]


def test_a_number_in_the_query_tells_only_stills_apart() -> None:
    assert one("/i/original/7.jpg?n=1")[2] == one("/i/7.jpg?n=2")[2]


def test_stills_of_neighbouring_films_are_a_walk() -> None:
    first, second = one("/i/frame/7.jpg?n=1"), one("/i/frame/8.jpg?n=2")

    assert (first[5], second[5]) == (7, 8)
    assert first[6] == second[6]


def test_different_pictures_are_different() -> None:
    pictures = {one(next(iter(family)))[2] for family in FAMILIES.values()}

    assert len(pictures) == len(FAMILIES)


@pytest.mark.parametrize(("target", "kind"), OTHERS.items())
def test_known_addresses_say_their_kind(target: str, kind: Kind) -> None:
    assert one(target)[0] == kind


TYPED = {
    ("/p/8a7b", "image/jpeg"): Kind.PICTURE,
    ("/image.php?id=7", "IMAGE/PNG; q=1"): Kind.PICTURE,
    ("/avatar/8a7b", "image/webp"): Kind.AVATAR,
    ("/mark.svg", "image/svg+xml"): Kind.ASSET,
    ("/mark", "image/svg+xml"): Kind.ASSET,
    ("/gone.jpg", "text/html"): Kind.PICTURE,
    ("/feed", "application/json; charset=utf-8"): Kind.API,
    ("/stream", "video/mp4"): Kind.OTHER,
    ("/v1/page", "text/html"): Kind.PAGE,
    ("/x", "nonsense"): Kind.PAGE,
}


@pytest.mark.parametrize(("asked", "kind"), TYPED.items())
def test_a_logged_content_type_tells_what_no_extension_tells(
    asked: tuple[str, str], kind: Kind
) -> None:
    assert one(*asked)[0] == kind


def test_the_query_tells_pictures_apart_where_the_path_does_not() -> None:
    seven, eight = (one(f"/image.php?w=64&id={n}&sig=a", "image/jpeg") for n in (7, 8))

    assert (seven[1], seven[5], seven[6]) == (THUMBNAIL, 7, eight[6])
    assert seven[2] != eight[2]


OWNERS = {
    "/u/ann/1.jpg": "ann",
    "/users/ann/photos/1.jpg": "ann",
    "/@ann/1.jpg": "ann",
    "/~ann/1.jpg": "ann",
    "/members/ann/large/1.jpg": "ann",
    "/photos/ann/123.jpg": "ann",
    "/photos/ann/123/large.jpg": "ann",
    "/u/ann.jpg": "",
    "/photos/2015/123.jpg": "",
    "/photos/beach/sea.jpg": "",
    "/i/1.jpg": "",
}


@pytest.mark.parametrize(("target", "owner"), OWNERS.items())
def test_an_obvious_user_folder_tells_the_owner(target: str, owner: str) -> None:
    assert one(target)[3] == (hash_bytes(owner.encode(), SEED) if owner else 0)


SERIALS = {
    "/i/1001.jpg": 1001,
    "/i/IMG_0042-150x150.jpg": 42,
    "/photos/12/large.jpg": 12,
    "/a1/b2/c.jpg": 2,
    "/uploads/2015/08/17/beach.jpg": -1,
    "/uploads/2015/08/17.jpg": 17,
    "/0.jpg": 0,
    "/i/beach.jpg": -1,
    "/i/1234567890123456789.jpg": -1,
    "/i/123456789012345678.jpg": 123456789012345678,
    "/tiles/12/2200/1343.png": -1,
    "/system/000/012/345.jpg": 345,
}


@pytest.mark.parametrize(("target", "serial"), SERIALS.items())
def test_the_last_number_is_the_serial_but_for_dates_and_tiles(target: str, serial: int) -> None:
    assert one(target)[5] == serial


def test_neighbours_share_a_series_and_others_do_not() -> None:
    targets = ("/a/1.jpg", "/a/thumb/2.jpg", "/a/33.webp", "/b/1.jpg", "/a/x1.jpg")
    series = [one(target)[6] for target in targets]

    assert series[0] == series[1] == series[2]
    assert len(set(series)) == 3


def test_what_is_kept_means_the_same_for_ever() -> None:
    assert one("/photos/ann/123.jpg") == FROZEN


FROZEN = (4, 0, 2698935829836259178, 7611921022300117787, 0, 123, 16134699673417410786)
