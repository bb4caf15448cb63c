"""Every rule of dating by its name, with what it reads; the rules of date lines are cleaning's."""

RULES = {
    "stated-date": "the date that the source states beside the text",
    "first-sentence": "the day of the news in the first sentence, with its year",
    "lead": "a month that opens the first sentence, a day that opens a later one, or a stamp",
    "address": "a date or a year among the parts of the address",
    "named-year": "the year in the name of an operation or exercise",
    "plan-year": "the year of the plan by which the event took place",
    "anniversary": "the anniversary of an act whose year is known",
    "told-year": "a day of this year, and the latest year of which the text tells",
    "coming-event": "the year of an event that the first sentences announce",
    "date": "a date that was read by itself",
}
"""The name that `PublicationDate.rule` has, and what the rule reads."""
