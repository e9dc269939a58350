"""What figures of one span say together."""

import pytest

from curation.evidence.figures import derived
from curation.evidence.figures.scan import figures


@pytest.mark.parametrize(
    ("sentence", "span", "is_said"),
    [
        ("Visits doubled.", "Visits rose from 11,200 to 22,600.", True),
        ("Visits tripled.", "Visits rose from 11,200 to 22,600.", False),
        ("Visits were halved.", "Visits: 48,000, then 24,000.", True),
        ("About a third came.", "31 of 92 patients came.", True),
        ("Errors fell by a third.", "Errors: 77 before, 52 after.", True),
        ("Errors fell by a half.", "Errors: 77 before, 52 after.", False),
        ("There were 25 fewer.", "Errors: 77 before, 52 after.", True),
        ("There were 25 nurses.", "Errors: 77 before, 52 after.", False),
        ("Errors fell by 25.", "Errors: 77 before, 52 after.", True),
        ("Errors fell by 24.", "Errors: 77 before, 52 after.", False),
        ("Errors fell by 32 %.", "Errors: 77 before, 52 after.", True),
        ("Errors fell by 35 %.", "Errors: 77 before, 52 after.", False),
        ("It fell by 12 points.", "It fell from 40 % to 28 %.", True),
        ("It fell by 15 points.", "It fell from 40 % to 28 %.", False),
        ("A risk 28 % lower.", "The hazard ratio was 0.72.", True),
        ("The other 69 % stayed.", "31 % left.", True),
        ("In all 60 came.", "40 came on Monday and 20 later.", True),
        ("Only 60 came.", "40 came on Monday and 20 later.", False),
        ("Nine months passed.", "From January to September 2024.", True),
        ("Two months passed.", "From January to September 2024.", False),
        ("Four years passed.", "From 2019 to 2023.", True),
        ("Eight hours passed.", "From 9 am to 5 pm.", True),
        ("Three wards joined.", "Alder, Birch and Cedar joined.", True),
        ("Four wards joined.", "Alder, Birch and Cedar joined.", False),
    ],
)
def test_multiples_and_shares_are_worked_out(sentence, span, is_said):
    [figure] = [one for one in figures(sentence) if not one.weak]
    assert derived.says(figure, sentence, span, figures(span)) is is_said
