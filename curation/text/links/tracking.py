"""Tables of trackers: parameters that only count readers, and how the tables are asked about a host.

Names are in lower case and compared without regard to case; a ``*`` at the end stands for any ending. A name belongs in
``TRACKERS`` only if no page is known to need it (``tests`` name what must stay); one that means something elsewhere
goes under its host.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from . import parsing


def names(words: str) -> tuple[str, ...]:
    """Return the names in a line of them; tables are written so."""
    return tuple(words.split())


TRACKERS = (
    # Campaign tagging: Google and Urchin, Matomo and Piwik, AT Internet, Adobe, Webtrends and the rest.
    *names("utm_* ga_source ga_medium ga_campaign ga_content ga_term ga_place _ga _gl _gac _gid hsa_* mtm_* matomo_*"),
    *names("piwik_* pk_campaign pk_cid pk_content pk_cpn pk_kwd pk_keyword pk_medium pk_source pk_vid at_campaign*"),
    *names("at_bbc_team at_creation at_custom* at_emailtype at_format at_link* at_medium at_ptr_name at_recipient_*"),
    *names("at_send_date xtor xtref s_cid s_kwcid s_kw ef_id adobe_mc* wt.mc_* wt.ec_id wt.feed_name wt_mc wt_zmc"),
    *names("hmb_* itm_* int_source int_medium int_campaign int_content int_term int_cmp* intcmp intcid intlink_from_*"),
    *names("_openstat ns_campaign ns_mchannel ns_source ns_linkname ns_fee cmpid ncid icid iesrc cm_mmc* cm_cr cm_lm"),
    *names("cm_me cm_re cm_sp cvosrc cvo_* sr_share g2i_source g2i_medium g2i_campaign _sgm_* oprtrack erid ito"),
    # Clicks on advertisements.
    *names("gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid msclkid yclid ysclid ymclid clckid"),
    *names("ym_tracking_id twclid ttclid tt_medium tt_content tgclid qclid li_fat_id epik rdt_cid sccid ndclid"),
    *names("irclickid irgwc ir_campaignid ir_adid ir_partnerid cjevent cjdata awc sscid admitad_uid rb_clickid ranmid"),
    *names("raneaid ransiteid zanpid tduid obclid oborigurl dicbo tblci mkwid pcrid wickedid loclid adsterra_*"),
    *names("adjust_tracker adjust_campaign adjust_adgroup adjust_creative adjust_referrer x-clickref ascsubtag"),
    *names("pf_rd_* pd_rd_* _trkparms _trksid mkevt mkcid mkrid bemobdata unicorn_click_id mindbox-click-id"),
    # Shares on social networks.
    *names("fbclid fb_action_ids fb_action_types fb_comment_id fb_ref fb_source fbadid action_object_map"),
    *names("action_type_map action_ref_map mibextid igshid igsh ref_src ref_url soc_src soc_trk __twitter_impression"),
    *names("_branch_match_id _branch_referrer hootpostid share_from awesm taid"),
    # Newsletters: Mailchimp, HubSpot, Marketo, Omeda, Vero, Eloqua, Salesforce, Klaviyo, GovDelivery and the rest.
    *names("mc_cid mc_eid mc_tc _hsenc _hsmi __hstc __hssc __hsfp hsctatracking hubs_content* mkt_tok oly_enc_id"),
    *names("oly_anon_id vero_id vero_conv elq elqtrack* elqaid elqak elqat elqcampaignid elqcst et_rid et_cid"),
    *names("sfmc_* _ke _kx"),
    *names("_bta_tid _bta_c bta_tid bta_c trk_contact trk_msg trk_module trk_sid ml_subscriber ml_subscriber_hash"),
    *names("ck_subscriber_id dm_i inf_contact_key vgo_ee bsft_* spmailingid spuserid spjobid spreportid"),
    *names("nr_email_referer acstracking* _bhlid _clde _cldee __s __io_lv _io_session_id mindbox-message-key"),
    *names("oft_id oft_k oft_lk oft_d oft_c oft_ck oft_ids oft_sk sb_referer_host sc_eh sc_lid sc_llid sc_uid"),
    *names("sc_customer subscriber_id subscriberid email_hash emailhash hashed_email recipient_id recipientid"),
    *names("lctg nlid emc_id ems_dl emcs_t simplycast _cio_id iterableuserid customer_io"),
    # Accelerated pages and portals.
    *names("usqp amp_js_v amp_gsa amp_ct amp_tf guccounter guce_referrer guce_referrer_sig"),
)

_CONDE_NAST = names("bxid cndid esrc mbid hasha hashb hashc")
_ATYPON = names("af ai rss src")
_NCBI = names("from_* fc ff otool itool tool holding myncbishare inmyncbi ordinalpos")
_AMAZON = names(
    "ref_ ref smid linkcode linkid creative creativeasin camp psc sprefix crid dib dib_tag qid sr content-id"
)
_TWITTER = names("cxt s t ref_src")
_APPLE = names("at ct itscg itsct ls mt pt uo")
_BBC = names("ocid pinned_post_type ns_* post_id_source")

# Trackers that would mean something elsewhere. A host stands for itself and everything under it.
HOST_TRACKERS = {
    # Health: news, societies, agencies and journals.
    "academic.oup.com": names("login redirectedfrom searchresult rss"),
    "acpjournals.org": _ATYPON,
    "ahajournals.org": _ATYPON,
    "beckershospitalreview.com": names("origin rcio"),
    "bmj.com": names("rss hwoasp eaf etoc papetoc rapid"),
    "cdc.gov": names("deliveryname cdc_aa_refval cdc_aaref_val aa_refval"),
    "cell.com": names("dgcid _returnurl rss"),
    "clinicaltrials.gov": names("rank"),
    "fda.gov": names("deliveryname"),
    "fiercebiotech.com": names("mrkid nl"),
    "fiercehealthcare.com": names("mrkid nl"),
    "fiercepharma.com": names("mrkid nl"),
    "healio.com": names("ecp m_bt scid"),
    "hhs.gov": names("deliveryname"),
    "jamanetwork.com": names("resultclick appid alert linkid widget previousarticle"),
    "liebertpub.com": _ATYPON,
    "mdedge.com": names("ecp"),
    "mdpi.com": names("rss"),
    "medicalxpress.com": names("deviceid"),
    "medpagetoday.com": names("xid eun bid mu_id vpass impid trw"),
    "medscape.com": names("ecd faf impid nlid spon src uac"),
    "modernhealthcare.com": names("csauthresp appid adobe_mc"),
    "nature.com": names("code error proof sap-outbound-id frompaywallrec"),
    "ncbi.nlm.nih.gov": _NCBI,
    "nejm.org": names("query cid emp rss jwd jspc logout promo bid"),
    "nih.gov": names("deliveryname"),
    "onlinelibrary.wiley.com": (*_ATYPON, "campaign", "elq_mid", "elq_cid"),
    "pnas.org": names("cookieset"),
    "sagepub.com": _ATYPON,
    "sciencedirect.com": names("dgcid via pes _rdoc _fmt _origin _zone _docanchor _alid rss"),
    "springer.com": names("code error frompaywallrec sap-outbound-id"),
    "statnews.com": names("cmp"),
    "tandfonline.com": (*_ATYPON, "needaccess"),
    "thelancet.com": names("dgcid rss _eventid"),
    "webmd.com": names("ecd src"),
    # The press.
    "axios.com": names("stream"),
    "bbc.co.uk": _BBC,
    "bbc.com": _BBC,
    "bloomberg.com": names("sref srnd leadsource"),
    "bostonglobe.com": names("p1 s_campaign"),
    "businessinsider.com": names("ir r"),
    "cbc.ca": names("__vfz cmp referrer"),
    "cbsnews.com": names("ftag"),
    "cnbc.com": names("__source par"),
    "cnn.com": names("hpt iid"),
    "dailymail.co.uk": names("reg_source"),
    "dw.com": names("maca"),
    "economist.com": names("fsrc bclid"),
    "fastcompany.com": names("campaign_date partner position"),
    "forbes.com": names("sh ss"),
    "fortune.com": names("xid"),
    "ft.com": names("ftcamp segmentid ftag"),
    "independent.co.uk": names("regsourcemethod"),
    "newsweek.com": names("subref"),
    "newyorker.com": _CONDE_NAST,
    "npr.org": names("ft f"),
    "nytimes.com": names("campaign_id emc instance_id nl nlid partner ref referringsource regi_id rref segment_id smid")
    + names("smtyp te user_id action module pgtype algo imp_id req_id surface region variant"),
    "politico.com": names("nname nid nrid"),
    "prnewswire.com": names("tc"),
    "reuters.com": names("feedtype feedname rpc il"),
    "spiegel.de": names("sara_ecid sara_ref"),
    "theguardian.com": names("cmp cmp_* acquisitiondata refpvid"),
    "thehill.com": names("email emaila emailb"),
    "time.com": names("xid"),
    "usatoday.com": names("csp gnt-* gca-*"),
    "vanityfair.com": _CONDE_NAST,
    "washingtonpost.com": names("hpid itid tid wpisrc wpmk s_l"),
    "wired.com": _CONDE_NAST,
    "wsj.com": names("mod reflink"),
    # Networks and portals.
    "aliexpress.com": names("spm scm algo_pvid algo_exp_id pvid"),
    "amazon.co.uk": _AMAZON,
    "amazon.com": _AMAZON,
    "amazon.de": _AMAZON,
    "apple.com": _APPLE,
    "bing.com": names("form cvid sp pq sc sk qs ghsh ghacc"),
    "change.org": names("source_location"),
    "facebook.com": names("__cft__* __tn__ __xts__* hc_location hc_ref paipv eav rdid referral_code tracking"),
    "google.*": names("ved ei sxsrf sca_esv sca_upv aqs oq gs_lcp gs_lcrp gs_lp sclient uact iflsig bih biw dpr rlz"),
    "instagram.com": names("ig_mid ig_rid"),
    "linkedin.com": names("lipi licu midtoken midsig trk trkemail trkinfo trackingid refid rcm originalsubdomain")
    + names("otptoken eid contexturn originalreferer"),
    "medium.com": names("source gi"),
    "msn.com": names("ocid cvid pc ei"),
    "open.spotify.com": names("si context sp_cid"),
    "pinterest.com": names("rs sender invite_code"),
    "producthunt.com": names("ref"),
    "reddit.com": names("context_share share_id rdt correlation_id ref_campaign ref_source ref"),
    "researchgate.net": names("_sg _tp _iepl enrichid"),
    "substack.com": names("r isfreemail triedredirect publication_id"),
    "threads.com": names("xmt slof"),
    "threads.net": names("xmt slof"),
    "tiktok.com": names("_r _t _d is_copy_url is_from_webapp sender_device sender_web_id share_app_id share_item_id")
    + names("share_link_id share_author_id social_sharing tt_from u_code sec_uid sec_user_id checksum"),
    "translate.goog": names("_x_tr_*"),
    "twitter.com": _TWITTER,
    "vimeo.com": names("share fl fe"),
    "wikipedia.org": names("wprov"),
    "x.com": _TWITTER,
    "yahoo.com": names("fr tsrc"),
    "youtu.be": names("feature si"),
    "youtube-nocookie.com": names("si"),
    "youtube.com": names("ab_channel embeds_referring_euri embeds_referring_origin feature pp si source_ve_path"),
}

_ALL = ("*",)  # the query belongs to the address that is kept, shown or tested there

# Names that stay on these hosts whatever the tables above say, because the page is about them or needs them.
KEPT = {
    **dict.fromkeys(names("archive.fo archive.is archive.li archive.md archive.ph archive.today archive.vn"), _ALL),
    **dict.fromkeys(names("archive.org archive-it.org arquivo.pt ghostarchive.org megalodon.jp vefsafn.is"), _ALL),
    **dict.fromkeys(names("webarchive.nationalarchives.gov.uk webarchive.org.uk webarchive.loc.gov"), _ALL),
    **dict.fromkeys(names("webcitation.org mementoweb.org swap.stanford.edu cc.bingj.com"), _ALL),
    **dict.fromkeys(names("webcache.googleusercontent.com validator.w3.org pagespeed.web.dev"), _ALL),
    "ga-dev-tools.google": ("utm_*",),  # a builder of tagged addresses
}

# Fragments that say where a click came from. All but those of Urchin count only with a value: ``#xtor`` may be a place.
FRAGMENT_TRACKERS = (
    *names("utm_* xtor echobox ftag fbclid gclid mc_cid mc_eid _hsenc mkt_tok cmpid at_pco at_campaign at_medium"),
    *names("intcmp link_time cxrecs_s xtref ns_campaign s_cid aoh csi amp_tf amp_ct amp_kit ampshare"),
)
# Share buttons leave a mark of their own: AddThis ``#.XaBc12…``, ShareThis ``#sthash.….dpuf``.
FRAGMENT_MARKS = (r"\.(?=.*[A-Z])[A-Za-z0-9_-]{11}", r"sthash\..*")

# Tokens that open a page to whoever was given them. Each stays in a link, and is no other page.
TOKENS = (
    *names(
        "unlocked_article_code pwapi_token gift gift_token gifttoken giftid gift_id giftcode gift_code gift_article"
    ),
    *names("giftlink gift_link giftcopy share_token sharetoken shared_token sharing_token author_access_token"),
    *names("guestaccesskey casa_token gaa_* ijkey keytype accesstoken access_token friend_link unlock_token"),
)
HOST_TOKENS = {
    "barrons.com": names("st"),
    "ft.com": names("sharetype token"),
    "marketwatch.com": names("st"),
    "medium.com": names("sk"),
    "onlinelibrary.wiley.com": names("hmac"),
    "washingtonpost.com": names("pwapi_token"),
    "wsj.com": names("st"),
}


class Names:
    """A set of patterns that answers whether a name is among them."""

    def __init__(self, patterns: Iterable[str]) -> None:
        patterns = tuple(patterns)
        self.whole = frozenset(name for name in patterns if not name.endswith("*"))
        self.beginnings = tuple(name[:-1] for name in patterns if name.endswith("*"))

    def __contains__(self, name: str) -> bool:
        return name in self.whole or name.startswith(self.beginnings)


_TRACKERS, _TOKENS = Names(TRACKERS), Names(TOKENS)
_FRAGMENT_TRACKERS = Names(FRAGMENT_TRACKERS)


def name(segment: str) -> str:
    """Return the name of a parameter as it is compared: decoded, in lower case; its ``=`` may be encoded too."""
    # What was read elsewhere may carry the source code's ``&amp;`` for ``&``.
    called = segment.partition("=")[0]
    if "%" in called:
        called = unquote(called).partition("=")[0]
    return called.lower().removeprefix("amp;")


def is_tracker(called: str, host: str) -> bool:
    """Return whether a parameter of this name only says where a reader of this host came from."""
    kept, known, _ = _at(host)
    return bool(called) and not _among(called, kept) and (called in _TRACKERS or _among(called, known))


def is_fragment_tracker(segment: str) -> bool:
    """Return whether a piece of a fragment only says where a reader came from."""
    called = name(segment.removeprefix("?"))
    return called in _FRAGMENT_TRACKERS and ("=" in segment or called.startswith("utm_"))


def is_token(called: str, host: str) -> bool:
    """Return whether a parameter of this name opens a page of this host to somebody and says nothing else."""
    return called in _TOKENS or _among(called, _at(host)[2])


def keeps(called: str, host: str) -> bool:
    """Return whether a host keeps a parameter of this name whatever it is; ``#`` asks for its fragments."""
    return _among(called, _at(host)[0])


def _among(called, sets):
    return any(called in names for names in sets)


@lru_cache(maxsize=1024)  # asked for each parameter of an address
def _at(host):
    """Return what the tables hold for a host and the domains above it: names that stay, trackers, tokens."""
    return tuple(tuple(_of_host(table, host)) for table in _BY_HOST)


def _of_host(table: dict[str, Names], host: str) -> Iterator[Names]:
    return (table[domain] for domain in parsing.domains(host) if domain in table)


_BY_HOST = tuple(
    {host: Names(patterns) for host, patterns in table.items()} for table in (KEPT, HOST_TRACKERS, HOST_TOKENS)
)
