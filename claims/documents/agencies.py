"""The news agencies whose copy other outlets print, and the ways they are written."""

from __future__ import annotations

import re

# Name used in records: other forms in print. Forms that are common words or initials of other
# things count only where the shape of the line leaves no doubt (a dateline, a closing credit).
_AGENCIES: dict[str, tuple[str, ...]] = {
    "AAP": ("Australian Associated Press",),
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "ANI": ("Asian News International",),
    "ANP": (),
    "ANSA": (),
    "AP": ("The Associated Press", "Associated Press"),
    "APA": ("Austria Presse Agentur",),
    "ATS": ("Keystone-SDA", "Keystone-ATS"),
    "Anadolu": ("Anadolu Agency", "AA"),
    "Antara": (),
    "Armenpress": (),
    "BNS": ("Baltic News Service",),
    "BTA": ("Bulgarian News Agency",),
    "BelTA": ("BELTA",),
    "Belga": (),
    "Bernama": (),
    "Bloomberg": ("Bloomberg News",),
    "CP": ("The Canadian Press", "Canadian Press"),
    "CTK": ("ČTK", "Czech News Agency"),
    "Central News Agency": ("Focus Taiwan",),
    "EFE": ("Agencia EFE",),
    "IANS": ("Indo-Asian News Service",),
    "IRNA": ("Islamic Republic News Agency",),
    "ISNA": (),
    "Interfax": (),
    "Interfax-Ukraine": (),
    "Jiji Press": ("Jiji",),
    "KCNA": ("Korean Central News Agency",),
    "KUNA": ("Kuwait News Agency",),
    "Kyodo": ("Kyodo News", "Kyodo News Agency"),
    "Lusa": (),
    "MTI": (),
    "Montsame": (),
    "NAN": ("News Agency of Nigeria",),
    "NTB": (),
    "News1": (),
    "Newsis": (),
    "PA": ("PA Media", "Press Association", "Press Association Media"),
    "PAP": ("Polish Press Agency",),
    "PNA": ("Philippine News Agency",),
    "PTI": ("Press Trust of India",),
    "Petra": ("Jordan News Agency",),
    "QNA": ("Qatar News Agency",),
    "RIA Novosti": ("RIA",),
    "Reuters": ("Thomson Reuters", "Reuters News"),
    "Ritzau": (),
    "SANA": ("Syrian Arab News Agency",),
    "SPA": ("Saudi Press Agency",),
    "STT": (),
    "Sputnik": (),
    "TASS": ("ITAR-TASS", "Itar-Tass", "Tass"),
    "TT": ("TT News Agency",),
    "Tasnim": ("Tasnim News Agency",),
    "UNI": ("United News of India",),
    "UPI": ("United Press International",),
    "Ukrinform": (),
    "VNA": ("Vietnam News Agency",),
    "WAFA": ("Palestinian News Agency",),
    "WAM": ("Emirates News Agency",),
    "Xinhua": ("Xinhua News Agency",),
    "Yonhap": ("Yonhap News Agency", "Yonhap News", "Yonhap News TV"),
    "dpa": ("DPA", "Deutsche Presse-Agentur", "dpa International"),
}


def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for name, others in _AGENCIES.items():
        for form in (name, *others):
            forms[form] = name
            forms.setdefault(form.upper(), name)
    return forms


_NAME_OF = _forms()

AGENCY = "(?:" + "|".join(re.escape(f) for f in sorted(_NAME_OF, key=len, reverse=True)) + ")"
"""Pattern of an agency as printed; case counts, for "pa" is no agency."""


def agency_name(form: str) -> str | None:
    """The name in records of an agency as printed, or None if it isn't one."""
    return _NAME_OF.get(form.strip())
