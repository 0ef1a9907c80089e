"""How the application looks: one column, or two where the screen is wide."""

WIDE = 116
"""Columns from which claim and decisions stand beside the passage."""
SHORT = 16
"""Rows under which the passage has most of the screen."""
CSS = """
Screen { layers: base over; }
#top { height: 1; background: $panel; }
#head { height: auto; max-height: 2; text-style: bold; }
#body { height: 1fr; layout: vertical; }
#said { height: 1fr; min-height: 5; }
#labels { height: auto; max-height: 6; padding: 0 0; border-bottom: solid $panel; }
#passage { height: 1fr; min-height: 3; }
#around { height: auto; max-height: 45%; border-top: solid $panel; scrollbar-size-vertical: 1; }
#around Static { height: auto; }
#message { height: auto; max-height: 2; }
#keys { height: 1; background: $panel; }
.-short #head { max-height: 1; }
.-short #labels { max-height: 5; border-bottom: none; }
.-short #around { max-height: 1; border-top: none; }
.-wide #body { layout: horizontal; }
.-wide #said { width: 3fr; }
.-wide #around { width: 2fr; height: 100%; max-height: 100%; border-top: none;
  border-left: solid $panel; padding-left: 1; }
ModalScreen { align: center bottom; background: $background 40%; }
ModalScreen:ansi { background: transparent; }
.window { width: 90%; max-width: 90; height: auto; max-height: 90%; padding: 0 1;
  border: round $primary; background: $surface; }
.tall { height: 90%; }
.window Static { height: auto; }
.window Input { border: none; height: 1; padding: 0; background: $boost; margin: 0 0; }
.window OptionList { height: 1fr; border: none; padding: 0; background: transparent; }
"""
