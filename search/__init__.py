"""Search: one engine for both databases, in process, its index a derived thing on local disk.

The room knows no other. Rooms above declare a Corpus each (corpus.py): which documents they have, how to load
them, which tables feed them. Everything else follows from that:

    analysis.py       what a word is; the same for texts and for what readers type
    schema.py         the fields of the index and their weights
    store.py          the index on disk: opened after its checksums held, built beside, swapped
    triggers.py       database triggers that write down every change, by whatever route it comes
    changes.py        the log they write, read without gaps on both databases
    marks.py          how far an index has come in it
    indexing.py       building the index, and bringing it up to the log
    understanding.py  what a reader typed: words, phrases, exclusions, with their synonyms and corrections
    spelling.py       other spellings of a word, and the word that was meant by a misspelt one
    spacing.py        words written together or apart
    synonyms.py       words that find each other; seeds.py loads those that come with the catalogue
    meaning.py        what a text means in the words one state of the index knows
    queries.py        what the engine is asked: all, most or some of the words, under kinds and filters
    orders.py         deep pages of a list in an order of texts
    engine.py         the interface: search, counts and pages of one corpus or of all
    highlights.py     why a text matched
    kinds.py          several kinds of documents as one ranked list
    suggestions.py    what a reader may be about to type
    related.py        documents like a given one

The index may be deleted at any moment. The database stays the only record.
"""
