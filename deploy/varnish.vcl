# Varnish before the public process, where readers are many: it answers without asking for as long as the site says
# (`s-maxage`), and forgets everything when the desk says so. Needs CACHE_PURGE_URLS in the environment of both processes.
vcl 4.1;

backend tracker {
    .host = "127.0.0.1";
    .port = "8002";
}

# Who may tell it to forget: the desk's machine. Readers come from this machine too, but through nginx, which marks them.
acl desk {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ desk || req.http.X-Forwarded-Proto) {
            return (synth(405, "Only the desk says what is to be forgotten"));
        }
        ban("obj.status != 0");  # every page: each may tell of the case that was published or withdrawn
        return (synth(200, "Forgotten"));
    }
    # Who reads is nobody's business: the public side takes no cookie and no name.
    unset req.http.Cookie;
    unset req.http.X-Forwarded-For;
}

sub vcl_backend_fetch {
    unset bereq.http.X-Forwarded-For;
}

sub vcl_backend_response {
    # Not a moment longer than the site says: no page is shown while a newer one is fetched.
    set beresp.grace = 0s;
    set beresp.keep = 0s;
}
