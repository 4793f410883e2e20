"""What the documents of a drill may hold: a reader of each format that says what is in it and was not ours. An empty list is good."""
import csv
import html.parser
import io
import re
import unicodedata

# Every element of the page with the attributes that it may have; nothing else is ours.
TABLE = {"table": "class style", "caption": "", "thead": "", "tbody": "", "tr": "class", "th": "scope id class colspan", "td": ""}
SHAPES = {"svg": "class viewbox preserveaspectratio role aria-labelledby aria-label aria-hidden width height", "title": "id", "desc": "id", "defs": "", "g": "class",
          "pattern": "id width height patternunits patterntransform", "path": "class d", "rect": "class x y width height", "circle": "class cx cy r", "text": "class x y text-anchor transform"}
PAGE = {"html": "lang", "head": "", "meta": "charset name content http-equiv", "style": "", "body": "class", "a": "class href", "header": "class", "main": "id class", "footer": "class",
        "nav": "class aria-label", "section": "aria-labelledby aria-label class tabindex", "article": "class", "div": "class id tabindex role aria-label", "span": "class aria-hidden", "p": "class", "h1": "", "h2": "id", "h3": "",
        "h4": "", "h5": "", "ol": "class", "ul": "class", "li": "", "dl": "class", "dt": "", "dd": "", "b": "", "small": "class", "pre": "tabindex", "code": "", "details": "class", "summary": ""}
OURS = {**PAGE, **SHAPES, **TABLE}
VOID = {"meta"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.wrong, self.open, self.words, self.ids, self.links, self.elements = [], [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.elements.append((tag, given))
        if tag not in OURS:
            self.wrong.append(f"<{tag}> is not ours")
        for name, value in attributes:
            if name not in OURS.get(tag, "").split():
                self.wrong.append(f"<{tag} {name}> is not ours")
            if name == "href" and not re.fullmatch(r"#[a-z]+(-?[0-9]+)?", value or ""):
                self.wrong.append(f"a link to {value!r}")
        if len(given) != len(attributes):
            self.wrong.append(f"<{tag}> has an attribute twice")
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.append(given["href"][1:])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing that is open")

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.wrong.append("a comment")

    def handle_pi(self, data):
        self.wrong.append("a processing instruction")

    def unknown_decl(self, data):
        self.wrong.append("a declaration")


def read_page(text):
    page = Page()
    page.feed(text)
    page.close()
    page.wrong += [f"<{tag}> is never closed" for tag in page.open]
    page.wrong += [f"the id {i} is given twice" for i in sorted({i for i in page.ids if page.ids.count(i) > 1})]
    page.wrong += [f"a link to #{to}, which is not there" for to in sorted(set(page.links) - set(page.ids))]
    return page


def unsafe(text, lines=True):
    """Characters that move, hide or reorder others: no screen and no document gets them raw."""
    wrong = []
    for c in text:
        bad = unicodedata.category(c) in ("Cc", "Cs") or c in "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
        if bad and not (c == "\n" and lines):
            wrong.append(f"the character U+{ord(c):04X}")
    return sorted(set(wrong))


def html_wrong(text):
    return read_page(text).wrong + unsafe(text.replace("\t", " "))


HEADINGS = re.compile(r"## (In figures|What this run is|Gaps|What happened, by role|Clocks of the plan and the law|Who was asked, and how long it took|Actions of the plan|Decisions and answers|Proof|What held|Communication, planned and done|Ladders, planned and climbed|What of the plan was exercised|One cause, several gaps|What (would have gone wrong|went wrong, and what would have)|What it (would have )?cost in time and duty|The (three )?decisions? to take|Nothing to decide|What this rests on|Exercise overview"
                      r"|What this run may be claimed as|Executive summary|Analysis by objective and capability|Areas for improvement|Improvement plan|Participants|Master scenario events list, planned and played|Decision log|Clocks on one board"
                      r"|Response times|The matrix of responsibilities|Feedback and hot wash|How to check it)"
                      r"|### (Roles|Communications|Escalations|The plan itself|Law and contract|Time|Resources|Evidence), \d+|### .*|#### .*|# .*")
FIRST = "**EXERCISE. Nothing in this report happened.**"


def markdown_wrong(text):
    wrong, columns = unsafe(text), None
    lines = text.splitlines()
    if lines[0] != FIRST:
        wrong.append("the first line is not ours")
    wrong += ["two titles"] * (sum(line.startswith("# ") for line in lines) != 1)
    for line in lines[1:]:
        plain = re.sub(r"\\[!-/:-@\[-`{-~]|&#\d+;", "x", line)  # what is escaped is a letter
        if re.match(r"#", plain):
            if not HEADINGS.fullmatch(plain):
                wrong.append(f"a heading that is not ours: {line[:60]}")
            plain = plain.lstrip("#")
        plain = re.sub(r"^- \*\*(.*?)[.:]\*\* ", r"\1", plain)
        plain = re.sub(r"^( {2}| {4})?- ", "", plain)
        if plain.startswith("|"):
            columns = columns if columns else plain.count("|")
            if plain.count("|") != columns:
                wrong.append(f"a row with other columns: {line[:60]}")
            plain = plain.replace("|", " ")
        else:
            columns = None
        found = re.search(r"[<>&`\[\]*_#~|]|://|\bwww\.|^ {4}|^\s*([-+=]|\d+[.)])(\s|$)", plain)
        if found:
            wrong.append(f"{found.group(0)!r} stands bare: {line[:80]}")
    return wrong


def csv_wrong(text):
    wrong = unsafe(text.replace("\r\n", "\n"))
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    wrong += ["a row with other columns"] * any(len(row) != len(rows[0]) for row in rows)
    for cell in (cell for row in rows[1:] for cell in row):
        for part in re.split(r"[\r\n]", cell):
            if re.match(r"[\s\u2000-\u200a]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]", part):
                wrong.append(f"a cell that is calculated: {part[:40]!r}")
        wrong += ["a cell of two lines"] * ("\n" in cell or "\r" in cell)
    return wrong


def terminal_wrong(text):
    return unsafe(text.replace("\t", " "))
