import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import type { OpenAPI3 } from 'openapi-typescript';

/** The contract as TypeScript types, for the console alone: everybody else has the schemas themselves. */
export async function consoleTypes(document: unknown): Promise<string> {
  return `${COMMENT_HEADER}${astToString(await openapiTS(document as OpenAPI3))}`;
}
