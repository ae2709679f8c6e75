import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { auditSearch, certificatesSearch } from '../search/work.ts';
import { frame } from './roots.tsx';

const imports = createRoute({ getParentRoute: () => frame, path: '/imports', component: lazyRouteComponent(() => import('../pages/imports/imports-page.tsx'), 'ImportsPage') });
const newImport = createRoute({ getParentRoute: () => frame, path: '/imports/new', component: lazyRouteComponent(() => import('../pages/imports/new-import-page.tsx'), 'NewImportPage') });
const batch = createRoute({ getParentRoute: () => frame, path: '/imports/$batchId', component: lazyRouteComponent(() => import('../pages/imports/batch-page.tsx'), 'BatchPage') });
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
const operations = createRoute({ getParentRoute: () => frame, path: '/operations', component: lazyRouteComponent(() => import('../pages/operations/operations-page.tsx'), 'OperationsPage') });
const operation = createRoute({ getParentRoute: () => frame, path: '/operations/$operationId', component: lazyRouteComponent(() => import('../pages/operations/operation-page.tsx'), 'OperationPage') });

/** The pages of daily work: sheets, imports, certificates, audit, jobs. */
export const workRoutes = [imports, newImport, batch, certificates, certificate, audit, operations, operation] as const;
