"""Days in Ukrainian as people type them; how they are shown is Django's own."""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y"]
