"""JSON lines: what they say, what they lack, and what no line may do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from access.aliases import ALIASES, Meaning
from access.event import Field, Method
from access.formats import json_roster
from access.formats.json_roster import FORMATS
from access.json_lines import PROBLEMS
from tests.access.json_scan import one, row, scan

if TYPE_CHECKING:
    from access.formats.sample import Sample

SAMPLES = [sample for f in FORMATS for sample in f.SAMPLES]
BASE = b'"ts":1,"client_ip":"192.0.2.7","path":"/i/7.jpg"'


def line(more: bytes) -> bytes:
    """Make a complete line with *more* in it."""
    return b"{" + BASE + b"," + more + b"}"


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_says_what_its_format_states(sample: Sample) -> None:
    expected = (sample.at, sample.method, sample.status, sample.size, sample.texts)

    assert expected == row(sample.line)


def test_every_file_of_a_json_format_is_on_the_roster() -> None:
    files = Path(json_roster.__file__).parent.glob("*_json.py")

    assert {file.stem for file in files} == {f.__name__.split(".")[-1] for f in FORMATS}


def test_lines_do_not_disturb_each_other() -> None:
    lines = [sample.line for sample in SAMPLES] * 3

    assert [one(text) for text in lines] == scan(lines)


def test_blanks_around_anything_change_nothing() -> None:
    loose = b' \t{ "ts" : 1 , "client_ip":\t"192.0.2.7" , "path" : "/i/7.jpg" , "x":[ 1 , {} ] } \r'

    assert row(line(b'"x":[1,{}]')) == row(loose)


@pytest.mark.parametrize("meaning", [Meaning(f) for f in range(Field.REFERER, Field.TYPE + 1)])
def test_every_name_of_a_text_is_known_nested_and_flat_in_any_case(meaning: Meaning) -> None:
    needed = b'"ts":1,"target":"/x"' + (b"" if meaning == Meaning.CLIENT else b',"ClientIP":"c"')
    for name in ALIASES[meaning]:
        if name == "ClientIP":
            continue
        nested = name.replace(".", '":{"')
        for key, closing in ((name, ""), (nested, "}" * name.count(".")), (name.upper(), "")):
            text = b'{%s,"%s":"said"%s}' % (needed, key.encode(), closing.encode())

            assert row(text).texts[Field(meaning)] == b"said", text


def test_a_key_may_be_written_with_escapes() -> None:
    assert row(line(rb'"\u0068o\u0073t":"photos.example"')).texts[Field.HOST] == b"photos.example"


def test_a_key_that_only_looks_like_a_known_one_is_not_known() -> None:
    unknown = b'"hos":"a","hostt":"b","host\\u0000":"c","host.x":"d","x.host":"e","":"f","h_st":"g"'

    assert Field.HOST not in row(line(unknown)).texts


def test_a_header_cannot_pass_for_a_name_outside_its_object() -> None:
    headers = (
        b'"request":{"headers":{"remote_ip":["6"],"uri":["6"],"Status":["6"]},"x":{"uri":"6"}}'
    )

    assert row(line(headers)) == row(line(b'"x":0'))


def test_names_inside_lists_of_objects_mean_nothing() -> None:
    assert row(line(b'"request":[{"uri":"/y","status":1}]')) == row(line(b'"x":0'))


def test_the_last_value_of_a_name_counts() -> None:
    assert row(line(b'"status":200,"status":404')).status == 404
    assert row(line(b'"status":200,"status":null')).status == 0
    assert row(line(b'"status":200,"status":{}')).status == 0


def test_the_first_name_that_says_something_wins_wherever_it_stands() -> None:
    names = b'"agent":"third","user_agent":"second","http_user_agent":"%s"'

    assert row(line(names % b"first")).texts[Field.AGENT] == b"first"
    assert row(line(names % b"-")).texts[Field.AGENT] == b"second"


def test_milliseconds_beat_the_time_beside_them() -> None:
    times = b'"msec":"1795472666.934","time":"2026-11-23T22:24:26Z"'

    assert row(line(times)).at == 1_795_472_666_934


def test_a_time_that_cannot_be_read_gives_way_to_one_that_can() -> None:
    text = b'{"time":"noon","@timestamp":"1970-01-01T00:00:01Z","client_ip":"c","path":"/"}'

    assert row(text).at == 1000


@pytest.mark.parametrize(
    ("said", "target", "host"),
    [
        (b'"path":"/a","query":"b=c"', b"/a?b=c", None),
        (b'"path":"/a","query":"?b=c"', b"/a?b=c", None),
        (b'"path":"/a?d","query":"b=c"', b"/a?d", None),
        (b'"path":"/a","query":"-"', b"/a", None),
        (rb'"path":"\/a","query":"b\u003dc"', b"/a?b=c", None),
        (rb'"path":"/a","query":"\u003fb"', b"/a?b", None),
        (b'"uri":"/index.php","args":"a=b","request_uri":"/p/7"', b"/p/7", None),
        (b'"uri":"/index.php","request":"GET /p/7 HTTP/1.1"', b"/p/7", None),
        (b'"url.full":"https://h.example:8443/a?b"', b"/a?b", b"h.example:8443"),
        (b'"url":"HTTPS://h.example"', b"/", b"h.example"),
        (b'"url":"https://h.example?b"', b"?b", b"h.example"),
        (b'"url":"https://h.example/a","host":"other.example"', b"/a", b"other.example"),
        (b'"url":"//h.example/a"', b"//h.example/a", None),
    ],
)
def test_a_target_is_put_together(said: bytes, target: bytes, host: bytes | None) -> None:
    texts = row(b'{"ts":1,"client_ip":"192.0.2.7",' + said + b"}").texts

    assert (target, host) == (texts[Field.TARGET], texts.get(Field.HOST))


def test_methods_are_read_in_any_case_and_from_request_lines() -> None:
    said = [b'"method":"get"', b'"verb":"HEAD"', b'"request":"POST /x HTTP/2.0"', b'"method":"PUT"']

    assert [row(line(text)).method for text in said] == [
        Method.GET,
        Method.HEAD,
        Method.POST,
        Method.OTHER,
    ]


def test_a_tls_hello_in_the_request_is_still_a_target() -> None:
    hello = rb'{"ts":1,"remote_addr":"192.0.2.7","request":"\u0016\u0003\u0001","status":400}'

    assert row(hello).texts[Field.TARGET] == b"\x16\x03\x01"


def test_escapes_are_written_out_as_utf8() -> None:
    agent = rb'"agent":"\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00\ud83dx\ude00"'

    expected = '"\\/\b\f\n\r\tAé€😀\ufffdx\ufffd'.encode()
    assert expected == row(line(agent)).texts[Field.AGENT]


def test_two_surrogates_at_the_end_of_a_text_are_one_sign() -> None:
    assert row(line(rb'"agent":"\ud83d\ude00"')).texts[Field.AGENT] == "😀".encode()


def test_bytes_that_are_no_utf8_pass_as_they_are() -> None:
    assert row(line(b'"agent":"\x80\xff \\u00e9"')).texts[Field.AGENT] == b"\x80\xff \xc3\xa9"


def test_only_cloudfronts_user_agent_is_decoded() -> None:
    assert row(line(b'"cs(User-Agent)":"a%20b%2"')).texts[Field.AGENT] == b"a b%2"
    assert row(line(b'"agent":"a%20b"')).texts[Field.AGENT] == b"a%20b"


def test_every_element_of_x_forwarded_for_is_kept_and_the_first_of_other_lists() -> None:
    texts = row(line(b'"xff":["192.0.2.1", "192.0.2.2"],"agent":["a","b"]')).texts

    assert (b"192.0.2.1, 192.0.2.2", b"a") == (texts[Field.FORWARDED], texts[Field.AGENT])


def test_numbers_may_be_quoted_and_a_size_that_is_none_is_unknown() -> None:
    said = row(line(b'"status":"404","bytes":"12"'))

    assert (404, 12) == (said.status, said.size)
    assert row(line(b'"bytes":"many"')).size == -1
    assert row(line(b'"bytes":-5')).size == -1


def test_host_is_the_client_only_where_it_is_an_address_and_no_client_is_named() -> None:
    apache = b'{"ts":1,"path":"/","host":"%s"}'

    assert row(apache % b"192.0.2.7").texts[Field.CLIENT] == b"192.0.2.7"
    assert row(apache % b"2001:db8::7").texts[Field.CLIENT] == b"2001:db8::7"
    assert row(line(b'"host":"192.0.2.9"')).texts[Field.CLIENT] == b"192.0.2.7"
    for name in (b"photos.example", b"ca.fe.ba.be", b"192.0.2.7:80", b""):
        assert str(one(apache % name)).startswith("no client: none of remote_addr, ")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"[]", "expected "),
        (b"{", "ends inside"),
        (b"{} {}", "something follows"),
        (b'{"a":1,}', "a key in quotes"),
        (b'{"a" 1}', 'expected ":"'),
        (b'{"a":}', "expected a value"),
        (b'{"a":1 "b":2}', 'expected ","'),
        (b'{"a":NaN}', "expected a value"),
        (b'{"a":[1,]}', "expected a value"),
        (b'{"a":[1}', 'expected ","'),
        (b'{"a":01}', 'expected ","'),
        (b'{"a":1.}', "expected a digit"),
        (b'{"a":"x', "does not end"),
        (b'{"a":"x\\', "no such escape"),
        (b'{"a":"\t"}', "control byte"),
        (b'{"a":"\\x"}', "no such escape"),
        (b'{"a":' + b"[" * 64 + b"]" * 64 + b"}", "inside each other"),
        (b"{}", "no time: none of msec, "),
        (b'{"ts":"noon"}', "time: expected"),
        (b'{"time":"2026-11-23T22:24:26"}', "has no zone"),
        (b'{"time":"23/Nov/2026:22:24:26"}', "has no zone"),
        (b'{"time":"22:24:26"}', "has no zone"),
        (b'{"ts":1,"client_ip":"192.0.2.7"}', "no target: none of request_uri, "),
        (b'{"ts":1,"path":"/"}', "no client: none of remote_addr, "),
        (line(b'"status":"OK"'), "status: expected"),
        (line(b'"status":1000'), "status: expected"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(text: bytes, problem: str) -> None:
    assert problem in str(one(text))


def test_as_deep_as_allowed_is_read() -> None:
    assert row(line(b'"a":' + b"[" * 63 + b"]" * 63)).at == 1000


def test_very_long_things_are_only_long() -> None:
    long = b"x" * 1_000_000

    assert row(line(b'"%s":1' % long)).at == 1000
    assert row(line(b'"agent":"\\"%s"' % long)).texts[Field.AGENT] == b'"' + long
    assert row(line(b'"bytes":%s' % (b"9" * 100_000))).size == -1
    assert "inside each other" in str(one(b'{"a":' * 100_000))


def test_the_codes_of_json_problems_do_not_meet_those_of_text() -> None:
    assert all(100 <= code < 200 for code in PROBLEMS)
