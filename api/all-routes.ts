import type { Route } from './route.ts';
import { certificateRoutes } from './routes/certificates.ts';
import { collegeRoutes } from './routes/college.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { enrolmentRoutes } from './routes/enrolments.ts';
import { frameRoutes } from './routes/frame.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/imports.ts';
import { operationRoutes } from './routes/operations.ts';
import { outcomeRoutes } from './routes/outcomes.ts';
import { pathwayRoutes } from './routes/pathways.ts';
import { planRoutes } from './routes/plans.ts';
import { regulationRoutes } from './routes/regulations.ts';
import { ruleDraftRoutes } from './routes/rule-drafts.ts';
import { previewRoutes } from './routes/previews.ts';
import { rulePublicationRoutes } from './routes/rule-publication.ts';
import { ruleTableRoutes } from './routes/rule-tables.ts';
import { ruleTrialRoutes } from './routes/rule-trials.ts';
import { ruleRoutes } from './routes/rules.ts';
import { sessionRoutes } from './routes/session.ts';
import { sheetRoutes } from './routes/sheets.ts';
import { studentRoutes } from './routes/students.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { userRoutes } from './routes/users.ts';
import { verificationRoutes } from './routes/verification.ts';

/** Every address the server answers. A resource adds its list here. */
export const allRoutes: readonly Route[] = frameRoutes([
  ...sessionRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...collegeRoutes,
  ...studentRoutes,
  ...enrolmentRoutes,
  ...pathwayRoutes,
  ...planRoutes,
  ...sheetRoutes,
  ...outcomeRoutes,
  ...ruleRoutes,
  ...previewRoutes,
  ...ruleDraftRoutes,
  ...ruleTableRoutes,
  ...ruleTrialRoutes,
  ...rulePublicationRoutes,
  ...regulationRoutes,
  ...decisionRoutes,
  ...certificateRoutes,
  ...importRoutes,
  ...operationRoutes,
  ...healthRoutes,
  ...verificationRoutes,
]);
