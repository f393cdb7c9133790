"""What names (classes, ids, attributes) and words of a page mean. Data, and how it is matched.

A name is cut into words at hyphens, underscores, digits and changes of letter case, so
that ``commentAuthor``, ``comment-author`` and ``wc_comment_author_2`` give the same words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

COMMENT = frozenset(
    """
    comment comments commentary kommentar kommentare komment commentaire commentaires comentario
    comentarios commento commenti komentarz komentarze reactie reacties reaction reactions
    discussion discussions forum thread threads disqus reply replies respuesta reponse reponses
    antwort antworten leserbrief leserkommentar leserkommentare userpost usercomments
    usercomment responses response posting postings postlist cmt cmts postbit coral
    """.split()
)
"""A block, or what is around it, belongs to a discussion."""

COMMENT_TYPES = frozenset({"Comment", "UserComments", "DiscussionForumPosting", "Answer"})
"""schema.org's types of comments."""

_SURELY_AUTHOR = "fn author creator commenter poster nickname username nick hnuser"
_LIKELY_AUTHOR = """
    user byline pseudo pseudonym autor auteur autore displayname usuario utilisateur benutzer
    nutzer screenname
"""
_MAYBE_AUTHOR = "name profile member person handle posted postedby from"
AUTHOR = {
    **dict.fromkeys(_MAYBE_AUTHOR.split(), 2),
    **dict.fromkeys(_LIKELY_AUTHOR.split(), 3),
    **dict.fromkeys(_SURELY_AUTHOR.split(), 4),
}
"""Names of the element with the author, and how surely."""

NOT_AUTHOR = frozenset(
    """
    avatar badge badges role title usertitle rank fans count counts karma score points level
    date time timestamp ago meta permalink reply vote votes rating location bio signature sig
    stats userstats joined since label tooltip menu popup dropdown email website flair
    parent mention respond recipient replied reputation status
    """.split()
)

TIME = frozenset(
    """
    time date datetime timestamp published posted created ago age when datum zeit fecha data
    livestamp dt dateline submitted
    """.split()
)

TEXT = frozenset(
    """
    text content body message msg commenttext commentbody usertext markdown md copy description
    articlebody maintext inhalt texte texto contenu contenido contents rich formatted
    postcontent postbody postmessage said prose richtext comment commentcontent restore mess
    treść
    """.split()
)

TEXT_PROPERTY = frozenset({"=text", "=commentText", "=content:encoded", "=schema:text"})
"""Properties of microdata and RDFa that are a comment's text."""

FURNITURE = frozenset(
    """
    reply replies respond report flag share sharing vote votes voting votelinks upvote downvote
    like likes rating rate score scores points karma karmawidget permalink toolbar actions
    action buttons button btn controls control links menu popup popupbody dropdown badge badges
    avatar gravatar photo userpic moderation awaiting signature signatur sig tapatalksignatur
    edit edited editinfo lastedit tooltip counter footer foot tools nav pagination loadmore more
    expand collapse toggle breadcrumb social bookmark quote-link says
    form userinfo userdetails profilefields usertitle attribution-link
    spoilerbtn midcol thanks notice thumbs
    """.split()
)
"""Names of what stands in a comment but is not what the commenter wrote."""

HIDDEN = frozenset(
    """
    .hidden .visually-hidden .visuallyhidden .sr-only .screen-reader-text .element-invisible .u-h
    .d-none .is-hidden .element-hidden
    """.split()
)
"""Classes, whole, of what is there for machines and for those who listen."""

WIDGETS = frozenset(
    """
    recentcomments recentcomment recent latest related popular widget sidebar aside nav menu
    navigation breadcrumb footer teaser teasers mostread trending
    """.split()
)
"""Names of lists that only tell of comments, or of other articles."""

NOT_COMMENTS = frozenset({"pingback", "trackback", "pings", "linkback"})

RESPOND = COMMENT | {"respond"}
"""Names of forms to comment with."""

PARENT = """
    parent replied replyto reply-to reply_to inreplyto in-reply reply_of replyof child-of
    parentitem antwort-auf reponse-a
""".split()
"""Parts of names of attributes, classes and links that name the comment replied to."""

PARENT_CLASS = ("child-of", "parent-", "reply-to")
"""Beginnings of a block's class that end with the id of the comment replied to."""

