import { canonicalJson } from '../schemas/canonical.ts';
import type { Certificate } from '../schemas/certificate.ts';
import type { CertificateSignature } from '../schemas/signer.ts';
import type { Language, Text } from '../schemas/text.ts';
import { dateWords, editionWords, educationOf, levelWords, titleOf } from './payload/words.ts';
import { html, Markup } from './verification/html.ts';
import { icons, mark } from './verification/icons.ts';
import { verificationStyle } from './verification/style.ts';
import type { VerificationStatus } from './verification/words.ts';
import { statusWords, words } from './verification/words.ts';

interface Frame {
  /** Host as the visitor should see it in the address bar. */
  domain: string;
  language: Language;
  /** Mail address or telephone for reports, where the college has set one. */
  reportTo?: string;
}

export interface VerificationAnswer extends Frame {
  status: VerificationStatus;
  /** Absent exactly when the status is unknown. */
  certificate?: Certificate;
  signature?: CertificateSignature;
  /** System instant at which the register was read. */
  checkedAt: string;
  supersededBy?: { number: string; verificationId: string };
}

export interface LookupForm extends Frame {
  fault?: keyof typeof lookupFaults;
}

const lookupFaults = {
  malformed: words.malformed,
  no_such_address: words.noSuchAddress,
  too_many_requests: words.tooMany,
};

/** Where the look-up form goes: a POST, so that neither number nor code stands in an address or a log. */
export const LOOKUP_PATH = '/v/';

/** The public answer, complete without script and below 15 KB (reliability.md §6). */
export function renderVerificationPage(answer: VerificationAnswer): string {
  const { status, language, certificate, checkedAt } = answer;
  const { word, sentence } = statusWords[status];
  const newer = answer.supersededBy ? newerLink(answer.supersededBy, language) : null;
  const content = html`${certificate?.example ? html`<p class="example">${words.example[language]}</p>` : null}
<div class="status ${status}">${icons[status]}<div><h1>${word[language]}</h1><p>${sentence[language]}</p>${newer}</div></div>
${certificate ? details(answer, certificate) : null}
<section><h2>${words.fresh[language]}</h2><p><time datetime="${checkedAt}">${instantWords(checkedAt, language)}</time></p><p class="note">${words.live[language]}</p></section>
${lookup(answer, { open: certificate === undefined, heading: 'h2' })}
${report(answer)}`;
  return page(answer, word, content);
}

/** The page for someone who has a number and no QR. */
export function renderLookupPage(form: LookupForm): string {
  const fault = form.fault ? lookupFaults[form.fault] : null;
  const content = html`${fault ? html`<p class="example" role="alert">${fault[form.language]}</p>` : null}${lookup(form, { open: true, heading: 'h1' })}${report(form)}`;
  return page(form, words.title, content);
}

function page({ language, domain }: Frame, title: Text, content: Markup): string {
  const other =
    language === 'en'
      ? html`<a href="?lang=zh-CN" lang="zh-CN">中文</a>`
      : html`<a href="?lang=en" lang="en">English</a>`;
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title[language]} · ${domain}</title><style>${new Markup(verificationStyle)}</style></head>
<body><header>${mark}<p>${words.product[language]}</p>${other}</header>
<main><p class="domain">${words.domain[language]}<b>${domain}</b></p>
${content}</main>
<footer><p>${words.privacy[language]}</p></footer></body></html>
`.text;
}

function details({ language, signature }: VerificationAnswer, certificate: Certificate): Markup {
  const lines = factsOf(certificate).map(
    ([label, value], i) =>
      html`<dt>${label[language]}</dt><dd${i < 2 ? html` class="big"` : null}>${value[language]}</dd>`,
  );
  return html`<section class="${certificate.kind}"><h2>${titleOf(certificate)[language]}</h2><dl>${lines}</dl><p class="note">${words.compare[language]}</p></section>
