import { createHash } from 'node:crypto';
import type { HtmlAnswer } from './answers.ts';
import type { ApiContext } from './state.ts';

export function styleHashOf(style: string): string {
  return `sha256-${createHash('sha256').update(style).digest('base64')}`;
}

/** The policy of pages that anyone may open: no script, nothing from elsewhere, one known stylesheet. */
export function sendPage(ctx: ApiContext, { html, styleHash, status }: HtmlAnswer): void {
  if (status !== undefined) ctx.status = status;
  ctx.set('Content-Security-Policy', publicPolicy(styleHash));
  ctx.set('Cache-Control', 'no-store');
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = html;
}

function publicPolicy(styleHash: string): string {
  return `default-src 'none'; style-src '${styleHash}'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}
