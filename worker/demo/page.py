"""The page of the demo: the alerts as they stand, rendered on the server, read-only.

It loads nothing from anywhere, runs no script, and says so in its content security policy. All text of
articles is escaped; a link is made of nothing but an http or https address.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from worker.alert import AlertStatus
from worker.rows import alert_rows, proofs_of, say_standing
from worker.wording import clean, in_one_line, say_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.alert import Alert, AlertEvidence

REFRESH_SECONDS = 3
STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #ffffff; --ink: #1c1b19; --dim: #66625a;
  --line: #e2ded5; --critical: #b3261e; --high: #b45309; --medium: #7a6400; --low: #1f6f8b; }
@media (prefers-color-scheme: dark) { :root { --paper: #161513; --card: #1f1e1b; --ink: #ece8df; --dim: #a39d91;
  --line: #37342e; --critical: #ff8a80; --high: #ffb066; --medium: #e3cb5a; --low: #7cc7e0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header, main { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { margin: 0; font: 600 1.9rem/1.2 Charter, Georgia, "Times New Roman", serif; }
header p { margin: .35rem 0 1.75rem; color: var(--dim); }
article { background: var(--card); border: 1px solid var(--line); border-left: .35rem solid var(--severity);
  border-radius: .4rem; padding: 1.1rem 1.35rem 1.2rem; margin: 0 0 1.25rem; }
.critical { --severity: var(--critical); } .high { --severity: var(--high); }
.medium { --severity: var(--medium); } .low { --severity: var(--low); }
.retracted { opacity: .65; } .retracted h2 { text-decoration: line-through; }
.label { margin: 0; font-size: .8rem; font-weight: 600; letter-spacing: .04em; color: var(--severity); }
.label span { color: var(--dim); font-weight: 400; }
h2 { margin: .2rem 0 .8rem; font: 600 1.22rem/1.35 Charter, Georgia, "Times New Roman", serif; }
dl { display: grid; grid-template-columns: 6rem 1fr; gap: .2rem .9rem; margin: 0; font-size: .93rem; }
dt { color: var(--dim); text-align: right; } dd { margin: 0; overflow-wrap: anywhere; }
blockquote { margin: .9rem 0 0; padding-left: .9rem; border-left: 2px solid var(--line); font-size: .95rem;
  font-family: Charter, Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
blockquote footer { color: var(--dim); font: .82rem/1.5 system-ui, -apple-system, sans-serif; }
a { color: inherit; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dt { text-align: left; margin-top: .4rem; } }
"""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)


def render_page(alerts: Sequence[Alert], *, state: str) -> str:
    """The whole page as HTML; `state` is one line on how far the demo is."""
    standing = sum(alert.status is not AlertStatus.RETRACTED for alert in alerts)
    count = f"{standing} alert{'' if standing == 1 else 's'}" if alerts else "No alert yet"
    cards = "\n".join(map(_card, alerts))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{REFRESH_SECONDS}">
<title>{count} - Trucewatch</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>Trucewatch</h1>
<p>{count}. {_text(state)}</p>
</header>
<main>
{cards}
</main>
</body>
</html>
"""


def _card(alert: Alert) -> str:
    retracted = " retracted" if alert.status is AlertStatus.RETRACTED else ""
    rows = "\n".join(f"<dt>{_text(label)}</dt><dd>{_text(value)}</dd>" for label, value in alert_rows(alert))
    quotes = "\n".join(map(_quote, proofs_of(alert)))
    return f"""<article class="{alert.severity.value}{retracted}" id="{escape(alert.alert_id)}">
<p class="label">{alert.severity.value.upper()}{say_standing(alert)} <span>{_text(alert.conflict)}</span></p>
<h2>{_text(alert.title)}</h2>
<dl>
{rows}
</dl>
{quotes}
</article>"""


def _quote(evidence: AlertEvidence) -> str:
    when = say_moment(evidence.published_at) if evidence.published_at else "undated"
    source = _text(evidence.source)
    if evidence.url and _is_web_address(evidence.url):
        source = f'<a href="{escape(clean(evidence.url))}" rel="noopener noreferrer nofollow">{source}</a>'
    return f"<blockquote>{_text(evidence.text)}<footer>{source}, {when}</footer></blockquote>"


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _text(text: str) -> str:
    return escape(in_one_line(text))