${signature ? proof(certificate, signature, language) : null}`;
}

function newerLink({ number, verificationId }: { number: string; verificationId: string }, language: Language): Markup {
  return html`<p>${words.supersededBy[language]} <a href="/v/${verificationId}">${number}</a></p>`;
}

const same = (text: string): Text => ({ 'zh-CN': text, en: text });

/** Only what the paper shows as well; name and number first, in large type. */
function factsOf(certificate: Certificate): [Text, Text][] {
  const { holder, issuer } = certificate;
  return [
    [words.name, same(holder.name)],
    [words.number, same(certificate.number)],
    ...(holder.idLastFour ? [[words.idEnding, same(holder.idLastFour)] satisfies [Text, Text]] : []),
    ...(certificate.kind === 'diploma' ? diplomaFacts(certificate) : skillFacts(certificate)),
    [words.issuer, issuer.name],
    [words.issuedOn, dateWords(certificate.issuedOn)],
  ];
}

function diplomaFacts(diploma: Extract<Certificate, { kind: 'diploma' }>): [Text, Text][] {
  const [from, to] = [dateWords(diploma.studyFrom), dateWords(diploma.studyTo)];
  return [
    [words.programme, withCode(diploma.programme.name, diploma.programme.code)],
    [words.education, educationOf(diploma)],
    [words.study, { 'zh-CN': `${from['zh-CN']}至${to['zh-CN']}`, en: `${from.en} to ${to.en}` }],
  ];
}

function skillFacts({ occupation, edition, level }: Extract<Certificate, { kind: 'skill' }>): [Text, Text][] {
  return [
    [words.occupation, withCode(occupation.name, occupation.code)],
    ...(occupation.trade ? [[words.trade, occupation.trade] satisfies [Text, Text]] : []),
    [words.level, levelWords[level]],
    [words.edition, editionWords(edition)],
  ];
}

const withCode = (name: Text, code: string): Text => ({
  'zh-CN': `${name['zh-CN']}（${code}）`,
  en: `${name.en} (${code})`,
});

function proof(
  certificate: Certificate,
  { alg, kid, signature, signedAt }: CertificateSignature,
  language: Language,
): Markup {
  return html`<section><details><summary>${words.proof[language]}</summary><p class="note">${words.proofHow[language]}</p>
<pre>${canonicalJson(certificate)}</pre><pre>${alg}
kid ${kid}
signature ${signature}
signedAt ${signedAt}</pre></details></section>`;
}

function lookup({ language }: Frame, { open, heading }: { open: boolean; heading: 'h1' | 'h2' }): Markup {
  const form = html`<form method="post" action="${LOOKUP_PATH}"><input type="hidden" name="language" value="${language}">
<label for="number">${words.number[language]}</label><input id="number" name="number" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false">
<label for="checkCode">${words.checkCode[language]}</label><input id="checkCode" name="checkCode" required maxlength="14" autocomplete="off" autocapitalize="characters" spellcheck="false">
<button>${words.submit[language]}</button></form>`;
  const title = heading === 'h1' ? html`<h1>${words.lookup[language]}</h1>` : html`<h2>${words.lookup[language]}</h2>`;
  if (open) return html`<section class="lookup">${title}${form}</section>`;
  return html`<section class="lookup"><details><summary>${words.lookup[language]}</summary>${form}</details></section>`;
}

const MAIL = /^[\w.+-]+@[\w.-]+$/;

function report({ language, reportTo }: Frame): Markup {
  const to =
    reportTo && MAIL.test(reportTo) ? html`<a href="mailto:${reportTo}">${reportTo}</a>` : html`<b>${reportTo}</b>`;
  const text = reportTo ? html`${words.reportHow[language]} ${to}` : html`${words.reportNone[language]}`;
  return html`<section><h2>${words.report[language]}</h2><p>${text}</p></section>`;
}

/** Beijing time, said so: the visitor's clock is not ours. */
function instantWords(instant: string, language: Language): string {
  const local = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  const clock = local.slice(11, 19);
  return `${dateWords(local.slice(0, 10))[language]} ${clock}${language === 'en' ? ' (Beijing time)' : '（北京时间）'}`;
}
