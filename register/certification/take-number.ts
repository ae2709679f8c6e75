import type { Tx } from '../../db/tx.ts';
import type { SkillLevel } from '../../schemas/facts.ts';
import { formatDiplomaNumber, formatSkillCertificateNumber } from '../../schemas/number-formats.ts';
import type { DiplomaNumber } from '../../schemas/number-formats.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import type { Holder } from './payload-input.ts';

export interface TakenNumber {
  seriesId: string;
  serial: number;
  number: string;
  authorisationId: string;
  issuerCode: string;
}

interface Authorisation {
  id: string;
  letter: 'Y' | 'S';
  organisation: string;
  province: string;
  site: string;
  school_code: string;
  school_kind: DiplomaNumber['kind'];
  school_level: DiplomaNumber['level'];
}

/** The next number of the series that the authorisation valid on `issuedOn` names. Gapless: it is part of the caller's transaction. */
export async function takeNumber(
  register: Register,
  tx: Tx,
  { holder, issuedOn }: { holder: Holder; issuedOn: string },
): Promise<TakenNumber> {
  const authorisation = await authorisationOn(tx, { holder, issuedOn });
  const year = Number(issuedOn.slice(0, 4));
  const template = holder.type === 'diploma' ? 'diploma_18' : 'skill_22';
  const scope = seriesScope({ holder, authorisation, year });
  const { id, value } = await advance(register, tx, { collegeId: holder.collegeId, template, scope });
  const number =
    holder.type === 'diploma'
      ? formatDiplomaNumber({
          school: authorisation.school_code,
          kind: authorisation.school_kind,
          year,
          level: authorisation.school_level,
          serial: value,
        })
      : formatSkillCertificateNumber({ ...skillParts(authorisation), year, level: levelOf(holder), serial: value });
  const issuerCode =
    holder.type === 'diploma'
      ? authorisation.school_code
      : `${authorisation.letter}${authorisation.organisation}${authorisation.province}${authorisation.site}`;
  return { seriesId: id, serial: value, number, authorisationId: authorisation.id, issuerCode };
}

function levelOf({ level }: Holder): SkillLevel {
  if (level === null) throw new Problem('invariant_broken');
  return level;
}

function skillParts({ letter, organisation, province, site }: Authorisation) {
  return { letter, organisation, province, site };
}

interface Wanted {
  holder: Holder;
  issuedOn: string;
}

async function authorisationOn(tx: Tx, { holder, issuedOn }: Wanted): Promise<Authorisation> {
  const target =
    holder.type === 'diploma'
      ? { type: 'diploma', programme_code: holder.programmeCode }
      : { type: 'skill', occupation_code: holder.occupationCode, level: holder.level };
  const row = await tx('issuing_authorisations')
    .where({ college_id: holder.collegeId, ...target })
    .andWhere('from_on', '<=', issuedOn)
    .andWhere((open) => {
      void open.whereNull('to_on').orWhere('to_on', '>', issuedOn);
    })
    .orderBy('from_on', 'desc')
    .first();
  if (!row) throw new Problem('issuer_not_authorised');
  return row;
}

function seriesScope({
  holder,
  authorisation: a,
  year,
}: {
  holder: Holder;
  authorisation: Authorisation;
  year: number;
}): string {
  return holder.type === 'diploma'
    ? `${a.school_code}-${a.school_kind}-${year}-${a.school_level}`
    : `${a.letter}${a.organisation}-${a.province}-${a.site}-${year}-${holder.level}`;
}

interface SeriesKey {
  collegeId: string;
  template: string;
  scope: string;
}

/** `UPDATE … RETURNING` holds the row until commit, so no two transactions see the same value and a roll-back leaves no gap. */
async function advance(
  register: Register,
  tx: Tx,
  { collegeId, template, scope }: SeriesKey,
): Promise<{ id: string; value: number }> {
  const key = { college_id: collegeId, template, scope };
  await tx('number_series')
    .insert({ id: register.newId('series'), ...key, value: 0 })
    .onConflict(['college_id', 'template', 'scope'])
    .ignore();
  const [row] = await tx('number_series').where(key).increment('value', 1).returning(['id', 'value']);
  return { id: row.id, value: Number(row.value) };
}
