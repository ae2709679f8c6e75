import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import type { HeaderName, Schema } from '../schemas/api/common.ts';
import { examplesOf, headersOf, pickFields, ProblemBody } from '../schemas/api/common.ts';
import { nullsApart } from '../schemas/api/nulls-apart.ts';
import { tokenScopes } from '../schemas/permissions.ts';
import type { ProblemCode } from '../schemas/problem.ts';
import { problemKinds } from '../schemas/problem.ts';
import type { Route } from './route.ts';
import { pathFields } from './route.ts';

type Registered = Parameters<OpenAPIRegistry['registerPath']>[0];
type Responses = Registered['responses'];

/** The contract, generated from the same declarations that check each request. */
export function openApiOf(routes: readonly Route[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'dualcert_session' });
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  for (const route of sorted(routes)) registry.registerPath(entryOf(route));
  const info = {
    title: '双证 Dual Certificate API',
    version: '1',
    description:
      'Programs rely on codes, never on texts. Every POST, PUT and PATCH that runs a command needs an Idempotency-Key (UUIDv7).',
  };
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
  });
}

function sorted(routes: readonly Route[]): Route[] {
  const name = ({ path, method }: Route) => `${path} ${method}`;
  return [...routes].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

/** A token may be good for these. */
const machines: readonly string[] = tokenScopes;

function entryOf(route: Route): Registered {
  const open = route.permission === 'public';
  return {
    method: route.method,
    path: route.path,
    operationId: operationId(route),
    summary: `${route.summary['zh-CN']} · ${route.summary.en}`,
    tags: [...route.tags],
    security: open ? [] : [{ session: [] }, ...(machines.includes(route.permission) ? [{ token: [] }] : [])],
    'x-permission': route.permission,
    'x-problems': problemsOf(route),
    request: requestOf(route),
    responses: responsesOf(route),
  } as Registered;
}

/** `post /v1/users/{id}/reset-password` → `postUsersIdResetPassword`. */
function operationId({ method, path }: Route): string {
  const words = path
    .replace(/^\/v1/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  return method + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

function requestOf(route: Route): Registered['request'] {
  const inPath = pathFields(route.path).filter((name) => name in route.input.shape);
  const rest = Object.keys(route.input.shape).filter((name) => !inPath.includes(name));
  const inBody = route.method !== 'get' && route.method !== 'delete';
  const named = headerNames(route);
  return {
    ...(inPath.length > 0 ? { params: nullsApart(pickFields(route.input, inPath)) } : {}),
    ...(rest.length > 0 && !inBody ? { query: nullsApart(pickFields(route.input, rest)) } : {}),
    ...(inBody && (rest.length > 0 || route.upload) ? { body: bodyOf(route, rest) } : {}),
    ...(named.length > 0 ? { headers: headersOf(named) } : {}),
  };
}

/** Each is checked against the route's own schema in tests/contract. */
function examplesIn({ input }: Route): { examples?: Record<string, { value: unknown }> } {
  const examples = examplesOf(input).map((value, index) => [`example${index + 1}`, { value }] as const);
  return examples.length > 0 ? { examples: Object.fromEntries(examples) } : {};
}

function bodyOf(route: Route, names: readonly string[]): NonNullable<NonNullable<Registered['request']>['body']> {
  if (!route.upload)
    return {
      required: true,
      content: {
        [route.form ? 'application/x-www-form-urlencoded' : 'application/json']: {
          schema: nullsApart(pickFields(route.input, names)),
          ...examplesIn(route),
        },
      },
    };
  const fields = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const schema = {
    type: 'object' as const,
    required: ['file'],
    properties: { file: { type: 'string' as const, format: 'binary' }, ...fields },
  };
  return { required: true, content: { 'multipart/form-data': { schema } } };
}

function headerNames(route: Route): HeaderName[] {
  const names: HeaderName[] = [];
  if (route.command) names.push('Idempotency-Key');
  if (route.versioned === 'if-match') names.push('If-Match');
  if (route.output === 'events') names.push('Last-Event-ID');
  return names;
}

function responsesOf(route: Route): Responses {
  const codes = problemsOf(route);
  const problems: Responses = {};
  for (const status of new Set(codes.map((code) => problemKinds[code].status))) {
    const description = codes.filter((code) => problemKinds[code].status === status).join(', ');
    problems[String(status)] = { description, content: { 'application/problem+json': { schema: ProblemBody } } };
  }
  return { [route.output === 'nothing' ? '204' : String(route.status ?? 200)]: successOf(route), ...problems };
}

function successOf({ output, summary }: Route): Responses[string] {
  const description = summary.en;
  const text = { type: 'string' as const };
  switch (output) {
    case 'nothing':
      return { description };
    case 'html':
      return { description, content: { 'text/html': { schema: text } } };
    case 'events':
      return { description, content: { 'text/event-stream': { schema: text } } };
    case 'file':
      return { description, content: { 'application/octet-stream': { schema: { ...text, format: 'binary' } } } };
    default:
      return { description, content: { 'application/json': { schema: nullsApart(output as Schema) } } };
  }
}

/** What a route refuses: what it names, and what follows from how it is declared. */
export function problemsOf(route: Route): ProblemCode[] {
  const implied: ProblemCode[] = ['bad_input'];
  const writes = route.method !== 'get' && route.method !== 'delete';
  if (route.permission !== 'public') implied.push('not_signed_in');
  if (route.permission !== 'public' && route.permission !== 'signed_in')
    implied.push('not_permitted', 'password_change_required');
  if (pathFields(route.path).length > 0) implied.push('not_found');
  if (route.method !== 'get') implied.push('cross_site_request');
  if (writes) implied.push('payload_too_large', 'unsupported_media_type');
  if (route.command) implied.push('idempotency_key_missing', 'idempotency_key_reused', 'in_progress');
  if (route.versioned === 'if-match') implied.push('precondition_required', 'version_mismatch');
  if (route.limit || machines.includes(route.permission)) implied.push('too_many_requests');
  return [...new Set([...implied, ...route.refuses])].sort();
}
