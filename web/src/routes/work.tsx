import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import {
  auditSearch,
  certificatesSearch,
  compareSearch,
  newImportSearch,
  revisionSearch,
  sheetsSearch,
} from '../search/work.ts';
import { previewSearch, previewsSearch } from '../search/previews.ts';
import { frame } from './roots.tsx';

const imports = createRoute({
  getParentRoute: () => frame,
  path: '/imports',
  component: lazyRouteComponent(() => import('../pages/imports/imports-page.tsx'), 'ImportsPage'),
});
const newImport = createRoute({
  getParentRoute: () => frame,
  path: '/imports/new',
  validateSearch: newImportSearch,
  component: lazyRouteComponent(() => import('../pages/imports/new-import-page.tsx'), 'NewImportPage'),
});
const batch = createRoute({
  getParentRoute: () => frame,
  path: '/imports/$batchId',
  component: lazyRouteComponent(() => import('../pages/imports/batch-page.tsx'), 'BatchPage'),
});
const certificates = createRoute({
  getParentRoute: () => frame,
  path: '/certificates',
  validateSearch: certificatesSearch,
  component: lazyRouteComponent(() => import('../pages/certificates/certificates-page.tsx'), 'CertificatesPage'),
});
const certificate = createRoute({
  getParentRoute: () => frame,
  path: '/certificates/$certificateId',
  component: lazyRouteComponent(() => import('../pages/certificates/certificate-page.tsx'), 'CertificatePage'),
});
const audit = createRoute({
  getParentRoute: () => frame,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('../pages/audit/audit-page.tsx'), 'AuditPage'),
});
const operations = createRoute({
  getParentRoute: () => frame,
  path: '/operations',
  component: lazyRouteComponent(() => import('../pages/operations/operations-page.tsx'), 'OperationsPage'),
});
const operation = createRoute({
  getParentRoute: () => frame,
  path: '/operations/$operationId',
  component: lazyRouteComponent(() => import('../pages/operations/operation-page.tsx'), 'OperationPage'),
});

const sheets = createRoute({
  getParentRoute: () => frame,
  path: '/score-sheets',
  validateSearch: sheetsSearch,
  component: lazyRouteComponent(() => import('../pages/sheets/sheets-page.tsx'), 'SheetsPage'),
});
const sheet = createRoute({
  getParentRoute: () => frame,
  path: '/score-sheets/$sheetId',
  component: lazyRouteComponent(() => import('../pages/sheets/sheet-page.tsx'), 'SheetPage'),
});
const schemes = createRoute({
  getParentRoute: () => frame,
  path: '/courses/$courseId/schemes',
  component: lazyRouteComponent(() => import('../pages/schemes/schemes-page.tsx'), 'SchemesPage'),
});
const rules = createRoute({
  getParentRoute: () => frame,
  path: '/rules',
  component: lazyRouteComponent(() => import('../pages/rules/rules-page.tsx'), 'RulesPage'),
});
const tryRules = createRoute({
  getParentRoute: () => frame,
  path: '/rules/try',
  component: lazyRouteComponent(() => import('../pages/rules/try-page.tsx'), 'TryPage'),
});
const ruleDraft = createRoute({
  getParentRoute: () => frame,
  path: '/rules/drafts/$draftId',
  component: lazyRouteComponent(() => import('../pages/rules/editor/draft-page.tsx'), 'DraftPage'),
});
const ruleSet = createRoute({
  getParentRoute: () => frame,
  path: '/rules/$ruleSet',
  component: lazyRouteComponent(() => import('../pages/rules/rule-set-page.tsx'), 'RuleSetPage'),
});
const compareRevisions = createRoute({
  getParentRoute: () => frame,
  path: '/rules/$ruleSet/compare',
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import('../pages/rules/compare-page.tsx'), 'ComparePage'),
});
const revision = createRoute({
  getParentRoute: () => frame,
  path: '/rules/$ruleSet/$revision',
  validateSearch: revisionSearch,
  component: lazyRouteComponent(() => import('../pages/rules/revision-page.tsx'), 'RevisionPage'),
});

const previews = createRoute({
  getParentRoute: () => frame,
  path: '/previews',
  validateSearch: previewsSearch,
  component: lazyRouteComponent(() => import('../pages/previews/previews-page.tsx'), 'PreviewsPage'),
});
const preview = createRoute({
  getParentRoute: () => frame,
  path: '/previews/$previewId',
  validateSearch: previewSearch,
  component: lazyRouteComponent(() => import('../pages/previews/preview-page.tsx'), 'PreviewPage'),
});

/** The pages of daily work: sheets, imports, certificates, audit, jobs, rules. */
export const workRoutes = [
  sheets,
  sheet,
  schemes,
  imports,
  newImport,
  batch,
  certificates,
  certificate,
  audit,
  operations,
  operation,
  rules,
  tryRules,
  ruleDraft,
  ruleSet,
  compareRevisions,
  revision,
  previews,
  preview,
] as const;
