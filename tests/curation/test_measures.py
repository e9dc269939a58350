"""What a standfirst and its body say of each other is what prose says, asked once."""

from curation import measures, prose

BODY = "<p>A ward fell silent at night. Nobody was harmed, and everybody slept.</p>" * 3


def test_the_measures_are_those_of_prose():
    for standfirst in ("", "A ward fell silent at night.", "A ward fell silent at ni", "Something else."):
        summary = prose.repaired(standfirst, BODY)
        assert measures.of(standfirst, BODY) == (
            summary,
            prose.repeats(summary, BODY),
            prose.minutes(BODY),
            prose.is_machine_cut(standfirst, prose.text(BODY)),
        )


def test_what_another_process_worked_out_is_believed():
    told = measures.Measures("As told.", False, 7, False)
    measures.remember("As told.", "<p>Elsewhere.</p>", told)
    assert measures.of("As told.", "<p>Elsewhere.</p>") is told


def test_no_more_than_some_are_kept():
    for number in range(3 * measures.KEPT):
        measures.remember("", str(number), measures.Measures("", False, 1, False))
    assert len(measures._kept) <= measures.KEPT


def test_what_was_cleaned_is_not_cleaned_again_and_no_more_than_some_is_kept():
    for number in range(2000):
        html = prose.clean(f"<div>Words <b>{number}</b></div>")
        assert prose.clean(html) == html
    assert len(prose._clean) <= 512
