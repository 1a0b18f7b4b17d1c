"""The read-only JSON API at `/api/`: the lists and things of the pages, for programs (docs/api.md, decision 16).

`places` finds what there is to offer, `parameters`, `schemas` and `documents` describe it, `views` answer, `rendering`
writes answers as JSON or as pages, `answers` says what each view answers, `description` is the OpenAPI document made of
that, `reference` the page that explains it all. What stands below the views knows them as `operations`.
"""
