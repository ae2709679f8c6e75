import type { Fault } from '../../schemas/problem.ts';
import type { Text } from '../../schemas/text.ts';
import { commonPasswords } from './common-passwords.ts';

const SHORTEST = 8;
const LONGEST = 128;
const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

/** Length and a list of what everybody tries; no composition rules, no forced change (reliability §11). */
export function passwordFaults(
  password: string,
  { pointer, loginName }: { pointer: string; loginName: string },
): Fault[] {
  const length = [...password].length;
  if (length < SHORTEST) {
    return [
      {
        pointer,
        code: 'password_short',
        detail: { minimum: SHORTEST },
        text: t(`密码至少 ${SHORTEST} 个字符。`, `The password needs at least ${SHORTEST} characters.`),
      },
    ];
  }
  if (length > LONGEST) {
    return [
      {
        pointer,
        code: 'password_long',
        detail: { maximum: LONGEST },
        text: t(`密码至多 ${LONGEST} 个字符。`, `The password may have at most ${LONGEST} characters.`),
      },
    ];
  }
  if (isGuessable(password.toLowerCase(), loginName)) {
    return [
      {
        pointer,
        code: 'password_common',
        text: t('此密码太常见，请换一个。', 'This password is too common; choose another.'),
      },
    ];
  }
  return [];
}

function isGuessable(password: string, loginName: string): boolean {
  if (commonPasswords.has(password) || new Set(password).size < 4) return true;
  return (
    password === loginName || password === `${loginName}${loginName}` || [...password].reverse().join('') === loginName
  );
}
