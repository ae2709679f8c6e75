import { check, everyRow, tally } from './check.ts';
import type { Row } from './check.ts';

export const numbersAreUnique = check(
  'I4',
  ['证书编号唯一，从不改绑', 'certificate numbers are unique and never bound again'],
  async ({ tx, signer }) => {
    const { finding, look } = tally();
    const signed = new Map(signer?.entries.map((entry) => [entry.number, entry.certificateId]));
    const seen = new Set<unknown>();
    for await (const row of everyRow(tx, 'certificates')) {
      const { number } = row;
      const bound = signed.get(String(number));
      const doubled = seen.has(number) && 'number_twice';
      const rebound = bound !== undefined && bound !== row.id && 'number_bound_again';
      const serial = !String(number).endsWith(String(row.serial).padStart(6, '0')) && 'number_differs_from_serial';
      look(`certificates ${row.id}`, doubled || rebound || serial);
      seen.add(number);
    }
    return finding;
  },
);

export const seriesAreGapless = check(
  'I5',
  ['每个号段连续，作废有原因', 'each series is gapless; what is void has a reason'],
  async ({ tx }) => {
    const { finding, look } = tally();
    const taken = new Map<unknown, number[]>();
    for await (const row of everyRow(tx, 'certificates'))
      taken.set(row.series_id, [...(taken.get(row.series_id) ?? []), Number(row.serial)]);
    for await (const series of everyRow(tx, 'number_series')) {
      const serials = (taken.get(series.id) ?? []).sort((a, b) => a - b);
      const dense = serials.every((serial, index) => serial === index + 1);
      look(
        `number_series ${series.id}`,
        !dense ? 'gap_in_series' : serials.length !== Number(series.value) && 'counter_differs_from_certificates',
      );
    }
    const voids: Row[] = await tx('certificate_events').where({ kind: 'void' });
    for (const event of voids) look(`certificate_events ${event.id}`, !event.reason && 'void_without_reason');
    return finding;
  },
);

export const oneLiveCertificate = check(
  'I6',
  ['每人每类至多一张有效证书', 'one live certificate at most a person and type'],
  async ({ tx }) => {
    const { finding, look } = tally();
    const live = new Set<string>();
    for await (const row of everyRow(tx, 'certificates')) {
      if (row.state !== 'issued' && row.state !== 'suspended') continue;
      const key = [row.college_id, row.person_id, row.type_key].join(' ');
      look(`certificates ${row.id}`, live.has(key) && 'second_live_certificate');
      live.add(key);
    }
    return finding;
  },
);

export const countersNeverGoBack = check(
  'I23',
  ['计数器不低于签名台账', 'counters stand no lower than the signer has seen'],
  async ({ tx, signer }) => {
    const { finding, look } = tally();
    const highest = new Map<string, number>();
    for (const { seriesId, serial } of signer?.entries ?? []) {
      if (seriesId !== null && serial !== null) highest.set(seriesId, Math.max(serial, highest.get(seriesId) ?? 0));
    }
    const counters = new Map<string, number>();
    for await (const series of everyRow(tx, 'number_series')) counters.set(series.id, Number(series.value));
    for (const [id, mark] of highest) look(`number_series ${id}`, (counters.get(id) ?? 0) < mark && 'counter_rewound');
    return finding;
  },
);
