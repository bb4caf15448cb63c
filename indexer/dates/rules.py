"""Every rule of dating by its name, with what it reads; the rules of date lines are cleaning's."""

RULES = {
    "stated-date": "the date that the source states beside the text",
    "labelled-date": "the date that the page labels as that of its publication",
    "first-sentence": "the day of the news in the first sentence, with its year",
    "lead": "a month that opens the first sentence, a day that opens a later one, or a stamp",
    "address": "a date or a year among the parts of the address",
    "named-year": "the year in the name of an operation or exercise",
    "plan-year": "the year of the plan by which the event took place",
    "anniversary": "the anniversary of an act whose year is known",
    "told-year": "a day of this year, and the latest year of which the text tells",
    "coming-event": "the year of an event that the first sentences announce",
    "event-days": "the days of an event in title or first sentences, the year printed",
    "event-day": "one such day",
    "event-this-year": "such days of `this year`, which is the year of publication",
    "event-near-publication": "such days without a year: those nearest to the publication",
    "event-today": "`today` in the first sentence, where the day of publication is printed",
    "dateline": "the place at the start of a text, before its date, agency or dash",
    "stamped-place": "the place behind a date with the time of day",
    "date": "a date that was read by itself",
}
"""The name that `rule` has in `PublicationDate`, `EventDate` and `Place`, and what it reads."""
