"""The whole public catalogue as one Frictionless Data Package: made, kept on disk for readers, loaded back.

tables.py says from the models alone which tables and columns there are, public.py which rows, schema.py how they are
described, descriptor.py what stands around them, writing.py makes the package, reading.py holds one that somebody hands
over to all that and loads it, kept.py keeps the one that is served.
"""
