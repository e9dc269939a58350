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
        ("There were 25 fewer.", "Errors: 77 before, 52 after.", False),
    ],
)
def test_multiples_and_shares_are_worked_out(sentence, span, is_said):
    [figure] = [one for one in figures(sentence) if not one.weak]
    assert derived.says(figure, span, figures(span)) is is_said
