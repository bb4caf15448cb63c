"""Every rule of cleaning by its name, with what it takes from the text."""

RULES = {
    "behind-repeated-title": "the article's date behind its repeated title",
    "own-line": "the article's date on a line of its own",
    "glued": "the article's date, glued to its first word",
    "second-date": "a second date line, mostly that of a reprint",
    "repeated-title": "the title again, alone or with its date",
    "title-before-article": "the title again, on the first line of the article",
    "second-translation": "the title in another machine translation",
    "title-in-other-script": "the title in another language, between title and article",
    "teaser": "a lead of another release above the title, set apart by empty lines",
    "compact-teaser": "a lead of another release above the title, on adjacent lines",
    "dated-teaser": "a lead of another release below its date",
    "teaser-date": "the date above such a lead",
    "dated-link": "a link to another release with its date, below the article",
    "above-repeated-title": "lines above a title that stands again before the article",
    "above-stated-title": "short lines above the title that the source states",
    "navigation-line": "a link of the page, as the table of links has it",
    "after-navigation": "short lines below such a link at the end of the page",
    "listing-page": "the link below a list of summaries, which is no article",
    "menu-line": "a line of an agency's menu around the stamp of the day",
    "day-stamp": "the stamp of the day on which the page was read",
    "crawl-prefix": "the date that a crawler put before the text",
    "source-line": "the address of the source",
    "letterhead": "the issuer, and that the text is a release",
    "release-card": "the card with section, date and address below a presidential release",
    "download-line": "the link to a document's file",
    "photo-credit": "the credit of a photograph",
    "foreign-keywords": "key words in another script, of a reprint",
    "byline": "the author or the desk of an article",
    "press-secretary": "the press secretary or press service that signs",
    "share": "links for sharing",
    "tags": "the tags of the article",
    "read-also": "a link to another article",
    "source": "the source that an article names at its end",
    "subscribe": "an invitation to subscribe or follow",
    "copyright": "a copyright notice",
    "invisible-characters": "lines of nothing but invisible characters",
}
"""The name that `RemovedText.rule` or `DateLine.rule` has, and what the rule takes."""

TRUST = ("behind-repeated-title", "own-line", "glued", "second-date")
"""The rules that give the article's own date, the most trusted first."""
