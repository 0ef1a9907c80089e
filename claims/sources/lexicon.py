"""Words that the rules of `sources` go by: titles, bodies, groups, and words that are no names."""

from __future__ import annotations


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


TITLES = _words(
    """acting activist actor actress adm admiral adviser advisers advisor ag aide alderman ally
    ambassador analyst anchor archbishop artist assemblyman assemblywoman astronaut attorney
    author ayatollah billionaire bishop blogger brother businessman businesswoman candidate
    candidates capt captain cardinal ceo cfo chair chairman chairperson chairwoman chancellor
    chief co-founder coach col colleague colonel columnist comedian commander commentator
    commissioner comptroller congressman congresswoman consultant contender coordinator corporal
    correspondent councillor councilman councilor councilwoman counsel counselor critic current
    dame daughter dean delegate deputy detective developer director doctor donor dr economist
    editor engineer envoy ex executive expert farmer father fellow filmmaker first fm former
    founder friend front-runner frontrunner gen general gov governor governors govs great head
    historian hopeful host husband icon imam incoming inspector journalist judge junior justice
    king lady late lawmaker lawmakers lawyer leader lieutenant longtime lord lt madame magistrate
    magnate maj major manager mate mayor member minister ministers miss model moderator mogul
    mother mr mrs ms nominee nominees novelist nurse officer opponent organizer outgoing owner
    pastor photographer physician pilot pm poet pollster pope premier pres president presidents
    presumptive prime prince princess principal private producer prof professor provost pundit pvt
    queen rabbi rapper rep reporter representative representatives reps researcher resident rev
    reverend rival running-mate scholar scientist secretary sen senator senators senior sens
    sergeant sgt sheikh sheriff singer sir sister solicitor son speaker spokesman spokesperson
    spokeswoman star strategist student superintendent supervisor supporter surgeon surrogate
    teacher then then-president top treasurer tycoon undersecretary veteran vice vice-president
    voter warden whip wife writer"""
)
"""Words that stand before a person's name and say what the person is."""

BODIES = _words(
    """academy accord act ad administration agency airlines airport alliance amendment army assembly
    association authority avenue bank board boulevard bowl brigade broadcaster building bureau
    business cabinet camp campaign caucus caucuses census center centre chamber church city clinic
    coalition college command commission committee company conference congress convention corp
    corporation corps council county court daily department embassy federation firm force forces
    foundation front fund gazette government group gulf herald hospital house inc industry
    institute institution intelligence island islands journal journals judiciary laboratory lake
    law league legislature ltd magazine memorial ministry mission monitor movement navy network
    news newspaper ocean office organisation organization outlet pac panel paper parenthood park
    parliament party pipeline police poll polls post precinct press program project radio regime
    report reports research river school sea senate service services society square stadium state
    states station store study survey syndicate systems taskforce team times tower towers town
    treaty tribunal tribune tv union university village war watchdog website white"""
)
"""Words that say that a name is no person's."""

HONORIFICS = _words(
    """adm admiral ambassador archbishop ayatollah bishop capt captain cardinal chancellor col
    colonel commissioner congressman congresswoman councilman councilwoman dame detective dr gen
    general gov governor imam judge justice king lady lord lt maj major mayor miss mr mrs ms pope
    president prince princess prof professor queen rabbi rep representative rev reverend secretary
    sen senator sergeant sgt sheikh sheriff sir"""
)
"""Titles that stand before a surname alone."""

SHORT_TITLES = {
    "sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative",
    "gov": "governor", "govs": "governor", "pres": "president", "gen": "general",
    "prof": "professor", "lt": "lieutenant", "col": "colonel", "maj": "major",
    "adm": "admiral", "capt": "captain", "sgt": "sergeant", "rev": "reverend",
}  # fmt: skip
"""Titles as they are cut short before a name, and in full."""

UTTERANCES = _words(
    """address answer comment comments email essay interview letter message op-ed post posts quip
    remark remarks reply response speech speeches statement statements testimony tweet tweets
    words"""
)
"""What somebody says or writes: "her remarks" are she who speaks."""

DOCUMENTS = _words(
    """analysis article average complaint database editorial examination filing lawsuit memo poll
    report research review story study survey transcript"""
)
"""What is published: a source by the name of whoever made it."""

SAYING = _words(
    """accused accuses added adding adds admitted announced announces asked blamed blames called
    claimed claims condemned confirmed declined demanded denied denies describe described expressed
    insisted insists noted pledged proposed promised quoted refused rejected rejects reported
    reports said saying says stated states told urged urges vowed warned warns wishes wrote"""
)
"""Verbs of which only somebody who speaks is the subject."""

PARTIES = _words(
    """communist conservative conservatives democrat democratic democrats gop green independent
    labour liberal liberals libertarian republican republicans socialist tories tory"""
)

NOT_NAMES = _words(
    """a about according after against all also although among an and another apr april are as asked
    at aug august because before besides between both but by can could dec december despite did
    do does during each earlier eight even every feb february few five for four friday from had has
    have he her here his how however i if image in instead into is it its january jul july jun june
    just last later let like many march may maybe meanwhile might monday more most must my
    next nine no not nov november now oct october of on once one only or other our over perhaps
    photo please read related said saturday says sep sept september seven several she should since
    six so some still such sunday ten that the their then there these they this those though three
    through thursday to today told tomorrow tuesday two under unlike until was watch we wednesday
    were what when where which while who why will with would yes yesterday yet you your"""
)

PARTICLES = _words("de del della der den di da dos du la le van von al el bin ibn ben abu y ter zu")

SUFFIXES = _words("jr sr ii iii iv")

