import { common } from './common.ts';
import { frame } from './frame.ts';
import { signIn } from './sign-in.ts';

/** One namespace a page area; the English side has the same. */
export const zhCN = { common, frame, signIn };
