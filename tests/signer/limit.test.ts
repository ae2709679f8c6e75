import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { canonicalPayload } from '../../documents/payload/certificate.ts';
import type { Certificate } from '../../schemas/certificate.ts';
import { openKeys } from '../../signer/keys.ts';
import { openLedger } from '../../signer/ledger.ts';
import { HOURLY_LIMIT, signCertificate } from '../../signer/sign.ts';
import { aSkillCertificate } from '../support/certificates.ts';

test('the 2,001st new certificate within an hour waits; known ones are answered, and an hour later it goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signer-limit-'));
  const ledger = await openLedger(join(folder, 'ledger.db'));
  onTestFinished(async () => {
    await ledger.close();
    rmSync(folder, { recursive: true });
  });
  let at = Date.parse('2026-06-30T08:00:00.000Z');
  const now = (): Date => new Date(at);
  const keys = openKeys({
    folder: join(folder, 'keys'),
    passphraseFile: join(folder, 'passphrase'),
    now,
    mayCreate: true,
  });
  const sign = (payload: Certificate) =>
    signCertificate(
      { ledger, keys, now, onAlarm: () => undefined },
      { payload, payloadHash: `sha256:${createHash('sha256').update(canonicalPayload(payload)).digest('hex')}` },
    );

  for (let n = 1; n <= HOURLY_LIMIT; n += 1) await sign(aSkillCertificate(n));

  await expect(sign(aSkillCertificate(HOURLY_LIMIT + 1))).rejects.toMatchObject({ code: 'signer_limit_reached' });
  expect((await sign(aSkillCertificate(1))).signature).toHaveLength(86);
  at += 3_600_000;
  expect((await sign(aSkillCertificate(HOURLY_LIMIT + 1))).signature).toHaveLength(86);
}, 60_000);