FEMALE = _words(
    """actress assemblywoman businesswoman chairwoman congresswoman councilwoman dame daughter lady
    madame miss mother mrs ms princess queen sister spokeswoman wife"""
)
MALE = _words(
    """actor assemblyman brother businessman chairman congressman councilman father husband king
    lord mr pope prince sir son spokesman"""
)

WOMEN = _words(
    """abigail alexandra alice alison amanda amy ana andrea angela anita ann anna anne annie ashley
    barbara beatrice beth betsy betty beverly brenda carla carly carmen carol caroline carolyn
    catherine charlotte cheryl christina christine cindy claire claudia cynthia dana debbie
    deborah debra denise diana diane donna doris dorothy eileen elaine eleanor elena elise
    elizabeth ellen emily emma erin eva evelyn fatima fiona frances gail gina gloria grace hannah
    heather helen hillary huma ingrid irene isabel ivana ivanka jacqueline jane janet janice
    jeanne jennifer jessica jill joan joanna joyce judith judy julia julianne julie karen kate
    katherine kathleen kathy katie kayleigh kellyanne kimberly kirsten kristen laura lauren leah
    linda lisa liz loretta louise lucy lynn madeleine margaret maria marie marilyn marine martha
    mary maureen megan megyn melania melissa michelle mildred miranda molly monica nancy naomi
    natalie natasha nicole nina nora olga olivia pamela patricia patty paula phyllis priscilla
    rachel rebecca renee rita roberta rosa rose ruth sally samantha sandra sara sarah sharon
    sheila shirley sonia sophie stephanie sue susan suzanne sylvia tammy teresa theresa tina tracy
    ursula valerie vanessa vera veronica victoria vivian wendy yvonne zoe"""
)
"""Given names that English-language news gives to women almost alone."""

MEN = _words(
    """aaron abdul adam ahmed alan albert alexander alfred ali allan allen andrew andy anthony
    antonio arnold arthur barack barry ben benjamin bernard bernie bill billy bob bobby boris brad
    brian bruce carl carlos charles charlie chris christopher chuck clarence clark colin corey
    craig curtis dan daniel dave david dean dennis dick dmitry don donald doug douglas dwight ed
    eddie edward edwin eric ernest eugene felix francis frank franklin fred frederick gary
    geoffrey george gerald gilbert glenn gordon graham greg gregory gustavo harold harry henry
    herbert howard hugh ian igor ivan jack jacob jake james jared jason jay jeb jeff jeffrey
    jeremy jerry jesse jim jimmy joe joel john johnny jonathan jorge jose joseph josh joshua juan
    justin karl keith ken kenneth kevin larry lawrence leo leon leonard lewis lindsey louis luis
    luke marco mario mark martin marvin matt matthew max michael miguel mike mitch mitt mohammed
    muhammad nathan neil newt nicholas nick nigel norman oleg oliver omar oscar patrick paul pedro
    peter phil philip pierre rafael rahm ralph rand randy ray raymond reince ricardo richard rick
    robert rodney roger roland ron ronald roy rui rush russell ryan sam samuel scott sean sergei
    seth simon stanley stephen steve steven stuart ted terry theodore thomas tim timothy tom tommy
    tony travis vernon victor vincent vladimir walter warren wayne william wolf zachary zeke"""
)
"""Given names that English-language news gives to men almost alone."""

FIRST_PERSON = _words("i we you me us my our your myself ourselves")
HE_OR_SHE = _words("he she him her his hers himself herself")
THEY = _words("they them their theirs themselves both each neither")
IT = _words("it its itself")
RELATIVES = _words("who which that whom whose")

ROLES = TITLES - _words(
    """adviser advisor aide analyst attorney author colleague delegate detective donor expert friend
    lawyer member moderator officer organizer resident spokesman spokesperson spokeswoman student
    supporter voter"""
)
"""Roles by which a person who was named already is called; others stay unnamed."""

QUANTIFIERS = _words(
    "all another any both each few how many more most no one other several some two"
)
"""Words that make people of a name in the plural: "many Estavians"."""

# Words of peoples and places: a run of nothing else is no person ("North Korean", "West African").
# Alone they may be surnames (French, England), so they count only where the whole run is of them.
REGIONS = _words(
    """north south east west northern southern eastern western northeastern northwestern
    southeastern southwestern central far near middle upper lower new old inner outer sub saudi sri
    latin anglo great greater"""
)
PEOPLES = _words(
    """afghan african albanian algerian american andorran angolan arab argentine argentinian
    armenian asian australian austrian azerbaijani bahraini bangladeshi belarusian belgian bolivian
    bosnian brazilian british bulgarian burmese cambodian cameroonian canadian caribbean catalan
    chechen chilean chinese colombian congolese croatian cuban cypriot czech danish dutch ecuadorian
    egyptian emirati english eritrean estonian ethiopian european filipino finnish french gabonese
    georgian german ghanaian greek guatemalan haitian honduran hungarian icelandic indian indonesian
    iranian iraqi irish israeli italian ivorian jamaican japanese jordanian kazakh kenyan korean
    kosovar kurdish kuwaiti kyrgyz lankan laotian latvian lebanese liberian libyan lithuanian
    macedonian malaysian malian maltese mexican moldovan mongolian moroccan mozambican namibian
    nepalese nicaraguan nigerian norwegian omani pakistani palestinian panamanian paraguayan
    peruvian polish portuguese qatari romanian russian rwandan salvadoran saudi scottish senegalese
    serbian singaporean slovak slovenian somali soviet spanish sudanese swedish swiss syrian
    taiwanese tajik tanzanian thai tibetan tunisian turkish turkmen ugandan ukrainian uruguayan
    uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean"""
)
PLACES = _words(
    """africa america asia britain carolina caledonia dakota england europe germany guinea ireland
    jersey korea lanka macedonia mexico ossetia sahara sudan timor virginia wales yemen york
    zealand arabia"""
)
