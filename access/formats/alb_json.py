"""AWS load balancer logs behind Vector's `parse_aws_alb_log`: numbers as texts, a full address."""

from __future__ import annotations

from access.event import Field, Method
from access.formats.sample import Sample

SAMPLES = (
    Sample(
        line=b'{"type":"https","timestamp":"2026-11-23T22:24:26.186641Z","elb":"app/photos/50dc6c",'
        b'"client_host":"192.0.2.7:2817","target_host":"10.0.0.1:80",'
        b'"request_processing_time":0.0,"target_processing_time":0.001,'
        b'"response_processing_time":0.0,"elb_status_code":"200","target_status_code":"200",'
        b'"received_bytes":34,"sent_bytes":366,"request_method":"GET",'
        b'"request_url":"https://photos.example:443/i/7.jpg?w=9","request_protocol":"HTTP/1.1",'
        b'"user_agent":"curl/7.46.0","ssl_cipher":null,"ssl_protocol":null,'
        b'"target_group_arn":"arn:aws:elasticloadbalancing:us-east-2:1:targetgroup/t/73e2",'
        b'"trace_id":"Root=1-58337364-23a8c76965a2ef7629b185e3","domain_name":null,'
        b'"request_creation_time":"2026-11-23T22:24:26.145000Z","actions_executed":"forward",'
        b'"redirect_url":null,"error_reason":null,"traceability_id":"TID_1234"}',
        at=1_795_472_666_186,
        method=Method.GET,
        status=200,
        size=366,
        texts={
            Field.TARGET: b"/i/7.jpg?w=9",
            Field.AGENT: b"curl/7.46.0",
            Field.HOST: b"photos.example:443",
            Field.CLIENT: b"192.0.2.7:2817",
        },
    ),
)
