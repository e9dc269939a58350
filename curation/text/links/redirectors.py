"""Addresses that only lead elsewhere, as tables: mail filters, click counters, networks, search engines, proxies.

A host stands for itself and everything under it; ``google.*`` stands for Google in every country. How what stands in
such an address is decoded, ``unwrapping`` knows.
"""

from .tracking import names


def _query(*held: str, at: str = "/") -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return one rule: where the path begins so, these parameters may hold the address."""
    return ((at, held),)


# Host: beginning of the path, and the parameters that may hold where.
REDIRECTORS = {
    # Wrappers that mail servers put around the links of a letter.
    "safelinks.protection.outlook.com": _query("url"),
    "safelinks.protection.office365.us": _query("url"),
    "safelinks.o365filtering.com": _query("url"),
    "statics.teams.cdn.office.net": _query("url", at="/evergreen-assets/safelinks/"),
    "statics.teams.microsoft.com": _query("url", at="/evergreen-assets/safelinks/"),
    "teams.cdn.office.net": _query("url", at="/evergreen-assets/safelinks/"),
    "teams.public.onecdn.static.microsoft": _query("url", at="/evergreen-assets/safelinks/"),
    "outlook.office.com": _query("url", at="/mail/safelink"),
    "outlook.office365.com": _query("url", at="/mail/safelink"),
    "outlook.live.com": _query("url", at="/mail/safelink"),
    "linkprotect.cudasvc.com": _query("a"),
    "urldefense.proofpoint.com": _query("u", at="/v1/url"),
    "protect2.fireeye.com": _query("u"),
    "protection.sophos.com": _query("u"),
    "clicktime.symantec.com": _query("u"),
    "scanmail.trustwave.com": _query("u"),
    "clicktime.cloud.postoffice.net": _query("u"),
    "trendmicro.com": _query("url", at="/wis/clicktime/"),
    "imsva.com": _query("url", at="/wis/clicktime/"),
    "avanan.url-protection.com": _query("o", at="/v1/url"),
    "url-protection.com": _query("o", at="/v1/url"),
    "edgepilot.com": _query("u", at="/s/"),
    "zixcentral.com": _query("u", at="/u/"),
    "linklock.titanhq.com": _query("url"),
    "deref-gmx.com": _query("redirecturl"),
    "deref-gmx.net": _query("redirecturl"),
    "deref-mail.com": _query("redirecturl"),
    "deref-web.de": _query("redirecturl"),
    # Press agencies that count clicks, readers in isolation, and pages that only leave out who sent one.
    "cts.businesswire.com": _query("url", at="/ct/"),
    "c212.net": _query("u", at="/c/link"),
    "icptrack.com": _query("destination", at="/icp/relay"),
    "microsofttranslator.com": _query("a", at="/bv.aspx"),
    # Search engines.
    "google.*": (("/url", ("q", "url")), ("/imgres", ("imgrefurl",)), ("/scholar_url", ("url",)))
    + (("/translate", ("u",)), ("/aclk", ("adurl",)), ("/newsstand/s/", ("url",))),
    "googleadservices.com": _query("adurl"),
    "doubleclick.net": _query("adurl"),
    "bing.com": (("/ck/a", ("u",)), ("/alink/link", ("url",)), ("/news/apiclick.aspx", ("url",))),
    "duckduckgo.com": _query("uddg", at="/l/"),
    "yandex.*": _query("url", at="/clck/"),
    # Networks and tools that warn or count before they let go.
    "facebook.com": (("/l.php", ("u",)), ("/flx/warn", ("u",))),
    "l.instagram.com": _query("u"),
    "l.threads.com": _query("u"),
    "l.threads.net": _query("u"),
    "l.messenger.com": _query("u", at="/l.php"),
    "l.workplace.com": _query("u", at="/l.php"),
    "l.wl.co": _query("u"),
    "linkedin.com": (("/redir/", ("url",)), ("/safety/go", ("url",)), ("/redirect", ("url",)))
    + (("/authwall", ("sessionredirect",)),),
    "out.reddit.com": _query("url"),
    "reddit.com": _query("url", at="/media"),
    "t.umblr.com": _query("z", at="/redirect"),
    "twitter.com": _query("url", at="/i/redirect"),
    "x.com": _query("url", at="/i/redirect"),
    "vk.com": _query("to", at="/away"),
    "youtube.com": _query("q", at="/redirect"),
    "tiktok.com": _query("target", at="/link/v2"),
    "pinterest.com": _query("url", at="/offsite"),
    "slack-redir.net": _query("url", at="/link"),
    "medium.com": (("/r/", ("url",)), ("/m/global-identity", ("redirecturl",))),
    "getpocket.com": _query("url", at="/redirect"),
    "flipboard.com": _query("url", at="/redirect"),
    "steamcommunity.com": _query("url", "u", at="/linkfilter"),
    "disq.us": _query("url", at="/url"),
    "exit.sc": _query("url"),
    "gate.sc": _query("url"),
    "t.me": _query("url", at="/iv"),
    "link.zhihu.com": _query("target"),
    "link.csdn.net": _query("target"),
    "link.juejin.cn": _query("target"),
    "weibo.cn": _query("u", at="/sinaurl"),
    "go.openathens.net": _query("url", at="/redirector/"),
    # Newsletters that write where they lead into the link.
    "acemlna.com": _query("redirecturl", at="/prod/link-tracker"),
    "acemlnb.com": _query("redirecturl", at="/prod/link-tracker"),
    "acemlnc.com": _query("redirecturl", at="/prod/link-tracker"),
    "activehosted.com": _query("redirecturl", at="/prod/link-tracker"),
    "mandrillapp.com": _query("p", at="/track/click/"),
    # Shops' partners.
    "go.redirectingat.com": _query("url"),
    "redirectingat.com": _query("url"),
    "go.skimresources.com": _query("url"),
    "redirect.viglink.com": _query("u"),
    "linksynergy.com": _query("murl"),
    "awin1.com": _query("ued", "p", at="/cread.php"),
    "shareasale.com": _query("urllink", at="/r.cfm"),
    "anrdoezrs.net": _query("url"),
    "dpbolvw.net": _query("url"),
    "jdoqocy.com": _query("url"),
    "kqzyfj.com": _query("url"),
    "tkqlhce.com": _query("url"),
    "pxf.io": _query("u"),
    "sjv.io": _query("u"),
    "clk.tradedoubler.com": _query("url"),
}

# The same where the path itself holds the address. ``rest`` is the address less its scheme, ``s`` says https; ``whole``
# has its scheme, ``packed`` is in base64.
PATH_REDIRECTORS = {
    "google.*": r"/amp/(?P<s>s/)?(?P<rest>.+)",
    "cdn.ampproject.org": r"/(?:[cv]|wp)/(?P<s>s/)?(?P<rest>.+)",
    "bing-amp.com": r"/[cv]/(?P<s>s/)?(?P<rest>.+)",
    "secure-web.cisco.com": r"/[^/]+/(?P<whole>https?(?:%3A|:).+)",
    "r.search.yahoo.com": r"/.*?/RU=(?P<whole>https?(?:%3A|:)[^/]+)/RK=.*",
    "researchgate.net": r"/deref/(?P<whole>https?(?:%3A|:).+)",
    "click.pstmrk.it": r"/[123](?P<s>s)?/(?P<rest>[^/]+)/.*",
    "checkpoint.com": r"/v[23]/(?:[^/]+/)?___(?P<whole>https?:.+?)___\..*",
    "url.avanan.click": r"/v[23]/(?:[^/]+/)?___(?P<whole>https?:.+?)___\..*",
    "mjt.lu": r"/lnk/(?:[^/]+/)+(?P<packed>aHR0[A-Za-z0-9_=-]+)",
    "isolate.menlosecurity.com": r"/(?:\d+/\d+/)?(?P<whole>https?:/.+)",
    "safe.menlosecurity.com": r"/(?P<whole>https?:/.+)",
    "12ft.io": r"/(?P<whole>https?:/.+)",
    "r.jina.ai": r"/(?P<whole>https?:/.+)",
    "outline.com": r"/(?P<whole>https?:/.+)",
    "txtify.it": r"/(?P<whole>https?:/.+)",
}

# Links of newsletters that carry where they lead as JSON in base64: the beginning of their path, and the key.
PACKED_REDIRECTORS = {
    "lnks.gd": ("/l/", "url"),
    "substack.com": ("/redirect/2/", "e"),
    "customeriomail.com": ("/e/c/", "href"),
    "track.customer.io": ("/e/c/", "href"),
}

# Shapes of a path that say it whatever the host is: Amazon's mail service (GovDelivery and many more), Sailthru's.
PATH_SHAPES = (
    r"/C?L0/(?P<whole>https?:(?:%2F){1,2}[^/]+)/.*",
    r"/C?L0/(?P<whole>https?://.+?)/[0-9]++/[0-9a-f]{8,}+[^/]*+/[^/]*+",
    r"/click/[0-9]+\.[0-9]+/(?P<packed>aHR0[A-Za-z0-9_=-]+)/[^/]*(?:/.*)?",
)

# Counters of clicks under any name: SendGrid's and HubSpot's paths.
OPAQUE_SHAPE = r"/(?:(?:ls|wf)/click|(?:ss/c|e[23]t/(?:Ctc|Btc|sc|oo))/.*)"

# Parameters of a wrapper's own. Where all of its query was encoded, that hangs on the end of the address inside.
# It is cut off where it cannot be the address's own: it has no ``?``, or the value is one that Outlook writes.
TAILS = {
    "safelinks.protection.outlook.com": ("data", "sdata", "reserved"),
    "safelinks.protection.office365.us": ("data", "sdata", "reserved"),
    "teams.cdn.office.net": ("locale", "dest", "pc", "wau"),
    "google.*": ("sa", "ved", "usg", "opi", "cd", "rct", "source", "ei"),
    "facebook.com": ("h", "__tn__", "c[0]"),
    "l.instagram.com": ("e", "s"),
    "linkprotect.cudasvc.com": ("c", "typo", "ancr_add"),
    "slack-redir.net": ("v",),
    "out.reddit.com": ("token", "app_name"),
}

# Wrappers and counters that tell nobody but their maker where they lead: such a link can only be named.
OPAQUE = frozenset(
    names(
        "mimecast.com mimecastprotect.com url.emailprotection.link inky.com hornetsecurity.com list-manage.com"
        " rs6.net sendgrid.net hubspotlinks.com hubspotemail.net hs-sites.com klclick.com"
        " klclick1.com klclick2.com klclick3.com cmail19.com cmail20.com createsend.com sendibt2.com"
        " sendibt3.com mailgun.org sparkpostmail.com convertkit.com convertkit-mail.com convertkit-mail2.com"
        " beehiiv.com ccsend.com icptrack.com exacttarget.com pardot.com awstrack.me govdelivery.com lnks.gd"
        " customeriomail.com mandrillapp.com mjt.lu safelinks.protection.outlook.com urldefense.com"
        " urldefense.us urldefense.proofpoint.com linkprotect.cudasvc.com secure-web.cisco.com"
        " protection.sophos.com t.co lnkd.in l.facebook.com lm.facebook.com"
    )
)
# Of these the page that everybody may read is no wrapper: only the paths that count are.
OPAQUE_PATHS = {
    "beehiiv.com": ("/ss/c/", "/click"),
    "convertkit.com": ("/click",),
    "exacttarget.com": ("/",),
    "govdelivery.com": ("/cl0/", "/track", "/l/"),
    "hs-sites.com": ("/e3t/", "/e2t/"),
    "list-manage.com": ("/track/",),
    "mimecast.com": ("/s/", "/r/"),
    "pardot.com": ("/e/",),
}
