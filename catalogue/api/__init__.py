"""The read-only JSON API at `/api/`: the lists and things of the pages, for programs (docs/api.md, decision 16).

`places` finds what there is to offer, `parameters` and `schemas` describe it, `views` answer, `rendering` writes
answers as JSON or as pages, `description` is the OpenAPI document, `reference` the page that explains it all.
"""
