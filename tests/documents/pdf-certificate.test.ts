import { expect, test } from 'vitest';
import { canonicalPayload, verificationUrl } from '../../documents/payload/certificate.ts';
import { renderCertificate } from '../../documents/pdf/certificate.ts';
import { missingGlyphs } from '../../documents/pdf/fonts.ts';
import { qrMatrix } from '../../documents/qr.ts';
import type { Certificate } from '../../schemas/certificate.ts';
import { parseCertificate } from '../../schemas/certificate.ts';
import { aDiploma, aSkillCertificate } from '../support/certificates.ts';
import { inkOf } from './ink.ts';
import { attachmentOf, PIXELS, pictureOf, textOf, wordsOf } from './rendered.ts';

const signature = {
  kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  alg: 'Ed25519',
  signature: `${'Xy9_'.repeat(21)}Aw`,
  signedAt: '2026-06-30T08:00:01.000Z',
} as const;
const publicUrl = 'https://cert.example.edu.cn';

const print = (payload: Certificate, example = false): Promise<Buffer> =>
  renderCertificate({ payload, signature, publicUrl, college: { example } });
const named = (name: string): Certificate => aDiploma(1, { holder: { name, idLastFour: '0018' } });

const LONG = '阿布都热西提·买买提吐尔逊阿卜杜拉艾山';

test.each(['李娜', '张伟明', '欧阳䶮𬱖', LONG])(
  'every character of %s is on the page as the font draws it',
  async (name) => {
    const cells = await inkOf(await print(named(name)), name);

    expect(cells.map((cell) => cell.character)).toEqual([...name]);
    for (const { character, wanted, astray } of cells) {
      expect(wanted, character).toBeGreaterThan(character === '·' ? 40 : 800);
      expect(astray, character).toBeLessThan(0.01);
    }
  },
);

test('the comparison of ink sees a glyph that is another one', async () => {
  const cells = await inkOf(await print(named('张韦')), '张伟', '张韦');

  expect(cells[0]!.astray).toBeLessThan(0.01);
  expect(cells[1]!.astray).toBeGreaterThan(0.2);
});

test('equal input gives equal bytes', async () => {
  expect((await print(aSkillCertificate(4))).equals(await print(aSkillCertificate(4)))).toBe(true);
});

test('number, check code, dates and the meaning of the signature stand in clear text', async () => {
  const text = textOf(await print(aDiploma(1)));

  for (const wanted of [
    '149991202606000001',
    aDiploma(1).checkCode,
    '2026年6月30日',
    '30 June 2026',
    '0018',
    '并非持牌电子认证机构签发的可靠电子签名',
    'cert.example.edu.cn',
    signature.signature,
  ]) {
    expect(text).toContain(wanted);
  }
  expect(text).not.toContain('EXAMPLE');
});

test('a skill certificate names occupation, edition and level in both languages', async () => {
  const text = textOf(await print(aSkillCertificate(1))).replace(/\s+/g, ' ');

  for (const wanted of ['电工', '6-31-01-03', '四级／中级工', 'Level 4 (Intermediate)', 'S000023000001264000001']) {
    expect(text).toContain(wanted);
  }
});

test.each([
  ['a demo college', aDiploma(1), true],
  ['a payload marked as example', aDiploma(1, { example: true }), false],
])('the paper of %s says 示例 / EXAMPLE', async (_what, payload, example) => {
  expect(textOf(await print(payload, example))).toMatch(/示例 EXAMPLE[\s\S]*无效力/);
});

test('the signed bytes and the signature travel inside the file', async () => {
  const payload = aSkillCertificate(2);
  const pdf = await print(payload);

  expect(attachmentOf(pdf, 'certificate.json')).toBe(new TextDecoder().decode(canonicalPayload(payload)));
  expect(JSON.parse(attachmentOf(pdf, 'signature.json'))).toEqual(signature);
});

test('the QR on paper is, module for module, the code of the verification address, with its quiet zone', async () => {
  const payload = aDiploma(1);
  const picture = pictureOf(await print(payload));
  const matrix = qrMatrix(verificationUrl(publicUrl, payload.verificationId));
  const side = 84 / matrix.size;
  const [left, top] = [841.89 - 66 - 84, 434];
  const isDark = (row: number, column: number): boolean =>
    picture.at((left + (column + 0.5) * side) * PIXELS, (top + (row + 0.5) * side) * PIXELS) < 128;

  for (let row = -4; row < matrix.size + 4; row += 1) {
    for (let column = -4; column < matrix.size + 4; column += 1) {
      const inside = row >= 0 && column >= 0 && row < matrix.size && column < matrix.size;
      expect(isDark(row, column), `module ${row},${column}`).toBe(inside && matrix.isDark(row, column));
    }
  }
});

test('a character missing from the font is refused with its place and by itself', async () => {
  const refusal = print(aDiploma(1, { holder: { name: '王𠀋😀' } }));

  await expect(refusal).rejects.toMatchObject({
    code: 'glyph_missing',
    errors: [{ pointer: '/holder/name', code: 'glyph_missing', detail: { characters: ['𠀋', '😀'] } }],
  });
});

test('all 6,763 characters of GB 2312 and the rare ones of names can be printed', () => {
  const decoder = new TextDecoder('gb18030');
  const rows = Array.from({ length: 72 }, (_, row) =>
    Array.from({ length: 94 }, (_cell, cell) => [0xb0 + row, 0xa1 + cell]),
  );
  const text = decoder.decode(Uint8Array.from(rows.flat(2)));
  const characters = [...text].filter((character) => /\p{Script=Han}/u.test(character));

  expect(characters.length).toBe(6763);
  expect(missingGlyphs(characters.join(''))).toEqual([]);
  expect(missingGlyphs('䶮𬱖·喆堃昇A0')).toEqual([]);
});

test('the longest names of college, occupation and trade leave number and statement apart', async () => {
  const long = (zh: string, en: string, times: number) => ({ 'zh-CN': zh.repeat(times), en: en.repeat(times) });
  const skill = aSkillCertificate(1, {
    issuer: { name: long('示例职业技术学院', 'Example Vocational College ', 4), code: '14999' },
  });
  const occupation = {
    code: '6-31-01-03',
    name: long('轨道交通运输设备操作', 'Operators of rail ', 5),
    trade: long('列车牵引系统检修', 'Traction ', 5),
  };
  const words = wordsOf(await print(parseCertificate({ ...skill, occupation })));

  const statement = words.filter((word) => /Traction|列车/.test(word.text));
  const foot = words.find((word) => word.text === '证书编号');
  expect(statement.length).toBeGreaterThan(0);
  expect(Math.max(...statement.map((word) => word.yMax))).toBeLessThan(foot!.yMin);
  expect(Math.max(...words.map((word) => word.xMax))).toBeLessThan(842 - 22);
});
