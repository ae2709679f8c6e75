import type { ProblemCode } from '../schemas/problem.ts';
import { problemKinds } from '../schemas/problem.ts';
import type { Language } from '../schemas/text.ts';
import type { HtmlAnswer } from './answers.ts';
import { escapeHtml, styleHashOf } from './pages.ts';

const STYLE = `
:root { color-scheme: light; }
body { margin: 0; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1f2329; background: #f5f6f8; }
main { max-width: 36rem; margin: 12vh auto; padding: 2rem 1.5rem; background: #fff; border-radius: 8px; }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
p { margin: .25rem 0; }
.other { color: #5c6370; }
code { font-size: .875rem; color: #5c6370; }
a { color: #0958d9; }
`;
const STYLE_HASH = styleHashOf(STYLE);

const words = {
  'zh-CN': { title: '双证', home: '返回首页', code: '问题代码' },
  en: { title: 'Dual Certificate', home: 'Go to the start page', code: 'Problem code' },
} as const satisfies Record<Language, unknown>;

/** What a problem code means, for a person: the target of `type` in every refusal. */
export function problemPage(code: ProblemCode, language: Language): HtmlAnswer {
  const { text, status } = problemKinds[code];
  const other: Language = language === 'en' ? 'zh-CN' : 'en';
  const say = words[language];
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${text[language]} · ${say.title}`)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(text[language])}</h1><p class="other" lang="${other}">${escapeHtml(text[other])}</p>
<p><code>${say.code}: ${code} · HTTP ${status}</code></p><p><a href="/">${say.home}</a></p></main></body></html>`;
  return { html, styleHash: STYLE_HASH };
}
