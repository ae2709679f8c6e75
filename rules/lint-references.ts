import type { Node } from '../schemas/ruleset.ts';
import { limits } from '../schemas/ruleset.ts';
import { step } from './faults.ts';
import type { Met } from './lint-shape.ts';

interface Size {
  leaves: number;
  depth: number;
}

/** References lead somewhere, never in a circle, and stay small when expanded: doubling them would hang an engine. */
export function lintReferences(
  met: Met,
  conditions: ReadonlyMap<string, Node | undefined>,
  roots: ReadonlyMap<string, Node>,
): void {
  const used = new Set<string>();
  for (const { pointer, condition } of met.references) {
    used.add(condition);
    if (!conditions.has(condition)) met.faults.add(`${pointer}/condition`, 'condition_undeclared', { condition });
  }
  for (const condition of conditions.keys())
    if (!used.has(condition)) met.faults.add(`/conditions${step(condition)}`, 'condition_unused', { condition });
  if (lintCycles(met, conditions)) return;
  const sizes = new Map<string, Size>();
  let total = 0;
  for (const [pointer, root] of roots) {
    const size = sizeOf(root, conditions, sizes);
    total += size.leaves;
    if (size.depth > limits.depth) met.faults.add(pointer, 'condition_too_deep', { maximum: limits.depth });
  }
  if (total > limits.expandedLeaves) met.faults.add('/rules', 'too_many_leaves', { maximum: limits.expandedLeaves });
}

function lintCycles(met: Met, conditions: ReadonlyMap<string, Node | undefined>): boolean {
  const state = new Map<string, 'open' | 'done'>();
  let found = false;
  const visit = (name: string): void => {
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      found = true;
      met.faults.add(`/conditions${step(name)}`, 'condition_cycle', { condition: name });
      return;
    }
    state.set(name, 'open');
    const node = conditions.get(name);
    if (node !== undefined) for (const next of namesIn(node)) visit(next);
    state.set(name, 'done');
  };
  for (const name of conditions.keys()) visit(name);
  return found;
}

function namesIn(node: Node): string[] {
  if ('condition' in node) return [node.condition];
  return partsOf(node).flatMap(namesIn);
}

/** The nodes directly below. */
function partsOf(node: Node): readonly Node[] {
  if ('all' in node) return node.all;
  if ('any' in node) return node.any;
  return 'not' in node ? [node.not] : [];
}

function sizeOf(node: Node, conditions: ReadonlyMap<string, Node | undefined>, known: Map<string, Size>): Size {
  if ('fact' in node) return { leaves: 1, depth: 0 };
  if ('condition' in node) {
    const before = known.get(node.condition);
    if (before !== undefined) return before;
    const target = conditions.get(node.condition);
    const size = target === undefined ? { leaves: 1, depth: 0 } : sizeOf(target, conditions, known);
    known.set(node.condition, size);
    return size;
  }
  const parts = partsOf(node).map((part) => sizeOf(part, conditions, known));
  return { leaves: sum(parts.map((part) => part.leaves)), depth: 1 + Math.max(...parts.map((part) => part.depth)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, next) => total + next, 0);
}
