import { common } from './common.ts';
import { admin } from './admin.ts';
import { rules } from './rules.ts';
import { ruleApproval } from './rules-approval.ts';
import { ruleEditor } from './rules-editor.ts';
import { imports } from './imports.ts';
import { audit } from './audit.ts';
import { operations } from './operations.ts';
import { certificates } from './certificates.ts';
import { schemes } from './schemes.ts';
import { sheets } from './sheets.ts';
import { frame } from './frame.ts';
import { regulations } from './regulations.ts';
import { home } from './home.ts';
import { plans } from './plans.ts';
import { previews } from './previews.ts';
import { credits } from './credits.ts';
import { signIn } from './sign-in.ts';
import { student } from './student.ts';
import { students } from './students.ts';
import { verdict } from './verdict.ts';

/** One namespace a page area; the English side has the same. */
export const zhCN = {
  common,
  admin,
  rules,
  ruleEditor,
  ruleApproval,
  imports,
  audit,
  operations,
  certificates,
  schemes,
  sheets,
  frame,
  signIn,
  verdict,
  students,
  student,
  home,
  regulations,
  plans,
  previews,
  credits,
};
