import type { zhCN } from '../zh-CN/index.ts';
import type { Words } from '../words.ts';
import { common } from './common.ts';
import { imports } from './imports.ts';
import { audit } from './audit.ts';
import { operations } from './operations.ts';
import { certificates } from './certificates.ts';
import { sheets } from './sheets.ts';
import { frame } from './frame.ts';
import { signIn } from './sign-in.ts';
import { student } from './student.ts';
import { students } from './students.ts';
import { verdict } from './verdict.ts';

export const en: Words<typeof zhCN> = { common, imports, audit, operations, certificates, sheets, frame, signIn, verdict, students, student };
