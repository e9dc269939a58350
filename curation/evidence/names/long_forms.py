"""Acronyms and short names of this trade, and what a source may write in their place, a line each."""

_LINES = """
a&e | accident and emergency
ai | artificial intelligence
api | application programming interface
bmi | body mass index
ceo | chief executive | chief executive officer
cfo | chief financial officer
cio | chief information officer
cmo | chief medical officer
cto | chief technology officer
ct | computed tomography
ecg | ekg | electrocardiogram
ehr | electronic health record | electronic health records
emr | electronic medical record | electronic medical records
epr | electronic patient record | electronic patient records
er | emergency room
ed | emergency department
ent | ear, nose and throat
eu | european union | europe
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
germany | german | germans
france | french
netherlands | dutch
denmark | danish
sweden | swedish
norway | norwegian
finland | finnish
spain | spanish
italy | italian
poland | polish
ireland | irish
wales | welsh
scotland | scottish
england | english
switzerland | swiss
japan | japanese
china | chinese
india | indian
canada | canadian
australia | australian
europe | european
africa | african
asia | asian
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
