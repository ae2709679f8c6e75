import { expect, test } from 'vitest';
import { startApi } from '../support/api.ts';
import { aCollege, aStudent } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';

forEachDatabase((_name, open) => {
  test('the page of a student is answered where no rule is bound, and names the rule and who must bind it', async () => {
    const college = await aCollege(await open({ clock: testClock('2025-09-05T02:00:00.000Z') }));
    const student = await aStudent(college);
    const api = await startApi(college.register);
    const registrar = await api.signedIn('registrar-14999');

    const { status, body } = await registrar.ask('GET', `/v1/students/${student.enrolment}`);

    expect(status).toBe(200);
    expect(body.pathways).toHaveLength(3);
    expect(body.pathways[0]).toMatchObject({
      type: 'diploma',
      verdict: { type: 'undetermined' },
      rule: null,
      noRule: { code: 'rule_not_bound', purpose: 'policy', scope: '*', on: '2025-09-05' },
      stage: { name: 'collecting', waitingOn: { role: 'rule_editor' }, reason: 'rule_not_bound' },
    });
    const pathway = await registrar.ask('GET', `/v1/pathways/${body.pathways[1].id}`);
    expect(pathway).toMatchObject({ status: 200, body: { noRule: { purpose: 'skill_conclusion' } } });
    await api.close();
  });
});
