"""Claims as one web page that needs nothing but itself: no script, no request, all text escaped."""

from claims.reports.page.build import TOP, Page, View, build_page
from claims.reports.page.dossier import build_dossier
from claims.reports.page.render import render_dossier, render_page

__all__ = ["TOP", "Page", "View", "build_dossier", "build_page", "render_dossier", "render_page"]