PARENT_WORDS = re.compile(
    r"parent$|in reply to|replying to|in response to|antwort auf|als antwort|en réponse|"
    r"en respuesta|respuesta a|in risposta|em resposta|w odpowiedzi|в ответ|svar til|svar på",
    re.I,
)
"""How texts and titles of links to the comment replied to begin."""

OWN_ID = """
    id data-id data-comment-id data-commentid data-post-id data-message-id thingid data-fullname
    name data-cid data-comment data-content about resource data-uuid comment-id
""".split()
"""Attributes with a comment's own id."""

DEPTH = re.compile(
    r"(?:^|[-_ ])(?:depth|level|lvl|indent|nest(?:ed|ing)?|tier|ebene|niveau|nivel|stufe|einzug|"
    r"tab)[-_]*(\d{1,3})(?:$|[-_ ])",
    re.I,
)
"""A class with a number that counts the levels of replies."""

DEPTH_ATTRIBUTES = """
    depth data-depth data-level aria-level data-indent level data-nesting-level
    data-comment-depth data-comment-level indent
""".split()

DATED = frozenset("datetime data-datetime data-utime data-timestamp data-time data-date".split())
"""Attributes with a time for machines."""

DATED_PROPERTY = frozenset(
    """
    datecreated datepublished commenttime dc:date dc:created pubdate dateposted
    """.split()
)
"""Properties of microdata and RDFa that are a comment's time."""

NOT_POSTED = frozenset("edit edited modified updated datemodified joined registered since".split())
"""Names of times at which something else happened."""

USER_LINK = re.compile(
    r"(?:^|/|[?&=.])(?:u|users?|userid|profiles?|members?|people|authors?|autor|nutzer|benutzer|"
    r"profil|utilisateur|usuario|channel|by|social|community|account)(?:[/=?.\d-]|$)"
    r"|showuser|/@|/~|view_profile",
    re.I,
)
"""Addresses of a user's own page."""

REPLY_WORDS = frozenset(
    """
    reply respond antworten antwort beantworten répondre repondre responder respuesta rispondi
    odpowiedz ответить reageer reageren svara svar vastaa responder yanıtla 返信 回复 permalink
    quote zitieren citer report melden flag signaler denunciar segnala zgłoś пожаловаться
    """.split()
)
"""Words of the links below a comment."""

GONE = frozenset("removed deleted isdeleted entfernt geloescht supprime tombstone".split())
"""Names of a comment that was taken away, or of the note in its place."""

_GONE = (
    r"(?:deleted|removed|gelöscht|entfernt|supprimé|effacé|eliminado|borrado|eliminato|rimosso|"
    r"usunięty|удал[её]н\w*|withdrawn|gesperrt|modéré|no longer available|unavailable)"
)
REMOVED = re.compile(
    r"[\[(<]?\s*(?:this |the |dieser |ce |este |questo |ten |diese[rs]? |a )?"
    r"(?:comment|post(?:ing)?|reply|response|message|entry|kommentar|beitrag|eintrag|commentaire|"
    r"comentario|commento|komentarz|комментарий|сообщение|user|account|author|nutzer|"
    rf"utilisateur|compte|usuario|utente|użytkownik|пользователь)\b.{{0,60}}?\b{_GONE}\b.{{0,200}}"
    rf"|[\[(<]?\s*{_GONE}(?:\s(?:comment|post|message|kommentar|beitrag|user|комментарий))?"
    r"(?:\s(?:by|von|par|por)\s[\w\s]{2,30})?\s*[\])>.]?",
    re.I | re.S,
)
"""What stands in place of a comment that was taken away."""

REMOVED_LENGTH = 250
"""Characters that such a note has at the most."""

_PARTS = re.compile(r"[a-zäöüßéèêçñа-я]+|[A-ZÄÖÜ]+(?![a-z])|[A-ZÄÖÜ][a-zäöüß]*")


@lru_cache(maxsize=8192)
def words(name: str) -> frozenset[str]:
    """The words in a name, in small letters, and the name itself."""
    parts = [part.lower() for part in _PARTS.findall(name[:200])]
    return frozenset((*parts, *(a + b for a, b in pairwise(parts)), name.lower()))
