"""What counts as English news copy."""

from __future__ import annotations

import pytest

from claims.documents.language import foreign


@pytest.mark.parametrize(
    "text",
    [
        "Officials deny it",
        "KCNA: Kozlov in Pyongyang",
        "SEOUL (Yonhap) -- Ju Yong-il, Son Song-kuk, O Kwang-hyok, Kim Su-gil and Ri Chang-dae "
        "left Pyongyang on Monday, the Korean Central News Agency said.",
        "Le Monde, Der Spiegel, El País, La Repubblica, De Volkskrant, Die Zeit and Dagens Nyheter "
        "carried the story, which the ministry of Saint-Pierre-et-Miquelon has denied.",
        "“조선중앙통신” (KCNA) said that “우리 식” had been the theme of the forum in Moscow.",
    ],
)
def test_english_with_foreign_names_passes(text: str) -> None:
    assert foreign(text) is None


FOREIGN = {
    "French": "Le ministère du port a déclaré mardi qu'aucun carburant ne s'était échappé du "
    "pétrolier, deux jours après que des pêcheurs ont dit que leurs filets étaient noirs.",
    "German": "Das Hafenministerium erklärte am Dienstag, dass kein Treibstoff aus dem Tanker "
    "ausgelaufen sei, zwei Tage nachdem Fischer von schwarzen Netzen berichtet hatten, so hieß es.",
    "Spanish": "El ministerio del puerto dijo el martes que no hubo fuga de combustible en el "
    "petrolero, dos días después de que los pescadores dijeran que sus redes salían negras.",
    "Indonesian": "Kementerian pelabuhan mengatakan pada hari Selasa bahwa tidak ada bahan bakar "
    "yang bocor dari kapal tanker itu, dua hari setelah nelayan mengatakan jaring mereka hitam.",
    "Dutch": "Het havenministerie zei dinsdag dat er geen brandstof uit de tanker was gelekt, twee "
    "dagen nadat vissers hadden gezegd dat hun netten zwart boven water waren gekomen.",
    "Swedish": "Hamnministeriet sade på tisdagen att inget bränsle hade läckt från tankern, två "
    "dagar efter att fiskare hade sagt att deras nät kom upp svarta av olja ur vattnet.",
    "Portuguese": "O ministério do porto disse na terça-feira que não houve vazamento de "
    "combustível do navio, dois dias depois de pescadores dizerem que as redes saíam pretas.",
    "Korean": "항만부는 화요일 유조선에서 연료가 새지 않았다고 밝혔다.",
    "Russian": "Министерство портов заявило во вторник, что утечки топлива не было.",
    "Japanese": "港湾省は火曜日、タンカーから燃料は漏れていないと述べた。",
    "Arabic": "قالت وزارة الموانئ يوم الثلاثاء إنه لم يحدث تسرب للوقود",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_refused(language: str) -> None:
    assert foreign(FOREIGN[language]) is not None


def test_the_message_names_the_script() -> None:
    assert foreign(FOREIGN["Korean"]) == "is mostly in Hangul letters"
    assert foreign(FOREIGN["Japanese"]) in (
        "is mostly in Japanese letters",
        "is mostly in Chinese letters",
    )
