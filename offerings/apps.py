"""The catalogue: taxonomies, topics, institutions, offerings, and the addresses of everything."""

from django.apps import AppConfig


class OfferingsConfig(AppConfig):
    """Taxonomies, topics, institutions, offerings."""

    name = "offerings"
    verbose_name = "Catalogue"
