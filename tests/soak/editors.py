"""One of several people who write in the same article at the same time, each in a process of their own."""

import json
from collections import Counter

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from curation import workflow
from curation.admin.article.form import ArticleForm
from curation.models import Article
from tests.factories import make_person, words


def begin(people: int) -> list:
    """An article and the people who will write in it: its id and their names."""
    names = [make_person("Manager", username=f"writer-{number}").username for number in range(people)]
    first = get_user_model().objects.get(username=names[0])
    return [workflow.begin(by=first, **words(body="<p>Here it begins.</p>")).pk, names]


def write(article: int, name: str, edits: int) -> dict:
    """Save ``edits`` sentences of one's own as the page does, merging what others wrote meanwhile; counts answers."""
    client = Client(raise_request_exception=False, headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.get(username=name))
    address, answers = reverse("admin:curation_article_autosave", args=[article]), Counter()
    for number in range(edits):
        sentence, data = f"<p>{name} says {number}.</p>", opened(article)
        data["body"] += sentence
        for _ in range(200):
            answer = client.post(address, data)
            answers[str(answer.status_code)] += 1
            if answer.status_code != 409:
                break
            merge(data, answer.json(), sentence)
    return answers


def opened(article):
    """The form as a page that was opened just now would send it."""
    form = ArticleForm(instance=Article.objects.with_relations().get(pk=article))
    data = {"edit": form["edit"].value(), "seen": form.seen}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(value, list):
            data[name] = [str(row["id"]) for row in value]
            data |= {f"{name}-{extra.name}": [row[extra.name] for row in value] for extra in field.extras}
        elif name != "edit" and value is not False:
            data[name] = field.widget.format_value(value) or ""
    return data


def merge(data, told, sentence):
    """Take what others wrote; in the field that both wrote, theirs and then one's own sentence."""
    seen = told["seen"]
    for field in told["fields"]:
        data[field["name"]] = field.get("value", "") + (sentence if field["mine"] else "")
        seen[field["name"]] = field["mark"]
    data |= {"edit": told["edit"], "seen": json.dumps(seen)}


def outcome(article: int) -> dict:
    """What stands in the end: the body, the edit, and how many Versions and log rows it took."""
    found = Article.objects.get(pk=article)
    return {
        "body": found.body,
        "edit": found.edit,
        "versions": found.versions.count(),
        "newest": found.versions.first().content["body"],
        "log": found.log.count(),
    }
