import { faultText, fileFaults } from '../../schemas/import-faults.ts';
import type { FileFaultCode } from '../../schemas/import-faults.ts';
import { Problem } from '../../schemas/problem.ts';

export type Detail = Record<string, string | number>;

/** The whole file is refused, with the reason in words. */
export function refusal(code: FileFaultCode, detail: Detail = {}): Problem {
  return new Problem('spreadsheet_refused', [
    { pointer: '/file', code, detail, text: faultText(fileFaults[code], detail) },
  ]);
}

/** The reason inside a refusal, to carry it from the child to its parent. */
export function reasonOf(problem: Problem): { code: string; detail: Detail } | undefined {
  const fault = problem.code === 'spreadsheet_refused' ? problem.errors[0] : undefined;
  return fault && { code: fault.code, detail: (fault.detail ?? {}) as Detail }; // made by refusal() alone
}

export const isFileFault = (code: string): code is FileFaultCode => Object.hasOwn(fileFaults, code);
