import type { zhCN } from '../zh-CN/index.ts';
import type { Words } from '../words.ts';
import { common } from './common.ts';
import { sheets } from './sheets.ts';
import { frame } from './frame.ts';
import { signIn } from './sign-in.ts';
import { students } from './students.ts';
import { verdict } from './verdict.ts';

export const en: Words<typeof zhCN> = { common, sheets, frame, signIn, verdict, students };
