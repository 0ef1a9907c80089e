"""Who the words of a source name. All people, and what they say, are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.records import Span
from claims.sources import name_speakers

from .build import Marked, spans, speakers


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        # A surname takes the fuller form, before or after it.
        ("Oleg Tarvin arrived. Tarvin said yes.", "arrived. |Tarvin", "Oleg Tarvin"),
        ("Tarvin said yes. Oleg Tarvin then left.", "Tarvin", "Oleg Tarvin"),
        ("Governor Oleg Tarvin arrived. Mr. Tarvin said yes.", "Mr. Tarvin", "Oleg Tarvin"),
        ("Bill de Souza arrived. De Souza said yes.", "De Souza", "Bill de Souza"),
        ("Carla Acosta Mendes arrived. Acosta said yes.", "arrived. |Acosta",
         "Carla Acosta Mendes"),
        ('Robert "Bobby" Lund came. Bobby Lund said yes.', "Bobby Lund", 'Robert "Bobby" Lund'),
        # A participle at the beginning of a sentence is no part of a name.
        ("Lund denied it. Employing Lunda workers breaks the law.", "Lund", "Lund"),
        # Titles and appositions are dropped.
        ("Deputy Prime Minister Ana Belo said.", "Deputy Prime Minister Ana Belo", "Ana Belo"),
        ("Foreign Ministry spokeswoman Ana Belo said.", "Foreign Ministry spokeswoman Ana Belo",
         "Ana Belo"),
        ("Former Secretary of State Ana Belo said.", "Former Secretary of State Ana Belo",
         "Ana Belo"),
        ("Senator Ana Belo of Lund said.", "Senator Ana Belo of Lund", "Ana Belo"),
        ("Ana Belo, the mayor of Lund, said.", "Ana Belo, the mayor of Lund,", "Ana Belo"),
        ("Ana Belo (Ind.) said.", "Ana Belo (Ind.)", "Ana Belo"),
        ("Ana Belo herself said. So Ana Belo.", "Ana Belo herself", "Ana Belo"),
        ("A spokesman, Rui Costa, said.", "A spokesman, Rui Costa,", "Rui Costa"),
        ("Ana Belo's critics and Ana Belo's said.", "critics and |Ana Belo's", "Ana Belo"),
        # Several people.
        ("Ana Belo and Rui Costa said.", "Ana Belo and Rui Costa", "Ana Belo; Rui Costa"),
        ("Ana Belo, Rui Costa and Jan Lund said.", "Ana Belo, Rui Costa and Jan Lund",
         "Ana Belo; Rui Costa; Jan Lund"),
        # Bodies keep their names.
        ("The Lund City Council said.", "The Lund City Council", "Lund City Council"),
        ("The Lund City Council met. The council said.", "The council", "Lund City Council"),
        ("The Department of Public Works said.", "The Department of Public Works",
         "Department of Public Works"),
        ("The Northern Press Agency (NPA) is closed. NPA said.", "closed. |NPA",
         "Northern Press Agency"),
        ("The Bureau of Sea and Ice (BSI) met. The BSI said.", "The BSI",
         "Bureau of Sea and Ice"),
        ("The Belo campaign said.", "The Belo campaign", "Belo campaign"),
        # … as the article has them, but for titles.
        ("Ana Belo came. Belo's campaign said.", "Belo's campaign", "Belo's campaign"),
        ("Ana Belo came. Ms. Belo's campaign said.", "Ms. Belo's campaign", "Belo's campaign"),
        ("The governing Lund Union said.", "The governing Lund Union", "Lund Union"),
        ("The new Lund Institute poll said.", "The new Lund Institute poll",
         "Lund Institute poll"),
        ("The Committee on Sea and Ice said.", "The Committee on Sea and Ice",
         "Committee on Sea and Ice"),
        ("The Sea and Ice Committee said.", "The Sea and Ice Committee", "Sea and Ice Committee"),
        ("The builder, Harbidge & Sons, said.", "The builder, Harbidge & Sons,",
         "Harbidge & Sons"),
        ("A survey of 1,200 adults said.", "A survey of 1,200 adults",
         "UNNAMED: A survey of 1,200 adults"),
        # People without a name.
        ("Officials said. The officials left.", "Officials", "UNNAMED: Officials"),
        ("Two senior aides said.", "Two senior aides", "UNNAMED: Two senior aides"),
        ("Aides to Ana Belo said.", "Aides to Ana Belo", "UNNAMED: Aides to Ana Belo"),
        ("A man familiar with the plan said.", "A man familiar with the plan",
         "UNNAMED: A man familiar with the plan"),
        ("Critics of the Lund City Council said.", "Critics of the Lund City Council",
         "UNNAMED: Critics of the Lund City Council"),
        ("Nobody is named here. The senator said.", "The senator", "UNNAMED: The senator"),
        # A role that one person alone has.
        ("Governor Ana Belo and Senator Rui Costa met. The senator said.", "The senator",
         "Rui Costa"),
        # The outlet's own voice, and no voice.
        ("We think so.", "We", "AUTHOR"),
        ("It is said.", "", "NONE"),
    ],
)  # fmt: skip
def test_a_source_gives_a_speaker(text, source, speaker):
    assert speakers(text, source) == [speaker]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Nobody is named here. He said yes.", "He"),
        ("Nobody is named here. It said yes.", "It"),
        ("Nobody is named here. They said yes.", "They"),
        ("Nobody is named here. His campaign said yes.", "His campaign"),
        ("Nobody is named here. “I will go.”", "“|I"),
        ("Ana Belo came to town. He said yes.", "He"),
        ("Nothing but a dash — said.", "—"),
        ("A minister met them. The rest is lost, said.", "A"),
    ],
)
def test_what_is_not_plain_is_unresolved(text, source):
    assert speakers(text, source) == ["UNRESOLVED"]


def test_a_surname_of_two_people_is_lifted_only_where_one_is_clearly_meant():
    both = "Ana Belo met Rui Belo. Belo said so."
    assert speakers(both, "Belo. |Belo") == ["Belo"]
    clear = "Ana Belo spoke. Ana Belo met Rui Belo. Belo said so."
    assert speakers(clear, "Rui Belo. |Belo") == ["Ana Belo"]
    assert speakers(clear, "Rui Belo") == ["Rui Belo"]


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        ("Ana Belo said yes. She said no.", ("Ana Belo", "She"), "Ana Belo"),
        ("Ana Belo said yes.\n\nShe said no.", ("Ana Belo", "She"), "Ana Belo"),
        ("Ana Belo said yes. Peter Lund came. He said no.", ("Ana Belo", "He"), "Peter Lund"),
        ("Anna Lund asked Peter Lund. He said no.", ("Anna Lund", "He"), "Peter Lund"),
        ("Ms. Tarvin met Mr. Osk. She said no.", ("Mr. Osk", "She"), "Tarvin"),
        ("Ana Belo, who said no, left.", ("who",), "Ana Belo"),
        ("Ana Belo, mayor of Lund, who said no, left.", ("who",), "Ana Belo"),
        ("Officials said yes. They said no.", ("Officials", "They"), "UNNAMED: Officials"),
        ("Ana Belo said yes. Her campaign said no.", ("Ana Belo", "Her campaign"),
         "Ana Belo's campaign"),
        ("Ana Belo said yes. Her allies said no.", ("Ana Belo", "Her allies"),
         "UNNAMED: Ana Belo's allies"),
    ],
)  # fmt: skip
def test_a_pronoun_takes_the_speaker_before_it(text, sources, expected):
    assert speakers(text, *sources)[-1] == expected


def test_it_that_says_something_is_the_body_heard_last():
    text = "The Lund City Council said yes. It said no."
    marked = [
        Marked(spans(text, "The Lund City Council"), cue=spans(text, "Council |said")),
        Marked(spans(text, "It"), cue=spans(text, "It |said")),
    ]
    assert name_speakers(text, marked) == ["Lund City Council"] * 2


def test_a_pronoun_reaches_far_back_where_nobody_else_can_be_meant():
    rain = "Rain fell.\n\nSnow fell on Peter Lund and John Osk.\n\nIce came.\n\nShe said no."
    assert speakers(f"Ana Belo said yes.\n\n{rain}", "Ana Belo", "She")[1] == "Ana Belo"
    assert speakers(f"Oleg Tarvin said yes.\n\n{rain}", "Oleg Tarvin", "She")[1] == "UNRESOLVED"


def test_i_and_we_inside_somebodys_words_are_that_speaker():
    text = "“I hope it rains, we said so,” Ana Belo said."
    content = spans(text, "“I hope it rains, we said so,”")
    marked = [
        Marked(spans(text, "I")),
        Marked(spans(text, "we")),
        Marked(spans(text, "Ana Belo"), content=content),
    ]
    assert name_speakers(text, marked) == ["Ana Belo", "Ana Belo", "Ana Belo"]


def test_a_people_is_nobody():
    text = (
        "Minister Ana Belo said she sees more South Lankan workers.\n\n"
        "“The South Lankan workers may stay,” she said."
    )
    assert speakers(text, "Ana Belo", "stay,” |she") == ["Ana Belo", "Ana Belo"]
    text = "Deputy Prime Minister South Lankan. “West Yemen waits,” he said."
    assert speakers(text, "waits,” |he") == ["UNRESOLVED"]


def test_one_without_a_name_is_not_the_person_who_speaks_of_him():
    text = "Ana Belo said a director had refused. The director denied it."
    assert speakers(text, "Ana Belo", "The director") == ["Ana Belo", "UNNAMED: The director"]


@pytest.mark.parametrize("marked", ["Lund Listening Service, the main spy agency,",
                                    "Lund Listening Service"])  # fmt: skip
def test_a_body_is_the_one_that_the_article_last_called_so(marked: str):
    text = (
        "The Lund News Agency said no. Lund Listening Service, the main spy agency, said yes. "
        "The agency gave no details."
    )
    sources = (
        "The Lund News Agency",
        marked,
        "yes. |The agency",
    )
    assert speakers(text, *sources) == [
        "Lund News Agency",
        "Lund Listening Service",
        "Lund Listening Service",
    ]


def test_answers_come_in_the_order_of_the_attributions():
    text = "Ana Belo said yes. She said no."
    assert speakers(text, "She", "Ana Belo", "") == ["Ana Belo", "Ana Belo", "NONE"]
    assert name_speakers(text, []) == []


VOCABULARY = (
    "Ana Belo Rui Costa Mr. Ms. he She who the The council Council (NPA) of and , . ’s “ ” — I A"
    " senator Jr. de his campaign U.S. -- ( ) ; 'é 金 \n\n"
)
words = st.sampled_from(VOCABULARY.split(" "))


@settings(max_examples=150, deadline=None)
@given(st.lists(words, max_size=25), st.data())
def test_any_text_and_any_spans_give_an_answer_of_the_right_form(parts, data):
    text = " ".join(parts)
    bounds = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(bounds, bounds), max_size=4))
    marked = [Marked((Span(min(p), max(p)),), content=(Span(0, len(text)),)) for p in pairs]
    answers = name_speakers(text, marked)
    assert len(answers) == len(marked)
    for answer in answers:
        assert answer
        assert answer == " ".join(answer.split())
        assert answer != "UNNAMED:"


def test_a_long_text_takes_no_long_time():
    text = "Ana Belo and Mr. Costa of the Lund Council said he was there.\n" * 3000
    marked = [Marked((Span(i * 62 + 50, i * 62 + 52),)) for i in range(0, 3000, 10)]
    assert len(name_speakers(text, marked)) == 300


def test_initials_of_one_name_in_the_article_are_lifted_without_parentheses() -> None:
    text = "The state Velmora Press Agency reported rain. Floods will follow, VPA said on Monday."
    assert speakers(text, "The state Velmora Press Agency", "VPA") == ["Velmora Press Agency"] * 2
    two = "Velmora Press Agency reported. Vintner Party Alliance agreed. Floods come, VPA said."
    assert speakers(two, "VPA") == ["VPA"]


@pytest.mark.parametrize("name", ["Ade Ọ\u0300ṣun", "Zoe Dorṇ\u0307"])
def test_marks_without_a_composed_character_stay_in_the_name(name: str) -> None:
    text = f"{name} said it rained. {name.split()[1]} stayed."
    assert speakers(text, name, f"rained. |{name.split()[1]}") == [name, name]
