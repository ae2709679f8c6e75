import type { Language } from '../schemas/text.ts';
import type { ApiContext } from './state.ts';

/** Chinese unless English is preferred; `?lang=en` on a page wins. */
export function languageOf(ctx: ApiContext): Language {
  if (ctx.query.lang === 'en') return 'en';
  if (ctx.query.lang === 'zh' || ctx.query.lang === 'zh-CN') return 'zh-CN';
  return ctx.acceptsLanguages('zh-CN', 'zh', 'en') === 'en' ? 'en' : 'zh-CN';
}
