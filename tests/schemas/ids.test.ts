import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base32, Id, uuidV7Bytes } from '../../schemas/ids.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** The same number written digit by digit, the slow way. */
function slowly(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 0; i < Math.ceil((bytes.length * 8) / 5); i += 1) {
    text = ALPHABET[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return text;
}

test('base32 writes the bytes as one number, whatever their count', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      expect(base32(bytes)).toBe(slowly(bytes));
    }),
  );
});

test('ids made later sort later, and each is a lawful id', () => {
  const random = new Uint8Array(10).fill(255);
  const ids = [1_000, 2_000, Date.UTC(2026, 0, 1), Date.UTC(2100, 0, 1)].map(
    (millis) => `enr_${base32(uuidV7Bytes(millis, random))}`,
  );

  expect([...ids].sort()).toEqual(ids);
  expect(ids.map((id) => Id.parse(id))).toEqual(ids);
});
