import type { Node } from '../schemas/ruleset.ts';
import { limits, operators } from '../schemas/ruleset.ts';
import type { Faults } from './faults.ts';
import { step } from './faults.ts';

/** What the walk over all condition trees has met. */
export interface Met {
  faults: Faults;
  names: Map<string, string>;
  leaves: { pointer: string; leaf: { name: string; fact: string; operator: string; value: unknown } }[];
  references: { pointer: string; condition: string }[];
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

type Root = 'rule' | 'condition';

/** A tree of the closed dialect, or undefined with its faults noted. Walked by hand so that each fault has its own place. */
export function readTree(value: unknown, pointer: string, met: Met & { root: Root }): Node | undefined {
  if (!isObject(value)) return refuse(met, pointer);
  const isBranch = 'all' in value || 'any' in value || 'not' in value;
  if (met.root === 'condition' && isBranch && 'name' in value) met.faults.add(pointer, 'condition_root_named');
  if (met.root === 'condition' && !isBranch) {
    met.faults.add(pointer, 'condition_root_named');
    return undefined;
  }
  if (met.root === 'rule' && 'fact' in value) {
    met.faults.add(pointer, 'root_is_leaf');
    return undefined;
  }
  return readNode(value, { pointer, depth: 1 }, met);
}

function refuse(met: Met, pointer: string): undefined {
  met.faults.add(pointer, 'node_shape');
  return undefined;
}

interface At {
  pointer: string;
  depth: number;
}

function readNode(value: unknown, at: At, met: Met): Node | undefined {
  if (!isObject(value)) return refuse(met, at.pointer);
  if ('all' in value) return readBranch(value, 'all', at, met);
  if ('any' in value) return readBranch(value, 'any', at, met);
  if ('not' in value) return readNot(value, at, met);
  if ('condition' in value) return readReference(value, at.pointer, met);
  if ('fact' in value) return readLeaf(value, at.pointer, met);
  return refuse(met, at.pointer);
}

type Given = Record<string, unknown>;

function readBranch(value: Given, kind: 'all' | 'any', at: At, met: Met): Node | undefined {
  if (!onlyKeys(value, [kind, 'name'], at.pointer, met)) return undefined;
  if ('name' in value && !named(value.name, at.pointer, met)) return undefined;
  const parts = value[kind];
  const place = at.pointer + step(kind);
  if (!Array.isArray(parts)) return refuse(met, at.pointer);
  if (parts.length === 0) met.faults.add(place, 'list_empty');
  if (parts.length > limits.children) met.faults.add(place, 'too_many_children', { maximum: limits.children });
  // what is too deep or too wide is refused, not followed
  if (parts.length === 0 || parts.length > limits.children || tooDeep(at, met)) return undefined;
  const read = parts.map((part, i) => readNode(part, { pointer: place + step(i), depth: at.depth + 1 }, met));
  return read.includes(undefined) ? undefined : (value as unknown as Node);
}

function readNot(value: Given, at: At, met: Met): Node | undefined {
  if (!onlyKeys(value, ['not', 'name'], at.pointer, met)) return undefined;
  if ('name' in value && !named(value.name, at.pointer, met)) return undefined;
  if (tooDeep(at, met)) return undefined;
  const read = readNode(value.not, { pointer: `${at.pointer}/not`, depth: at.depth + 1 }, met);
  return read && (value as unknown as Node);
}

function tooDeep({ pointer, depth }: At, met: Met): boolean {
  if (depth <= limits.depth) return false;
  met.faults.add(pointer, 'condition_too_deep', { maximum: limits.depth });
  return true;
}

function readReference(value: Given, pointer: string, met: Met): Node | undefined {
  if (!onlyKeys(value, ['condition', 'name'], pointer, met)) return undefined;
  if (!named(value.name, pointer, met)) return undefined;
  if (typeof value.condition !== 'string') return refuse(met, pointer);
  met.references.push({ pointer, condition: value.condition });
  return value as unknown as Node;
}

function readLeaf(value: Given, pointer: string, met: Met): Node | undefined {
  if (!onlyKeys(value, ['name', 'fact', 'operator', 'value'], pointer, met)) return undefined;
  if (!named(value.name, pointer, met)) return undefined;
  const { name, fact, operator } = value;
  if (typeof fact !== 'string' || typeof operator !== 'string' || !('value' in value)) return refuse(met, pointer);
  if (!(operators as readonly string[]).includes(operator)) {
    met.faults.add(`${pointer}/operator`, 'operator_unknown', { operator });
    return undefined;
  }
  met.leaves.push({ pointer, leaf: { name: name as string, fact, operator, value: value.value } });
  return value as unknown as Node;
}

function onlyKeys(value: Given, allowed: readonly string[], pointer: string, met: Met): boolean {
  const strange = Object.keys(value).filter((key) => !allowed.includes(key));
  for (const key of strange) met.faults.add(pointer + step(key), 'key_unknown', { key });
  return strange.length === 0;
}

function named(name: unknown, pointer: string, met: Met): boolean {
  if (name === undefined) {
    met.faults.add(`${pointer}/name`, 'field_missing');
    return false;
  }
  if (typeof name !== 'string' || !NAME.test(name)) {
    met.faults.add(`${pointer}/name`, 'name_malformed');
    return false;
  }
  const first = met.names.get(name);
  if (first === undefined) met.names.set(name, pointer);
  else met.faults.add(`${pointer}/name`, 'name_doubled', { name, first });
  return true;
}

export function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
