"""What the newsroom knows of trackers and redirectors: tables only, read by ``links``.

Names are in lower case and compared without regard to case; a ``*`` at the end stands for any ending. A name belongs in
``TRACKERS`` only if no page is known to need it; one that means something elsewhere goes under its host.
"""

TRACKERS = (
    # Campaign tagging: Google and Urchin, Matomo and Piwik, AT Internet, Adobe, Webtrends and the rest.
    *("utm_*", "ga_source", "ga_medium", "ga_campaign", "ga_content", "ga_term", "_ga", "_gl", "_gac"),
    *("mtm_*", "matomo_*", "piwik_*", "pk_campaign", "pk_cid", "pk_content", "pk_kwd", "pk_keyword", "pk_medium"),
    *("pk_source", "at_campaign", "at_custom*", "at_format", "at_link_*", "at_medium", "at_ptr_name", "xtor", "xtref"),
    *("s_cid", "s_kwcid", "ef_id", "wt.mc_id", "wt.mc_ev", "wt_mc", "wt_zmc", "hmb_*", "itm_*", "_openstat"),
    *("ns_campaign", "ns_mchannel", "ns_source", "ns_linkname", "ns_fee", "cmpid", "ncid", "icid", "sr_share"),
    # Clicks on advertisements.
    *("gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "msclkid", "yclid", "ysclid"),
    *("ymclid", "twclid", "ttclid", "li_fat_id", "epik", "rdt_cid", "sccid", "irclickid", "irgwc", "cjevent", "awc"),
    *("rb_clickid", "ranmid", "raneaid", "ransiteid", "zanpid", "tduid", "obclid", "tblci", "mkwid", "pcrid"),
    # Shares on social networks.
    *("fbclid", "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "action_object_map", "action_type_map"),
    *(
        "action_ref_map",
        "mibextid",
        "igshid",
        "igsh",
        "ref_src",
        "ref_url",
        "soc_src",
        "soc_trk",
        "__twitter_impression",
    ),
    *("_branch_match_id", "_branch_referrer", "hootpostid", "share_from"),
    # Newsletters: Mailchimp, HubSpot, Marketo, Omeda, Vero, Eloqua, Salesforce, Klaviyo and the rest.
    *("mc_cid", "mc_eid", "mc_tc", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking", "mkt_tok"),
    *("oly_enc_id", "oly_anon_id", "vero_id", "vero_conv", "elqtrack*", "elqaid", "elqat", "elqcampaignid", "elqcst"),
    *("elqak", "et_rid", "sfmc_*", "_ke", "_kx", "_bta_tid", "_bta_c", "trk_contact", "trk_msg", "trk_module"),
    *("trk_sid", "ml_subscriber", "ml_subscriber_hash", "ck_subscriber_id", "dm_i", "inf_contact_key", "vgo_ee"),
    *("wickedid", "bsft_*", "spmailingid", "spuserid", "spjobid", "spreportid", "nr_email_referer"),
    # Accelerated pages and portals.
    *("usqp", "amp_js_v", "amp_gsa", "guccounter", "guce_referrer", "guce_referrer_sig"),
)

# Trackers that would mean something elsewhere. A host stands for itself and everything under it.
HOST_TRACKERS = {
    "academic.oup.com": ("login", "redirectedfrom", "searchresult"),
    "beckershospitalreview.com": ("origin", "rcio"),
    "bloomberg.com": ("sref", "srnd"),
    "businessinsider.com": ("ir", "r"),
    "cnbc.com": ("__source", "par"),
    "facebook.com": ("__cft__*", "__tn__", "__xts__*", "hc_location", "hc_ref", "paipv", "eav", "rdid"),
    "fastcompany.com": ("campaign_date", "partner", "position"),
    "forbes.com": ("sh", "ss"),
    "fortune.com": ("xid",),
    "instagram.com": ("ig_mid", "ig_rid"),
    "linkedin.com": ("lipi", "licu", "midtoken", "midsig", "trk", "trkemail", "trkinfo", "trackingid", "refid", "rcm"),
    "medium.com": ("source",),
    "medscape.com": ("faf", "impid", "nlid", "spon", "src", "uac"),
    "nature.com": ("code", "error"),
    "nytimes.com": ("campaign_id", "emc", "instance_id", "nl", "nlid", "partner", "ref", "referringsource", "regi_id")
    + ("rref", "segment_id", "smid", "smtyp", "te", "user_id"),
    "reddit.com": ("context_share", "share_id", "rdt"),
    "sciencedirect.com": ("dgcid", "_rdoc", "_fmt", "_origin"),
    "statnews.com": ("cmp",),
    "theguardian.com": ("cmp", "cmp_*"),
    "tiktok.com": ("_r", "_t", "is_from_webapp", "sender_device"),
    "time.com": ("xid",),
    "twitter.com": ("cxt", "s", "t"),
    "washingtonpost.com": ("hpid", "itid", "tid", "wpisrc", "wpmk"),
    "wikipedia.org": ("wprov",),
    "wired.com": ("bxid", "cndid", "esrc", "mbid"),
    "wsj.com": ("mod", "reflink"),
    "x.com": ("cxt", "s", "t"),
    "yahoo.com": ("fr", "tsrc"),
    "youtu.be": ("feature", "si"),
    "youtube.com": ("ab_channel", "embeds_referring_euri", "feature", "pp", "si"),
}

# Names that stay on these hosts whatever the tables above say, because the page is about them or needs them.
KEPT = {
    "archive.org": ("*",),  # the query belongs to the archived address
    "archive.today": ("*",),
    "ga-dev-tools.google": ("utm_*",),  # a builder of tagged addresses
    "webcache.googleusercontent.com": ("*",),
}

# Fragments that say where a click came from. All but those of Urchin count only with a value: ``#xtor`` may be a place.
FRAGMENT_TRACKERS = (
    *(
        "utm_*",
        "xtor",
        "echobox",
        "ftag",
        "fbclid",
        "gclid",
        "mc_cid",
        "mc_eid",
        "_hsenc",
        "mkt_tok",
        "cmpid",
        "at_pco",
    ),
    *("at_campaign", "at_medium", "intcmp", "link_time", "cxrecs_s", "xtref", "ns_campaign", "s_cid"),
)
# Share buttons leave a mark of their own: AddThis ``#.XaBc12…``, ShareThis ``#sthash.….dpuf``.
FRAGMENT_MARKS = (r"\.(?=.*[A-Z])[A-Za-z0-9_-]{11}", r"sthash\..*")

# Addresses that only lead elsewhere: host, beginning of the path, the parameters that may hold where.
REDIRECTORS = {
    "google.*": (("/url", ("q", "url")), ("/imgres", ("imgrefurl",))),
    "l.facebook.com": (("/l.php", ("u",)),),
    "lm.facebook.com": (("/l.php", ("u",)),),
    "facebook.com": (("/l.php", ("u",)), ("/flx/warn", ("u",))),
    "l.instagram.com": (("/", ("u",)),),
    "l.messenger.com": (("/l.php", ("u",)),),
    "l.threads.net": (("/", ("u",)),),
    "l.workplace.com": (("/l.php", ("u",)),),
    "linkedin.com": (("/redir/redirect", ("url",)), ("/safety/go", ("url",)), ("/redirect", ("url",))),
    "safelinks.protection.outlook.com": (("/", ("url",)),),
    "urldefense.proofpoint.com": (("/v1/url", ("u",)),),
    "out.reddit.com": (("/", ("url",)),),
    "t.umblr.com": (("/redirect", ("z",)),),
    "vk.com": (("/away.php", ("to",)),),
    "youtube.com": (("/redirect", ("q",)),),
    "duckduckgo.com": (("/l/", ("uddg",)),),
    "slack-redir.net": (("/link", ("url",)),),
    "getpocket.com": (("/redirect", ("url",)),),
    "steamcommunity.com": (("/linkfilter", ("url", "u")),),
    "go.redirectingat.com": (("/", ("url",)),),
    "go.skimresources.com": (("/", ("url",)),),
    "redirect.viglink.com": (("/", ("u",)),),
    "click.linksynergy.com": (("/", ("murl",)),),
    "awin1.com": (("/cread.php", ("ued", "p")),),
    "exit.sc": (("/", ("url",)),),
    "translate.google.com": (("/translate", ("u",)),),
}

# The same where the path itself holds the address; ``s`` says https.
PATH_REDIRECTORS = {
    "google.*": r"/amp/(?P<s>s/)?(?P<rest>.+)",
    "cdn.ampproject.org": r"/[cv]/(?P<s>s/)?(?P<rest>.+)",
}
