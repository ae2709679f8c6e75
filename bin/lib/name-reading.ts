import { pinyin } from 'pinyin-pro';
import type { NameReading } from '../../register/register.ts';

/** 曾 zeng, 单 shan, 尉迟 yu chi: read as a surname first. `sort` orders the same on every database. */
export function readName(name: string): NameReading {
  const syllables = pinyin(name, { mode: 'surname', toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' });
  const words = syllables.map((syllable) => syllable.toLowerCase());
  return {
    pinyin: words.join(' '),
    initials: words.map((word) => word[0] ?? '').join(''),
    sort: `${words.join(' ')} ${name}`,
  };
}
