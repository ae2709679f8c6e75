import * as plumbing from './001-plumbing.ts';
import * as register from './002-register.ts';
import * as accounts from './003-accounts.ts';
import * as agreement from './004-agreement.ts';
import * as publication from './005-publication.ts';
import * as previews from './006-previews.ts';
import * as regulations from './007-regulations.ts';
import type { MigrationStep } from './migration.ts';

/** In order, for ever: a step that has run anywhere is never changed, only followed by another. */
export const migrations: readonly MigrationStep[] = [
  plumbing,
  register,
  accounts,
  agreement,
  publication,
  previews,
  regulations,
];
