import { readdirSync, readFileSync } from 'node:fs';
import { addAuthorisation, addTerms, createCollege } from '../../register/college/create-college.ts';
import { loadCalendar, loadStandard } from '../../register/college/load-reference.ts';
import { startClock } from '../../register/college/start-clock.ts';
import type { Register } from '../../register/register.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { bindRuleSet } from '../../register/rules/bind-rule-set.ts';
import { approveRevision } from '../../register/rules/publication/approve-revision.ts';
import { publishRevision } from '../../register/rules/publication/publish-revision.ts';
import { fileRegulation } from '../../register/regulations/file-regulation.ts';
import { markArticle } from '../../register/regulations/mark-article.ts';
import { createPlan, createProgramme } from '../../register/teaching/create-programme.ts';
import { readCalendarDays, readCollegeFile, readRegulations, readStandards } from '../reference/read.ts';
import type { CollegeFile } from '../reference/read.ts';
import { stepsAs, stepsOf } from './step.ts';

const LIBRARY = new URL('../../rules/library/', import.meta.url);
const SOURCE = '示例数据，不代表任何真实备案或批准文件';

/** Occupational standards with their weights and the working-day calendar: reference data of the deployment. */
export async function seedReference(register: Register): Promise<void> {
  const step = stepsOf('seed', null);
  for (const standard of readStandards())
    await loadStandard(register, { ...step(`standard/${standard.occupationCode}`), input: standard });
  await loadCalendar(register, { ...step('calendar'), input: readCalendarDays() });
}

/** The college, its terms, clock, programme, plan and authorisations. */
export async function seedCollege(register: Register, file: CollegeFile = readCollegeFile()): Promise<string> {
  const { code, name, noticeWorkingDays } = file;
  const { college } = await createCollege(register, {
    ...stepsOf('seed', null)('college'),
    input: { code, name, noticeWorkingDays, demo: true },
  });
  const step = stepsOf('seed', college);
  await addTerms(register, { ...step('terms'), input: { terms: file.terms } });
  await startClock(register, {
    ...step('clock'),
    input: { on: file.clockStartsOn, reason: '示例院校从2023级第三学期开始' },
  });
  await createProgramme(register, { ...step('programme'), input: file.programme });
  const plan = { ...file.plan, programmeCode: file.programme.code };
  await createPlan(register, { ...step('plan'), input: plan });
  for (const [index, authorisation] of file.authorisations.entries()) {
    await addAuthorisation(register, {
      ...step(`authorisation/${index}`),
      input: { ...authorisation, source: SOURCE, evidence: 'unconfirmed' },
    });
  }
  return college;
}

/** Copies the rule library into the college: frozen by `library`, approved and published by a person, then bound. */
export async function seedRules(
  register: Register,
  { college, approver }: { college: string; approver: string },
): Promise<void> {
  const library = stepsOf('library', college);
  const person = stepsAs(approver, college, 'rule_approver');
  for (const name of readdirSync(LIBRARY)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    const document: unknown = JSON.parse(readFileSync(new URL(name, LIBRARY), 'utf8'));
    const { revision: revisionId, hash } = await freezeRevision(register, {
      ...library(`freeze/${name}`),
      input: { document },
    });
    await approveRevision(register, { ...person(`approve/${name}`), input: { revisionId, hash } });
    await publishRevision(register, { ...person(`publish/${name}`), input: { revisionId, hash } });
  }
  const { bindings, bindingsFrom: fromOn } = readCollegeFile();
  for (const binding of bindings) {
    await bindRuleSet(register, {
      ...library(`bind/${binding.purpose}/${binding.scope}`),
      input: { ...binding, fromOn },
    });
  }
}

/** Files the college's regulations and says which articles its offices carry out by hand. */
export async function seedRegulations(register: Register, college: string): Promise<void> {
  const step = stepsOf('library', college);
  for (const [index, { manual, ...input }] of readRegulations().entries()) {
    const { regulation } = await fileRegulation(register, { ...step(`regulation/${index}`), input });
    for (const [article, reason] of Object.entries(manual)) {
      await markArticle(register, {
        ...step(`regulation/${index}/${article}`),
        input: { id: regulation, article, mark: 'manual', reason },
      });
    }
  }
}
