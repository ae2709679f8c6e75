import { expect, test } from 'vitest';
import type { ProblemCode } from '../../schemas/problem.ts';
import { problemKinds } from '../../schemas/problem.ts';

const HAN = /[㐀-鿿]/;

test.each(Object.keys(problemKinds) as ProblemCode[])(
  '%s is a snake_case fact with a status and words in both languages',
  (code) => {
    const { status, text } = problemKinds[code];
    expect(code).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(text['zh-CN']).toMatch(HAN);
    expect(text.en).not.toMatch(HAN);
    expect(text.en).toMatch(/[.!?]$/);
  },
);
