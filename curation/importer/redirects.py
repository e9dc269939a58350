"""Old addresses that documents bring along. A contested one goes to the earliest article, a live page always wins."""

from dataclasses import dataclass
from datetime import UTC, datetime

from curation.models import Article
from curation.text.addresses import NEWS, article, section
from offerings import addresses
from offerings.models import Redirect

_NEWS = section(NEWS)
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Claim:
    """An old address that an article asks for. ``order`` decides contests: the smaller wins."""

    path: str
    slug: str
    order: tuple
    claimant: object

    @property
    def target(self):
        return article(_NEWS, self.slug)


def order(date: datetime | None, key: str) -> tuple:
    """Return how early an article is: by its date, then by its document's key; without a date it comes last."""
    return (date or _LAST, key)


def settle(claims: list[Claim], taken: list[str]) -> list[tuple[object, str, str]]:
    """Redirect old addresses to the articles that claim them; return ``(claimant, code, words)`` of those lost.

    ``taken`` are the slugs that articles got in the same transaction: what stood at their addresses goes. Four
    queries, however many claims.
    """
    by_path, remarks = {}, []
    pages = _pages([addresses.normal(claim.path) for claim in claims])
    for claim in claims:
        path = addresses.normal(claim.path)
        if path == addresses.normal(claim.target):
            continue
        if path in pages:
            remarks.append((claim.claimant, "live-alias", f"the alias {path} is the address of another article"))
        else:
            by_path.setdefault(path, []).append(claim)
    pairs, lost = _contest(by_path)
    addresses.redirect_many(pairs)
    Redirect.objects.filter(path__in=[addresses.normal(article(_NEWS, slug)) for slug in taken]).delete()
    return remarks + lost


def _pages(paths):
    """Return those addresses that are articles' own."""
    slugs = {path.removeprefix(_NEWS): path for path in paths if path.startswith(_NEWS)}
    return {slugs[slug] for slug in _at(slugs).values_list("slug", flat=True)}


def _at(slugs):
    """Return the articles with these slugs. Empty slugs are left out aloud, or no index would serve."""
    return Article.objects.filter(slug__in=slugs).exclude(slug="") if slugs else Article.objects.none()


def _contest(by_path):
    """Decide each path among its claims and whoever has it already."""
    pairs, remarks = [], []
    owners = _owners(by_path)
    for path, claims in by_path.items():
        first, *others = sorted(claims, key=lambda claim: claim.order)
        owner = owners.get(path)
        if owner is None or (first.order < owner[0] and owner[1] != first.target):
            pairs.append((path, first.target))
            losers, winner = others, first.target
            if owner and owner[1] != first.target:
                remarks.append(
                    (first.claimant, "contested-alias", f"the alias {path} was {owner[1]}’s, which is later")
                )
        else:
            losers, winner = claims, owner[1]
        remarks += [
            (claim.claimant, "contested-alias", f"the alias {path} leads to {winner}, which is earlier")
            for claim in losers
            if claim.target != winner
        ]
    return pairs, remarks


def _owners(paths):
    """Return ``path → (order, target)`` of redirects that are there; what leads to no imported article comes first."""
    rows = dict(Redirect.objects.filter(path__in=paths).values_list("path", "target")) if paths else {}
    slugs = {target.removeprefix(_NEWS).strip("/") for target in rows.values()}
    found = _at(slugs).filter(document__isnull=False).values_list("slug", "dated_at", "document__key")
    orders = {slug: order(at, key) for slug, at, key in found}
    return {
        path: (orders.get(target.removeprefix(_NEWS).strip("/"), (_FIRST, "")), target) for path, target in rows.items()
    }
