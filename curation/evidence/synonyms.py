"""Everyday words that mean one thing in reports, a group a line: what a thesaurus has, and forms no ending tells."""

GROUPS = """
fall fell fallen drop dropped decline decrease decreased dip dipped shrink shrank reduce reduction lower lowered plunge
rise rose risen increase grow grew grown growth climb climbed jump jumped soar surge swell
cut cuts cutting slash trim trimmed curb
say according said says saying tell told state stated explain explained report add added note noted comment argue claim
buy bought purchase acquire acquired acquisition
sell sold selling sale sales revenue revenues turnover
pay paid paying payment
cost costs costing price priced bill expense fee charge outlay
spend spent spending
begin began begun start started launch launched commence kick
end ended finish finished conclude concluded complete completed close closed stop stopped cease
find found finding findings discover discovered detect detected spot spotted identify identified notice noticed
run ran running operate operated
take took taken taking
give gave given giving grant granted
make made making
build built building develop developed create created
hold held
keep kept retain
lead led leading head headed
meet met reach reached hit
win won award awarded
lose lost loss losing
write wrote written
see saw seen
go went gone
come came
send sent transmit
teach taught train trained training
think thought believe believed
buyer purchaser customer client
child children kid kids paediatric pediatric youngster
elderly older senior seniors
man men male
woman women female
doctor doctors physician physicians clinician clinicians medic medics consultant
nurse nurses nursing matron
staff staffing employee employees worker workers workforce personnel colleague colleagues
boss chief director executive manager head
hospital hospitals infirmary
patient patients inpatient inpatients
drug drugs medicine medicines medication medications
therapy treatment treatments treat treated
test tests testing tested trial trialled pilot piloted study studied experiment
error errors mistake mistakes slip slips fault faults
wait waits waiting queue queues queued backlog
delay delays delayed postpone postponed late
quick quicker quickly fast faster rapid rapidly swift speed speedier sped
slow slower slowly
app application software program programme tool
firm company companies vendor maker manufacturer supplier business startup
money fund funds funding funded finance financed invest invested investment investor backing
approve approved approval authorise authorised clear cleared clearance permit permitted licence licensed greenlight
plan plans planned intend intended aim aims aimed target targets targeted goal goals objective objectives
next following
death deaths die died dead mortality
home homes house houses household
use uses used using usage deploy deployed adopt adopted adoption rely relied
help helps helped assist assisted support supported aid
need needs needed require required requirement
show showed shown shows demonstrate demonstrated reveal revealed suggest suggested indicate indicated
join joined
expand expanded extend extended expansion extension widen roll rollout rolled
hire hired recruit recruited recruitment recruiting
leave left quit departure departed
safe safety safely
harm harms harmed injury injuries injured hurt
admit admitted admission admissions hospitalised hospitalized
discharge discharged discharges release released
visit visits visited attend attended attendance attendances appointment appointments
night nights overnight nightly
warn warned warning caution cautioned alert alerts alerted alarm alarms
accurate accuracy accurately correct correctly
half halved
data record records recorded
average mean median typical typically
participant participants volunteer volunteers subject enrolled enrolment enrollment
allow allowed enable enabled let
check checks checked checking inspect inspected inspection review reviewed audit audited assess assessed assessment
save saves saved saving savings
car cars vehicle vehicles van vans
ambulance ambulances
phone phones telephone smartphone mobile call calls called calling
screen screens screened screening
sensor sensors monitor monitors monitored monitoring device devices track tracked tracking
shift shifts rota rotas roster rosters
infection infections infected
complaint complaints complain complained grievance
satisfied satisfaction happy happier pleased content
refuse refused reject rejected decline turn
scan scans scanned scanner scanners imaging
quarter quarterly
year years yearly annual annually
month months monthly
week weeks weekly
day days daily
hour hours hourly
letter letters mail mailed email emails emailed message messages messaged text texts texted
pharmacy pharmacies pharmacist pharmacists dispensary
fridge fridges refrigerator refrigerators
bed beds bedside
baby babies newborn newborns infant infants neonatal
pregnant pregnancy maternity birth births midwife midwives
cancer tumour tumours tumor tumors oncology
blood
heart cardiac cardiology infarction
lung lungs respiratory breathing
kidney kidneys renal
skin
eye eyes
emergency casualty urgent
operation operations surgery surgeries surgical surgeon surgeons theatre
replace replaced replacement swap swapped substitute
remove removed withdraw withdrew withdrawn scrap scrapped drop
share shares shared proportion portion percentage rate
government ministry minister
law laws rule rules regulation regulations regulator regulatory
agree agreed agreement deal deals contract contracts signed sign signature signatures
problem problems issue issues trouble difficulty difficulties
big bigger large larger huge
small smaller little tiny
town towns city cities
school schools pupil pupils
teacher teachers
student students trainee trainees
paper papers article publish published publication journal
choose chose chosen pick picked select selected
fix fixed repair repaired mend mended
break broke broken fracture fractures fractured fail failed failure failures outage crash crashed
steal stole stolen theft breach breached hack hacked attack attacked leak leaked
learn learned learnt
open opened opening
bring brought
deliver delivered delivery supply supplied
return returned returning readmission readmitted readmissions
fewer less
answer answered answers respond responded response reply replied
person people
know knew known knows
heart
music
laptop notebook
warn
risk risks risky likely
raise raised
want wants wanted wish wished
speak spoke spoken
hear heard
feel felt
bad worse worst
good better best
cheap cheaper cheapest
expensive dear costly dearer
family families relative relatives kin
bleeding bleed haemorrhage hemorrhage
liver hepatic
bowel gut intestinal intestine colon
stomach gastric
womb uterus uterine
sight vision eyesight
fever temperature
dizzy dizziness vertigo
jab jabs vaccine vaccines vaccination vaccinations vaccinated immunisation immunization inoculation
drip drips infusion infusions
pill pills tablet tablets capsule capsules
painkiller painkillers analgesic analgesics
obese obesity overweight
diabetic diabetics diabetes
smoker smokers smoking tobacco cigarette cigarettes
meal meals food foods diet diets eat ate eaten eating
walk walks walked walking gait
sleep sleeps slept sleeping asleep
pain pains painful ache
memory forget forgetting dementia
adolescent adolescents teenager teenagers teens
adult adults
widow widower
illness ill disease diseases sick sickness
wound wounds wounded
bandage dressing dressings
needle needles syringe syringes injection injections inject injected
scar scars
knife scalpel
predecessor predecessors previous former
rival rivals competitor competitors compete competed competing
bid bids bidder bidders tender tenders offer offers offered
journey trip travel ride
job jobs post posts position positions role
wage wages salary salaries
dismiss dismissed sack sacked fire fired layoff layoffs redundancy
profit profits earnings earn earned income
debt debts owe owed loan loans
appeal appeals appealed
court courts tribunal judge judges judged
lawsuit suit sue sued litigation
ban bans banned prohibit prohibited forbid forbidden
fine fines fined penalty penalties
vote votes voted voting ballot
demand demands demanded ask asks asked request requests requested
hacker hackers intruder intruders attacker attackers
noise noisy loud loudness
quiet quieter silent silence
reason reasons cause causes caused
early earlier sooner
extra additional
stay stays stayed
"""
