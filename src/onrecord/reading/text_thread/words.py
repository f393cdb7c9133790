"""Words that pages set around comments, in several languages. Data: `labels` matches them."""

from __future__ import annotations

import re


def _phrases(words: str) -> frozenset[str]:
    return frozenset(map(letters, words.split(";")))


def letters(text: str) -> str:
    """What words are compared by."""
    return "".join(filter(str.isalpha, text)).casefold()


REPLY = _phrases(
    """
    reply; reply to this; reply to this comment; reply to comment; log in to reply; login to
    reply; antworten; antwort; auf diesen kommentar antworten; auf kommentar antworten;
    beantworten; répondre; répondre à ce commentaire; responder; rispondi; odpowiedz; ответить;
    відповісти; reageer; reageren; beantwoorden; svara; svar; vastaa; yanıtla; cevapla; 返信; 回复
    """
)
"""Links to answer a comment. Nothing but a discussion repeats them."""

LINK = _phrases(
    """
    permalink; permanent link; permanenter link; permanentlink; lien permanent; enlace
    permanente; link; parent; context; direkter link zum kommentar; ссылка
    """
)
"""Links to the comment itself, or to the one above."""

FURNITURE = (
    REPLY
    | LINK
    | _phrases(
        """
        report; report abuse; report comment; report this comment; flag; flag as inappropriate;
        like; likes; dislike; upvote; downvote; share; tweet; quote; edit; delete; hide;
        collapse; expand; show more; read more; see more; more; follow; points; point; votes;
        melden; kommentar melden; verstoß melden; gefällt mir; teilen; zitieren; bearbeiten;
        löschen; aufklappen; zuklappen; mehr anzeigen; weiterlesen; empfehlen; signaler;
        signaler un abus; partager; citer; j'aime; lire la suite; denunciar; reportar;
        compartir; citar; me gusta; segnala; condividi; mi piace; zgłoś; cytuj; lubię to;
        пожаловаться; редактировать; поделиться; цитировать; нравится; rapporteer; delen; anmäl;
        rapportér
        """
    )
)
"""Links and counters that stand with a comment and are no part of it."""

BADGES = _phrases(
    """
    guest; gast; visitor; author; autor; moderator; staff; subscriber; member; mitglied; top
    commenter; verified; not verified; nicht überprüft; anonymous user; invité; invitado;
    ospite; гость; автор
    """
)
"""What commenters are called beside their names."""

UNKNOWN = _phrases(
    """
    anonymous; anonym; anonyme; anónimo; anônimo; anonimo; anoniem; аноним; guest; gast; invité;
    invitado; ospite; gość; гость
    """
)
"""Names that many commenters have, who gave none."""

COMMENTS = _phrases(
    """
    comments; comment; kommentare; kommentar; leserkommentare; leserkommentar; leserbriefe;
    commentaires; commentaire; comentarios; comentario; comentários; commenti; komentarze;
    komentarzy; komentarz; комментарии; комментариев; комментария; комментарий; коментарі;
    reacties; kommentarer; kommentit; komentáře; yorumlar
    """
)
"""The heading of a thread."""

COUNTED = COMMENTS | _phrases(
    """
    replies; reply; responses; response; reactions; thoughts; posts; messages; antworten;
    beiträge; reaktionen; meinungen; ergänzungen; zuschriften; réactions; réponses; respuestas;
    respostas; reacciones; risposte; reazioni; odpowiedzi; opinie; ответов; ответа; отзывов;
    отзыва; мнений
    """
)
"""The heading of a thread where a number stands before it: "Reactions" alone heads articles."""

BEFORE_COMMENTS = frozenset(
    "all alle reader readers user users top show view hide view join the your les tous de".split()
)
"""Words before those of a heading: "All comments", "Show 12 comments"."""

AFTER_COMMENTS = frozenset(
    "on to so for zu zum zur für auf sur à sobre a su do к на about по от".split()
)
"""Words behind those of a heading: "3 thoughts on “Bridge Opens Late”"."""

