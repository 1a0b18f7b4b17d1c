"""Maps drawn as SVG: land, projections, extents, gathering of near marks, labels. Pure functions, no Django.

boxes.py        extents in degrees, across the antimeridian too
projections.py  from degrees to the plane and back
frames.py       which part of the world fills a picture, and where in it a place stands
land.py         the land as a path of such a picture
gathering.py    marks that would touch, gathered into one
labels.py       names beside marks, none over another
making.py       makes data/ anew from Natural Earth (`manage.py read_land`)
"""
