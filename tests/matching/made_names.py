"""Names as people and machines spoil them."""

LETTERS = "aeiounkrlmgh -'.jwy"
PIECES = [
    "Kim", "kim", "Jong", "jong-un", "JONGUN", "Un", "il", "Dr.", "Sheikh", "bin", "al", "Al-", "Haji", "the", "of",
    "Co.,", "Ltd.", "LLC", "Trading", "Bank", "People's", "Liberation", "Army", "IT", "Information", "Technology",
    "North", "Korea", "Twenty", "One", "VII", "3", "03", "A.K.A.", "as", "/", "(OTB)", "OTB", "Владимир", "Путин",
    "Гук", "Їжак", "金", "正恩", "김정은", "محمد", "شاکری", "ü", "ʻo", "o'", "Fund", "No.", "M/V", "mt.", "K1m", "J.",
    "R.", "Petrovich", "Peter", "\xa0", "́", "�", "Karpenko", "Sibir", "vostok", "Abdul", "Rahman", "Oleksandra",
    "Optical", "Instrument", "Making", "Liability", "Limited", "Joint", "Stock", "Company", "jr", "de",
]  # fmt: skip


def spoilt(chance, text):
    """A name after up to three slips, joins, splits, cuts or changes of order."""
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(text)) if text else 0
        slip = chance.randrange(8)
        if slip == 0:
            text = text[:at] + text[at + 1 :]
        elif slip == 1:
            text = text[:at] + chance.choice(LETTERS) + text[at:]
        elif slip == 2:
            text = text[:at] + chance.choice(LETTERS) + text[at + 1 :]
        elif slip == 3:
            text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        elif slip == 4:
            text = text.replace(" ", "", 1)
        elif slip == 5:
            text = text[:at] + " " + text[at:]
        elif slip == 6:
            words = text.split()
            chance.shuffle(words)
            text = " ".join(words)
        else:
            text = text + " " + chance.choice(PIECES)
    return text
