import { describe, expect, test } from 'vitest';
import { seedRegulations } from '../../demo/seed/seed-college.ts';
import { fileRegulation } from '../../register/regulations/file-regulation.ts';
import { markArticle } from '../../register/regulations/mark-article.ts';
import { listRegulations, readRegulation } from '../../register/regulations/read-regulations.ts';
import type { Principal } from '../../register/accounts/principal.ts';
import { nobody } from '../../register/accounts/principal.ts';
import { libraryDocument } from '../rules/library.ts';
import { aCollege, testRegister } from '../support/college.ts';
import type { College } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import { publish } from './publishing.ts';

const DIPLOMA = '学院学籍管理规定：毕业（示例）';
const reader = (college: College): Principal => ({ ...nobody, userId: 'reader', collegeId: college.id });

async function diplomaRegulation(college: College) {
  const { items } = await listRegulations(college.register, reader(college));
  const { id } = items.find(({ title }) => title['zh-CN'] === DIPLOMA)!;
  return readRegulation(college.register, reader(college), id);
}

const stateOf = (view: Awaited<ReturnType<typeof diplomaRegulation>>) =>
  Object.fromEntries(view.articles.map(({ article, state }) => [article, state]));

forEachDatabase((_name, open) => {
  describe('a filed regulation', () => {
    test('says of every article which rules carry it out, who does it by hand, or that it is open', async () => {
      const db = await open({ clock: testClock('2025-09-05T02:00:00.000Z') });
      const college = await aCollege(db, { rules: true, register: testRegister(db) });
      await seedRegulations(college.register, college.id);

      const view = await diplomaRegulation(college);

      expect(view.counts).toEqual({ executable: 4, manual: 2, open: 1 });
      expect(stateOf(view)).toMatchObject({ 1: 'executable', 5: 'open', 6: 'manual' });
      const cited = view.articles[0]!.citations[0]!;
      expect(cited).toMatchObject({
        ruleSet: 'conclusion.diploma',
        revision: 1,
        standing: 'in_force',
        quotedOtherwise: false,
      });
      expect(cited.tests.length).toBeGreaterThan(0);
      expect(view.articles[5]!.mark).toMatchObject({ mark: 'manual' });
    });

    test('follows what is published: a reworded quotation shows, a dropped citation leaves the article open', async () => {
      const db = await open({ clock: testClock('2025-09-05T02:00:00.000Z') });
      const college = await aCollege(db, { rules: true, register: testRegister(db) });
      await seedRegulations(college.register, college.id);
      const document = structuredClone(libraryDocument('conclusion.diploma'));
      document.sources.S1!.articles['4'] = '另一种说法';
      for (const note of Object.values(document.notes)) {
        const kept = note.cites.filter((cite) => cite !== 'S1/2');
        note.cites = kept.length === 0 ? ['S1/1'] : kept;
      }
      await publish(college, document);

      const view = await diplomaRegulation(college);

      expect(stateOf(view)).toMatchObject({ 2: 'open', 4: 'executable' });
      expect(
        view.articles[3]!.citations.every(({ revision, quotedOtherwise }) => revision === 2 && quotedOtherwise),
      ).toBe(true);
    });

    test('is filed once, with no article twice; of the marks the last counts', async () => {
      const db = await open({ clock: testClock('2025-09-05T02:00:00.000Z') });
      const college = await aCollege(db, { register: testRegister(db) });
      const { register, call } = college;
      const input = {
        title: { 'zh-CN': '成绩管理规定', en: 'Rule on scores' },
        issuer: '示例职业技术学院',
        unconfirmed: true,
        articles: [{ article: '1', text: '甲' }],
      };
      const { regulation } = await fileRegulation(register, call('rule_editor', input));
      const again = fileRegulation(register, call('rule_editor', { ...input, number: '2号' }));
      await expect(again).rejects.toMatchObject({ code: 'regulation_already_filed' });
      const doubled = { ...input, articles: [...input.articles, { article: '1', text: '乙' }] };
      await expect(fileRegulation(register, call('rule_editor', doubled))).rejects.toMatchObject({
        errors: [{ pointer: '/articles/1/article', code: 'article_doubled' }],
      });

      const mark = (word: 'manual' | 'open', article = '1') =>
        markArticle(register, call('rule_editor', { id: regulation, article, mark: word, reason: '教务处办理' }));
      await expect(mark('manual', '9')).rejects.toMatchObject({ code: 'not_found' });
      await mark('manual');
      const states = async () => (await readRegulation(register, reader(college), regulation)).counts;
      expect(await states()).toEqual({ executable: 0, manual: 1, open: 0 });
      await mark('open');
      expect(await states()).toEqual({ executable: 0, manual: 0, open: 1 });
    });
  });
});
