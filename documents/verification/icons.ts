import { html } from './html.ts';
import type { Markup } from './html.ts';
import type { VerificationStatus } from './words.ts';

export const mark = html`<svg viewBox="0 0 32 32" aria-hidden="true"><rect x="1" y="1" width="20" height="20" rx="5" fill="#2f3aa0" fill-opacity=".85"/><rect x="11" y="11" width="20" height="20" rx="5" fill="#0b6e69" fill-opacity=".85"/></svg>`;

/** Shape as well as colour tells the status. */
export const icons: Record<VerificationStatus, Markup> = {
  valid: html`<svg viewBox="0 0 64 64" aria-hidden="true"><circle cx="32" cy="32" r="30" fill="#1a7f37"/><path d="M18 33l10 10 19-21" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
  suspended: html`<svg viewBox="0 0 64 64" aria-hidden="true"><circle cx="32" cy="32" r="30" fill="#9a6700"/><path d="M24 20v24M40 20v24" stroke="#fff" stroke-width="7" stroke-linecap="round"/></svg>`,
  revoked: html`<svg viewBox="0 0 64 64" aria-hidden="true"><path d="M20 2h24l18 18v24L44 62H20L2 44V20z" fill="#cf222e"/><path d="M21 21l22 22M43 21L21 43" stroke="#fff" stroke-width="6" stroke-linecap="round"/></svg>`,
  superseded: html`<svg viewBox="0 0 64 64" aria-hidden="true"><rect x="2" y="2" width="60" height="60" rx="14" fill="#56688a"/><path d="M16 32h30M34 19l13 13-13 13" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
  unknown: html`<svg viewBox="0 0 64 64" aria-hidden="true"><circle cx="32" cy="32" r="29" fill="none" stroke="#59626c" stroke-width="5"/><path d="M24 25a8 8 0 1 1 11 7.4c-2 1-3 2.2-3 5" fill="none" stroke="#59626c" stroke-width="5" stroke-linecap="round"/><circle cx="32" cy="46" r="3.4" fill="#59626c"/></svg>`,
};
