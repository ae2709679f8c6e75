import { currentLanguage } from '../i18n/index.ts';
import { useTranslation } from 'react-i18next';

export interface Text {
  'zh-CN': string;
  en: string;
}

/** Words that come from the server in both languages, in the reader's. */
export function useText(): (text: Text) => string {
  useTranslation(); // redraws when the language changes
  const language = currentLanguage();
  return (text) => text[language];
}
