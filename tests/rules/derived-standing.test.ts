import { describe, expect, test } from 'vitest';
import type { CertificateHeld } from '../../rules/derived/held-level.ts';
import { highestLevelHeld } from '../../rules/derived/held-level.ts';
import type { ProgrammeOccupation } from '../../rules/derived/occupation.ts';
import { occupationRelation } from '../../rules/derived/occupation.ts';
import { schoolingHeld } from '../../rules/derived/schooling.ts';

describe('relation of an outcome to the programme', () => {
  const programme: ProgrammeOccupation[] = [
    { codes: ['6-31-01-03'], relation: 'same' },
    { codes: ['6-31-01-04', '6-99-00-00'], relation: 'related' },
  ];

  test.each([
    ['its own occupation', '6-31-01-03', 'same'],
    ['a trade of its own occupation', '6-31-01-03-002', 'same'],
    ['an occupation listed as related', '6-31-01-04', 'related'],
    ['an older code of a related one', '6-99-00-00', 'related'],
    ['anything else', '4-10-01-05', 'other'],
    ['a code that only begins alike', '6-31-01-031', 'other'],
  ])('%s', (_, code, relation) => {
    expect(occupationRelation(code, programme)).toBe(relation);
  });

  test('the closer relation wins where two rows name one code', () => {
    expect(occupationRelation('6-31-01-04', [...programme, { codes: ['6-31-01-04'], relation: 'same' }])).toBe('same');
  });

  test('a missing side gives nothing', () => {
    expect(occupationRelation(null, programme)).toBeNull();
    expect(occupationRelation('6-31-01-03', null)).toBeNull();
    expect(occupationRelation('6-31-01-03', [])).toBe('other');
  });
});

describe('highest level held', () => {
  const on = '2025-11-01';
  const four: CertificateHeld = {
    outcomeId: 'out_4',
    level: 'four',
    issuedOn: '2024-06-01',
    verified: true,
    relation: 'same',
  };
  const three: CertificateHeld = {
    outcomeId: 'out_3',
    level: 'three',
    issuedOn: '2025-06-01',
    verified: true,
    relation: 'related',
  };

  test('of several, the highest', () => {
    expect(highestLevelHeld([four, three], on)).toEqual({ level: 'three', issuedOn: '2025-06-01', outcomeId: 'out_3' });
  });

  test('none at all is known to be none', () => {
    expect(highestLevelHeld([], on)).toEqual({ level: 'none', issuedOn: null, outcomeId: null });
  });

  test('of equal levels the one issued first', () => {
    const earlier = { ...four, outcomeId: 'out_0', issuedOn: '2023-06-01' };

    expect(highestLevelHeld([four, earlier], on)?.outcomeId).toBe('out_0');
  });

  test('what was issued later, belongs to another occupation or was found false does not count', () => {
    const none = { level: 'none', issuedOn: null, outcomeId: null };

    expect(highestLevelHeld([{ ...four, issuedOn: '2025-11-02' }], on)).toEqual(none);
    expect(highestLevelHeld([{ ...four, relation: 'other' }], on)).toEqual(none);
    expect(highestLevelHeld([{ ...four, verified: false }], on)).toEqual(none);
  });

  test('issued on the very day it counts', () => {
    expect(highestLevelHeld([{ ...four, issuedOn: on }], on)?.level).toBe('four');
  });

  test.each([
    ['not verified yet', { verified: null }],
    ['of unknown level', { level: null }],
    ['without date', { issuedOn: null }],
    ['of unknown occupation', { relation: null }],
  ])('one that could be the highest and is %s leaves it open', (_, unknown) => {
    expect(highestLevelHeld([four, { ...three, ...unknown }], on)).toBeNull();
  });

  test('one that could not be the highest does not', () => {
    expect(highestLevelHeld([three, { ...four, verified: null }], on)?.level).toBe('three');
  });

  test('an unchecked rival of the same level does not either', () => {
    expect(highestLevelHeld([four, { ...four, outcomeId: 'out_9', verified: null }], on)?.outcomeId).toBe('out_4');
  });

  test('without a day of application nothing is known', () => {
    expect(highestLevelHeld([four], null)).toBeNull();
  });
});

describe('schooling', () => {
  test('a final-year student counts as holding the programme', () => {
    const student = { finalYear: true, priorSchooling: 'none' } as const;

    expect(schoolingHeld({ ...student, educationLevel: 'higher_vocational' })).toBe('higher_vocational');
    expect(schoolingHeld({ ...student, educationLevel: 'secondary_vocational' })).toBe('secondary_vocational');
    expect(schoolingHeld({ ...student, educationLevel: 'vocational_bachelor' })).toBe('university');
    expect(schoolingHeld({ ...student, educationLevel: 'technician' })).toBe('technician_class');
  });

  test('before the final year only earlier schooling counts', () => {
    expect(
      schoolingHeld({ educationLevel: 'higher_vocational', finalYear: false, priorSchooling: 'secondary_vocational' }),
    ).toBe('secondary_vocational');
    expect(schoolingHeld({ educationLevel: 'higher_vocational', finalYear: false, priorSchooling: null })).toBeNull();
  });

  test('what is not recorded stays unknown', () => {
    expect(schoolingHeld({ educationLevel: 'higher_vocational', finalYear: null, priorSchooling: 'none' })).toBeNull();
    expect(schoolingHeld({ educationLevel: null, finalYear: true, priorSchooling: 'none' })).toBeNull();
  });
});
