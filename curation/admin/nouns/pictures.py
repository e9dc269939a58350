"""The desk's pictures: a file is taken in, and encoded as every other one."""

import hashlib
from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.text import get_valid_filename

from curation.admin import badges
from curation.admin.article.form import thumbnail
from curation.images import queue
from curation.images.decode import BYTES
from curation.models import Picture

from . import placed
from .beside import Beside

_NAMED = 3  # places that a list names


class PictureForm(forms.ModelForm):
    """A file from somebody's own disk."""

    file = forms.FileField(label="Picture", help_text="JPEG, PNG, WebP, AVIF or GIF, at most 20 MB.")

    class Meta:
        model = Picture
        fields = ()

    def clean_file(self):
        """Refuse a file that is here already: the same one is kept once."""
        file = self.cleaned_data["file"]
        if file.size > BYTES:
            raise forms.ValidationError("It is larger than 20 MB. Make it smaller first.")
        self.digest = hashlib.sha256(file.read()).hexdigest()[:16]
        file.seek(0)
        name = get_valid_filename(Path(file.name).name)[-80:]
        self.instance.address = f"desk/{self.digest}/{name}"
        if Picture.objects.filter(address__startswith=f"desk/{self.digest}/").exists():
            raise forms.ValidationError("This file is here already. Find it by its name.")
        return file


@admin.register(Picture)
class PictureAdmin(Beside):
    """Pictures, known by what shows them; adding one is giving a file."""

    form = PictureForm
    list_display = ("thumb", "known_as", "shown_in", "size", "how", "created_at")
    list_display_links = ("known_as",)
    list_filter = ("state",)
    search_fields = ("address", "name")
    search_help_text = "A part of its address, or its name."
    readonly_fields = ("thumb", "known_as", "shown_in", "address", "how", "size", "created_at")

    def get_fields(self, request, obj=None):
        return self.readonly_fields if obj else ("file",)

    def has_change_permission(self, request, obj=None):
        """Refuse changes: a picture does not change; another one is another row."""
        return obj is None and super().has_change_permission(request, obj)

    def get_object(self, request, object_id, from_field=None):
        """Return the picture with what shows it."""
        picture = super().get_object(request, object_id, from_field)
        if picture is not None:
            self.load_beside([picture], request.user)
        return picture

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Head the page with the name that people know the picture by; what it is kept under says nothing."""
        if obj is not None:
            context |= {"title": "Picture", "subtitle": self.known_as(obj), "known_as": self.known_as(obj)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def load_beside(self, rows, user):
        """Name what shows each picture: six queries for all of them."""
        shown = placed.shown_in(rows, user)
        for picture in rows:
            picture.uses, picture.has_more = shown[picture.pk].places, not shown[picture.pk].are_all

    @admin.display(description="Name")
    def known_as(self, picture):
        first = next((use.name for use in picture.uses if use.page), "")
        return first or badges.last_piece(picture.address) or picture.address

    @admin.display(description="Where it is shown")
    def shown_in(self, picture):
        if not picture.uses:
            return "nowhere"
        rows = [(_named(use), use.how) for use in picture.uses[:_NAMED]]
        more = len(picture.uses) - _NAMED
        said = format_html_join(", ", '{} <span class="faint">{}</span>', rows)
        words = f"more than {more} more" if picture.has_more else f"{more} more"
        return format_html("{} and {}", said, words) if more > 0 else said

    @admin.display(description="How it is", ordering="state")
    def how(self, picture):
        return picture.failure or picture.get_state_display()

    @admin.display(description="Picture")
    def thumb(self, picture):
        address = thumbnail(picture)
        if not address:
            return "–"
        return format_html('<img class="thumb" src="{}" alt="" loading="lazy">', address)

    @admin.display(description="Size")
    def size(self, picture):
        return f"{picture.width} × {picture.height}" if picture.width else "–"

    def save_model(self, request, obj, form, change):
        """Keep the file and queue it; it is decoded once the transaction is over."""
        folder = Path(settings.MEDIA_ROOT) / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        incoming = folder / form.digest
        incoming.write_bytes(form.cleaned_data["file"].read())
        obj.state, obj.incoming = Picture.State.QUEUED, str(incoming)
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: self._encode(request, obj, incoming))

    def _encode(self, request, picture, incoming):
        queue.encode_one(picture)
        incoming.unlink(missing_ok=True)
        if picture.state == Picture.State.FAILED:
            messages.error(request, picture.failure)


def _named(use):
    return format_html('<a class="link" href="{}">{}</a>', use.page, use.name) if use.page else use.name
