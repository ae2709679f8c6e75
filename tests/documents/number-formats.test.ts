import { expect, test } from 'vitest';
import {
  formatDiplomaNumber,
  formatSkillCertificateNumber,
  isDiplomaNumber,
  isQualificationNumber,
  isSkillCertificateNumber,
  levelOfSkillNumber,
  parseQualificationNumber,
} from '../../schemas/number-formats.ts';

const skill = {
  letter: 'S',
  organisation: '0000',
  province: '23',
  site: '000001',
  year: 2025,
  level: 'four',
  serial: 17,
} as const;
const diploma = { school: '10476', kind: '5', year: 2016, level: '05', serial: 701_784 } as const;

test('the worked example of the 22-character skill certificate', () => {
  expect(formatSkillCertificateNumber(skill)).toBe('S000023000001254000017');
  expect(levelOfSkillNumber('S000023000001254000017')).toBe('four');
});

test('the worked example of the 18-digit diploma', () => {
  expect(formatDiplomaNumber(diploma)).toBe('104765201605701784');
});

test('the worked example of the 16-digit occupational qualification', () => {
  expect(isQualificationNumber('0610012003300042')).toBe(true);
  expect(parseQualificationNumber('0610012003300042')).toEqual({
    year: '06',
    province: '10',
    city: '01',
    kind: '2',
    body: '003',
    level: '3',
    serial: '00042',
  });
});

test.each([
  ['a letter no organisation has', () => formatSkillCertificateNumber({ ...skill, letter: 'X' as 'S' })],
  ['a site of five digits', () => formatSkillCertificateNumber({ ...skill, site: '00001' })],
  ['a seventh digit of the serial', () => formatSkillCertificateNumber({ ...skill, serial: 1_000_000 })],
  ['serial 0', () => formatDiplomaNumber({ ...diploma, serial: 0 })],
  ['a school code of four digits', () => formatDiplomaNumber({ ...diploma, school: '1047' })],
])('%s is refused, not cut or padded', (_, format) => {
  expect(format).toThrow(RangeError);
});

test.each([
  'S00002300000125400001',
  'S0000230000012540000170',
  'X000023000001254000017',
  'S000023000001256000017',
  's000023000001254000017',
])('%s is no skill certificate number', (text) => {
  expect(isSkillCertificateNumber(text)).toBe(false);
});

test('a diploma of before 2002 has 17 digits, a later one 18', () => {
  expect(isDiplomaNumber('10476520010512345')).toBe(true);
  expect(isDiplomaNumber('10476520160512345')).toBe(false);
  expect(isDiplomaNumber('149991202706000123')).toBe(true);
});
