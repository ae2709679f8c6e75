import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.ts';
import { zhCN } from './zh-CN/index.ts';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];
const STORED = 'dualcert.language';

export function currentLanguage(): Language {
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}

export async function startWords(): Promise<void> {
  const stored = localStorage.getItem(STORED);
  await i18n.use(initReactI18next).init({
    lng: stored === 'en' ? 'en' : 'zh-CN',
    fallbackLng: false,
    defaultNS: 'common',
    resources: { 'zh-CN': zhCN, en },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = i18n.language;
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  await i18n.changeLanguage(language);
}
