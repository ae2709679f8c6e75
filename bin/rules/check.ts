import type { Analysis, Finding } from '../../rules/analysis/analyse.ts';
import { openFindings } from '../../register/rules/publication/proofs.ts';
import type { DraftRunner } from '../../rules/drafts.ts';
import type { GateReport } from '../../rules/gate-tests.ts';
import type { Fault } from '../../schemas/problem.ts';
import { both, exits, indented } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface Checked {
  faults: Fault[];
  tests?: GateReport;
  analysis?: Analysis;
  /** Findings that stand in the way of publication, by name. */
  open: string[];
  waived: string[];
  passed: boolean;
}

interface Asked {
  drafts: DraftRunner;
  /** Names of findings that somebody has a reason for. */
  waive: readonly string[];
  json: boolean;
}

/** Lint, tests on every evaluator, whether they ask enough, analysis: all that publication asks of a document by itself. */
export async function check(document: string, { drafts, waive, json }: Asked, { print }: Terminal): Promise<number> {
  const checked = await checkDocument(document, drafts, waive);
  print(json ? JSON.stringify(checked, null, 2) : words(checked));
  return checked.passed ? exits.fine : exits.not;
}

async function checkDocument(document: string, drafts: DraftRunner, waive: readonly string[]): Promise<Checked> {
  const faults = await drafts.lint(document);
  if (faults.length > 0) return { faults, open: [], waived: [], passed: false };
  const tests = await drafts.tests(document);
  const analysis = await drafts.analyse(document);
  // the same that a submission for publication would be refused for
  const open = openFindings({ tests, analysis }).map(({ name }) => name);
  const waived = open.filter((name) => waive.includes(name));
  const passed = tests.tests.every((one) => one.passed) && waived.length === open.length;
  return { faults, tests, analysis, open, waived, passed };
}

function words({ faults, tests, analysis, open, waived, passed }: Checked): string {
  if (!tests || !analysis) return [...faults.map(faultLine), `${faults.length} faults`].join('\n');
  const ran = tests.tests.map(
    ({ name, passed: well, faults: broken }) =>
      `${well ? 'ok  ' : 'FAIL'} ${name}${well ? '' : ` (${broken.join(', ')})`}`,
  );
  const failed = tests.tests.filter((one) => !one.passed).length;
  const { total, broken, percent, survivors } = tests.mutation;
  return [
    ...ran,
    `${tests.tests.length - failed} tests passed, ${failed} failed`,
    ...tests.faults.map(faultLine),
    `${broken} of ${total} small slips would break a test (${percent}%)`,
    ...survivors.map(({ name, was, now }) => `    ${name}: ${was} → ${now}`),
    ...analysis.findings.map((finding) => findingLines(finding, waived)),
    `${analysis.findings.length} findings of the analysis`,
    ...open.map((name) => `${waived.includes(name) ? 'waived ' : 'in the way'}  ${name}`),
    passed ? 'passed' : 'not passed',
  ].join('\n');
}

const faultLine = ({ pointer, code, text }: Fault): string => `${pointer || '/'}  ${code}  ${both(text)}`;

function findingLines({ severity, name, text, regions, witness }: Finding, waived: readonly string[]): string {
  const lines = regions.flatMap(({ words: region }) => [region['zh-CN'], region.en]);
  if (witness !== null) lines.push(JSON.stringify(witness));
  const head = `${waived.includes(name) ? 'waived' : severity}  ${name}  ${both(text)}`;
  return lines.length === 0 ? head : `${head}\n${indented(lines)}`;
}
