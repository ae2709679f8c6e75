import { describe, expect, test } from 'vitest';
import { nobody } from '../../register/accounts/principal.ts';
import { checkDraft } from '../../register/rules/drafts/check-draft.ts';
import { createDraft } from '../../register/rules/drafts/create-draft.ts';
import { libraryDocument } from '../rules/library.ts';
import { aCollege, testRegister } from '../support/college.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import { publish } from './publishing.ts';

const TITLE = 'title.skill-to-title';

onSqlite((open) => {
  describe('a document among the other rules of a college', () => {
    test('days left without a revision are found, and are covered once another revision holds on them', async () => {
      const db = await open({ clock: testClock('2025-09-05T02:00:00.000Z') });
      const college = await aCollege(db, { register: testRegister(db) });
      const { register, call } = college;
      const library = libraryDocument(TITLE);
      const document = { ...library, validity: { ...library.validity, to: '2030-01-01' } };
      const { draft } = await createDraft(register, call('rule_editor', { from: 'document' as const, document }));
      const by = { ...nobody, ...college.by('rule_editor') };
      const gaps = async (): Promise<string[]> => {
        const { analysis } = await checkDraft(register, by, { id: draft, parts: ['analysis'] });
        return analysis!.findings.filter(({ code }) => code === 'date_gap').map(({ name }) => name);
      };

      expect(await gaps()).toEqual(['date_gap:2030-01-01:open']);

      await publish(college, { ...library, validity: { ...library.validity, from: '2029-01-01' } });
      expect(await gaps()).toEqual([]);
    });
  });
});
