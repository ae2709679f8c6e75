import type { zhCN } from '../zh-CN/index.ts';
import type { Words } from '../words.ts';
import { common } from './common.ts';
import { frame } from './frame.ts';
import { signIn } from './sign-in.ts';

export const en: Words<typeof zhCN> = { common, frame, signIn };
