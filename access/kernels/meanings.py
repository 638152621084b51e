"""What a word in an address may mean: the bits that `access.vocabulary` gives and kernels read."""

from __future__ import annotations

# One word may mean several things, by where it stands.
AS_PIECE = 0  # bits 0-2: Rendition when it is a whole folder or file name
AS_SUFFIX = 3  # bits 3-5: Rendition when it is the end of a file name, behind a separator
AS_ENDING = 6  # bits 6-8: Kind + 1 when it is an extension or a media type
VIDEO = 1 << 9  # as an extension: what lies below it are stills of a film
FURNITURE = 1 << 10  # a folder of the site's own design
STATIC = 1 << 11  # a folder that holds design, unless a folder of people's things is below it
FURNISHING = 1 << 12  # a file name, or its first word, of the site's own design
AVATAR = 1 << 13  # a folder of profile pictures
CONTENT = 1 << 14  # a folder of people's things
OWNER_NEXT = 1 << 15  # the next folder is a person
OWNER_BEFORE_NUMBER = 1 << 16  # the next folder is a person if a number follows that
API_ROOT = 1 << 17  # as the first folder: what an app talks to
IGNORED = 1 << 18  # a folder or suffix that says how a picture was made, not which one it is
SIZE_KEY = 1 << 19  # a query parameter that says a size
FORMAT_KEY = 1 << 20  # … an extension
PICTURE_KEY = 1 << 21  # … which picture
FRAME_KEY = 1 << 22  # … which still of a film