FORM = _phrases(
    """
    leave a comment; leave a reply; leave comment; add a comment; add comment; add new comment;
    post a comment; post comment; write a comment; submit a comment; join the discussion; join
    the conversation; cancel reply; load more comments; show more comments; comments are closed;
    comments for this article are closed; comment policy; schreibe einen kommentar; schreiben
    sie einen kommentar; einen kommentar schreiben; kommentar schreiben; kommentar hinzufügen;
    kommentar verfassen; kommentar abgeben; neuer kommentar; jetzt mitreden; mitdiskutieren; so
    können sie kommentieren; netiquette; netiquette für kommentare; weitere kommentare; mehr
    kommentare laden; laisser un commentaire; laissez un commentaire; ajouter un commentaire;
    deja un comentario; dejar un comentario; añadir comentario; deixe um comentário; lascia un
    commento; dodaj komentarz; napisz komentarz; написать комментарий; оставить комментарий;
    добавить комментарий; reageer op dit artikel; plaats een reactie; geef een reactie
    """
)
"""Forms to comment with. They stand before a thread, or end it."""

SAYS = frozenset(
    """
    says said wrote writes commented comments sagt sagte schreibt schrieb meint meinte kommentiert
    kommentierte dit écrit écrivait dice dijo escribió disse escreveu scrive scrisse ha scritto
    zegt schreef pisze napisał napisała пишет написал написала говорит skriver säger sier
    """.split()
)
"""What stands behind a commenter's name."""

CONNECT = (
    SAYS
    | frozenset(
        """
    am um on at le el il en op om den à à las в от vom kl posted added sent published a às uhr
    hat geschrieben há hace il vor
    date datum fecha data дата
    """.split()
    )
) - {"comments"}
"""Words between a name and a time."""

NOW = re.compile(
    r"\b(?:just now|right now|moments ago|a moment ago|gerade eben|soeben|à l['’]instant"
    r"|ahora mismo|justo ahora|agora mesmo|proprio ora|adesso|przed chwilą|teraz|только что|сейчас"
    r"|щойно|zojuist|nyss|just nu|akkurat nå)\b",
    re.I,
)
"""The shortest of relative times."""

POSTED_BY = re.compile(
    r"(?:(?:from|von|de|da|od|от|van|author|autor|auteur|name) ?:"
    r"|(?:re: )?(?:submitted|posted|comment|comment posted|commented|written|reply|answer) by"
    r"|(?:kommentar|antwort|beitrag|geschrieben|verfasst|gepostet) von"
    r"|(?:commentaire de|réponse de|écrit par|posté par|publié par|rédigé par)"
    r"|(?:comentario de|escrito por|publicado por|enviado por|commento di|scritto da|inviato da)"
    r"|(?:dodane przez|napisane przez|geplaatst door|geschreven door))\s+",
    re.I,
)
"""Words before a commenter's name."""

BYLINE = re.compile(r"(?:by|von|par|por|przez|автор|text|source|foto)\b", re.I)
"""Words before the name of an article's author."""

FROM = re.compile(r"(?:from|von|de|da|od|от|van|author|autor|auteur|name|posted by) ?:", re.I)
"""What stands before a name in a line of its own."""

SCORES = "points?|pts|likes?|votes?|fans?|followers|punkte|karma"
"""What is counted behind a name: "Ana 213 points"."""

ADDRESSED = re.compile(
    r"(?:in reply to|replying to|reply to|replied to|responding to|als antwort auf|antwort auf"
    r"|in antwort auf|@|→|►|en réponse à|en respuesta a|em resposta a|in risposta a"
    r"|w odpowiedzi na|в ответ|als reactie op|som svar på|som svar til)\s*",
    re.I,
)
"""Words before the name of the one who is answered."""

ADDRESSED_BEHIND = re.compile(
    rf"\s+(?:{ADDRESSED.pattern.removeprefix('(?:').replace('|@', '')}", re.I
)
"""… behind the name of who answers."""
