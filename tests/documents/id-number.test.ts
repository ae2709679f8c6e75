import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idNumberCheck, maskIdNumber, parseIdNumber } from '../../schemas/id-number.ts';
import { idNumber } from './workbooks.ts';

test('the worked example of GB 11643 passes, and a wrong check digit does not', () => {
  expect(parseIdNumber('11010519491231002X')).toEqual({
    value: '11010519491231002X',
    birthOn: '1949-12-31',
    gender: 'female',
    wasShort: false,
  });
  expect(parseIdNumber('110105194912310021')).toEqual({ code: 'id_number_checksum' });
});

test('the demo area 990000 passes: an area code is never a reason to refuse', () => {
  expect(parseIdNumber('990000200802290018')).toMatchObject({ birthOn: '2008-02-29', gender: 'male' });
  expect(parseIdNumber(idNumber(1, '19900101'))).toMatchObject({ birthOn: '1990-01-01' });
});

test('a lower-case x is the same number', () => {
  expect(parseIdNumber('11010519491231002x')).toMatchObject({ value: '11010519491231002X' });
});

test('15 digits become 18, of the last century', () => {
  expect(parseIdNumber('110105491231002')).toEqual({
    value: '11010519491231002X',
    birthOn: '1949-12-31',
    gender: 'female',
    wasShort: true,
  });
});

test.each([
  ['1101051949123100', { code: 'id_number_length', length: 16 }],
  ['', { code: 'id_number_length', length: 0 }],
  ['11010519491231X02X', { code: 'id_number_malformed' }],
  ['X1010519491231002X', { code: 'id_number_malformed' }],
  ['110105200702290010', { code: 'id_number_date', date: '2007-02-29' }],
  ['110105000001010010', { code: 'id_number_date', date: '0000-01-01' }],
])('%s is refused with its reason', (text, fault) => {
  expect(parseIdNumber(text)).toEqual(fault);
});

test('one digit changed is always found', () => {
  const seed = 20_260_901;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 14, max: 16 }),
      fc.integer({ min: 1, max: 9 }),
      (serial, at, step) => {
        const good = idNumber(serial);
        const changed = `${good.slice(0, at)}${(Number(good[at]) + step) % 10}${good.slice(at + 1)}`;
        return 'code' in parseIdNumber(changed) && 'value' in parseIdNumber(good);
      },
    ),
    { seed },
  );
});

test('the check character is that of the standard for each remainder', () => {
  expect(idNumberCheck('11010519491231002')).toBe('X');
  expect(idNumberCheck('99000020080229001')).toBe('8');
});

test('a masked number shows the area and the last four', () => {
  expect(maskIdNumber('11010519491231002X')).toBe('110105********002X');
});
