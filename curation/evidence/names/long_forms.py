"""Acronyms and short names of this trade, and what a source may write in their place, a line each."""

_LINES = """
a&e | accident and emergency | emergency department | casualty
ai | artificial intelligence
api | application programming interface
bmi | body mass index
ceo | chief executive | chief executive officer | managing director
cfo | chief financial officer
cio | chief information officer
cmo | chief medical officer
cto | chief technology officer
ct | computed tomography
ecg | ekg | electrocardiogram
ehr | electronic health record | electronic health records
emr | electronic medical record | electronic medical records
epr | electronic patient record | electronic patient records
er | emergency room | emergency department
ed | emergency department
ent | ear, nose and throat
eu | european union | europe
ema | european medicines agency
cqc | care quality commission
nihr | national institute for health and care research
cdc | centers for disease control and prevention | centers for disease control
hiv | human immunodeficiency virus
copd | chronic obstructive pulmonary disease
adhd | attention deficit hyperactivity disorder
ptsd | post-traumatic stress disorder
ms | multiple sclerosis
tb | tuberculosis
dna | deoxyribonucleic acid
iot | internet of things
itu | intensive therapy unit | intensive care
un | united nations
cpr | cardiopulmonary resuscitation
cbt | cognitive behavioural therapy | cognitive behavioral therapy
ivf | in vitro fertilisation | in vitro fertilization
ot | occupational therapy | occupational therapist | occupational therapists
pa | physician associate | physician associates
fda | food and drug administration
gdpr | general data protection regulation
gp | general practitioner | general practitioners | family doctor | family doctors
hr | human resources
icu | intensive care unit | intensive care
it | information technology
iv | intravenous
llm | large language model | large language models
mhra | medicines and healthcare products regulatory agency
ml | machine learning
mri | magnetic resonance imaging
nhs | national health service
nice | national institute for health and care excellence
nicu | neonatal intensive care unit | neonatal intensive care
or | operating room
pc | personal computer
pdf | portable document format
ppe | personal protective equipment
qr | quick response
rct | randomised controlled trial | randomized controlled trial | randomised trial | randomized trial
r&d | research and development
rn | registered nurse
roi | return on investment
sms | text message | text messages
uk | united kingdom | britain | british
us | usa | united states | america | american
vr | virtual reality
ar | augmented reality
who | world health organization | world health organisation
covid-19 | covid | coronavirus
uae | united arab emirates
"""


def _groups() -> dict[str, tuple[str, ...]]:
    """Return each form → the others of its line, all in lower case and without hyphens."""
    found: dict[str, tuple[str, ...]] = {}
    for line in filter(None, _LINES.splitlines()):
        forms = [form.strip().replace("-", "") for form in line.split("|")]
        for form in forms:
            found[form] = (*found.get(form, ()), *(other for other in forms if other != form))
    return found


#: “nhs” → “national health service”, and back.
LONG_FORMS = _groups()
