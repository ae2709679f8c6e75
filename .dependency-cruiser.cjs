// The table in docs/architecture.md, "who imports whom". What is not listed is refused.
const npm = (...names) => names.map((name) => `(^|/)node_modules/(@types/)?(${name})/`);
const FILE_LIBRARIES = npm(
  '@e965/xlsx',
  'hucre',
  'csv-parse',
  'iconv-lite',
  'pdfkit',
  'qrcode',
  '@expo-google-fonts/[^/]+',
);
const HTTP_LIBRARIES = npm(
  '@asteasolutions/zod-to-openapi',
  'koa',
  '@koa/[^/]+',
  'koa-compress',
  'koa-helmet',
  'busboy',
  'rate-limiter-flexible',
  'prom-client',
  'pino',
);
const CONSOLE_LIBRARIES = npm(
  'react[^/]*',
  'antd',
  '@ant-design/[^/]+',
  'dayjs',
  '@tanstack/[^/]+',
  'openapi-fetch',
  'i18next',
  'echarts',
  '@react-querybuilder/[^/]+',
  'zod',
  'vite',
  '@vitejs/[^/]+',
);
const CREDENTIAL_LIBRARIES = npm('@digitalbazaar/[^/]+', '@digitalcredentials/[^/]+');
const HASHING = '^(node:)?crypto$';
const users = ['^schemas/', '^rules/', '^register/', '^documents/'];
const may = {
  schemas: npm('zod', '@asteasolutions/zod-to-openapi'),
  rules: ['^schemas/', HASHING, ...npm('json-rules-engine')],
  db: ['^schemas/', ...npm('knex', 'sqlite3', 'pg')],
  register: ['^schemas/', '^rules/', '^db/', HASHING],
  documents: ['^schemas/', ...FILE_LIBRARIES],
  'documents/payload': ['^schemas/'],
  signer: ['^schemas/', '^documents/payload/', ...npm('sqlite3'), ...CREDENTIAL_LIBRARIES],
  activities: [...users, '^workflows/messages\\.ts$', ...npm('@temporalio/(activity|client|common)')],
  workflows: npm('@temporalio/(workflow|common)'),
  api: [...users, ...HTTP_LIBRARIES],
  web: CONSOLE_LIBRARIES,
};
const exempt = { workflows: ['type-only'], db: ['core'], documents: ['core'], signer: ['core'], api: ['core'] };

const refuse = (name, from, to) => ({ name, severity: 'error', from, to });
const allowLists = Object.entries(may).map(([folder, allowed]) =>
  refuse(
    `${folder}/ imports only what it may`,
    { path: `^${folder}/` },
    { pathNot: [`^${folder}/`, ...allowed], dependencyTypesNot: exempt[folder] ?? [] },
  ),
);

module.exports = {
  forbidden: [
    ...allowLists,
    refuse(
      'one engine file',
      { pathNot: '^(rules/reference\\.ts$|(bin|bench|demo|tests)/)' },
      { path: '/json-rules-engine/' },
    ),
    refuse('zod in web/src/search only', { path: '^web/', pathNot: '^web/src/search/' }, { path: npm('zod') }),
    refuse('messages.ts imports nothing', { path: '^workflows/messages\\.ts$' }, { path: '.' }),
    refuse('one file starts the signer', { path: '^bin/', pathNot: '^bin/signer\\.ts$' }, { path: '^signer/' }),
    refuse('nothing imports the wiring', { pathNot: '^(bin|bench|demo|tests)/' }, { path: '^(bin|bench|demo|tests)/' }),
    refuse('no cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(web/)?dist/' }, // anchored: koa and json-rules-engine live in node_modules/*/dist
    tsPreCompilationDeps: true, // sees `import type`
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
