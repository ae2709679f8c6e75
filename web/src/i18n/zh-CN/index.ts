import { common } from './common.ts';
import { sheets } from './sheets.ts';
import { frame } from './frame.ts';
import { signIn } from './sign-in.ts';
import { students } from './students.ts';
import { verdict } from './verdict.ts';

/** One namespace a page area; the English side has the same. */
export const zhCN = { common, sheets, frame, signIn, verdict, students };
