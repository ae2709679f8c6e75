import { z } from 'zod';

type Any = z.core.$ZodType;

/**
 * The same schema with `X.nullable()` of a named X as "X or null": in the contract a name then means X alone,
 * whichever use is met first. Only for describing; requests are checked by the schemas as declared.
 */
export function nullsApart<S extends Any>(schema: S): S {
  return apart(schema) as S; // a rebuilt schema is of the class it was made from, but where null was split off
}

const known = new WeakMap<Any, Any>();

function apart(schema: Any): Any {
  const found = known.get(schema);
  if (found) return found;
  known.set(schema, schema); // where a schema holds itself, the walk ends
  const made = rebuilt(schema);
  known.set(schema, made);
  return made;
}

function rebuilt(schema: Any): Any {
  const before = schema._zod.def as unknown as Record<string, unknown>; // each kind of schema has a definition of its own
  const after = Object.fromEntries(Object.entries(before).map(([key, value]) => [key, part(key, value)]));
  const { type, innerType } = after;
  if (type === 'nullable' && isSchema(innerType) && isNamed(innerType))
    return described(z.union([innerType, z.null()]), schema);
  if (Object.keys(before).every((key) => before[key] === after[key])) return schema;
  // zod-to-openapi takes up the name of a schema only where it has a parent, as `meta` gives it
  return described(z.core.clone(schema, after as unknown as Any['_zod']['def'], { parent: true }), schema);
}

function part(key: string, value: unknown): unknown {
  if (key === 'checks') return value; // a format such as an integer is a check and a schema in one
  if (isSchema(value)) return apart(value);
  if (Array.isArray(value) && value.every(isSchema)) return same(value, value.map(apart));
  if (key !== 'shape') return value;
  const fields = Object.entries(value as Record<string, Any>);
  const next = fields.map(([name, field]) => [name, apart(field)] as const);
  return next.every(([, field], index) => field === fields[index]?.[1]) ? value : Object.fromEntries(next);
}

function same(before: readonly Any[], after: readonly Any[]): readonly Any[] {
  return after.every((one, index) => one === before[index]) ? before : after;
}

function isSchema(value: unknown): value is Any {
  return typeof value === 'object' && value !== null && '_zod' in value && 'parse' in value;
}

function isNamed(schema: Any): boolean {
  if (z.globalRegistry.get(schema)?.id !== undefined) return true;
  return schema instanceof z.ZodOptional && isNamed(schema.unwrap());
}

function described(schema: Any, from: Any): Any {
  const meta = z.globalRegistry.get(from);
  if (meta) z.globalRegistry.add(schema, meta);
  return schema;
}
