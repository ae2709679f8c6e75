import type { AgreementPort } from '../activities/agreement.ts';
import type { OutboxPort } from '../activities/outbox-port.ts';
import { saveAgreement } from '../db/agreement.ts';
import { caseCounts, nudgeAgain, openCases, reconcile } from '../db/case-watch.ts';
import type { Database } from '../db/open.ts';
import { deleteOldSent, markSent, outboxHealth, postpone, unsentNudges } from '../db/outbox.ts';
import { openTroubles } from '../db/trouble.ts';
import { isWorkflowType } from '../workflows/messages.ts';
import type { CaseRef } from '../workflows/messages.ts';

const KEEP_SENT = 7 * 24 * 3_600_000;
const MOST_TROUBLES = 1000;

/** The instant on a college's clock; for a case of no college, system time. */
export type CollegeNow = (collegeId: string | null) => Promise<string>;

/** The relay's view of the outbox. */
export function outboxPort(db: Database, collegeNow: CollegeNow): OutboxPort {
  return {
    unsent: (limit) => unsentNudges(db, limit),
    markSent: (ids) => markSent(db, ids),
    postpone: (ids, hold) => postpone(db, ids, hold),
    deleteOldSent: async () => {
      await deleteOldSent(db, new Date(Date.parse(db.clock.now()) - KEEP_SENT).toISOString());
    },
    reconcile: () => reconcile(db, { collegeNow }),
  };
}

/** The agreement monitor's view of the register. */
export function agreementPort(db: Database): AgreementPort {
  return {
    async openCases(after, limit) {
      const rows = await openCases(db.reader, { limit, ...(after && { after }) });
      return rows.flatMap(({ workflowType, caseId }): CaseRef[] =>
        isWorkflowType(workflowType) ? [{ workflowType, caseId }] : [],
      );
    },
    async figures() {
      const [{ unseen }, outbox, troubles] = await Promise.all([
        caseCounts(db),
        outboxHealth(db),
        openTroubles(db.reader, { limit: MOST_TROUBLES }),
      ]);
      return {
        casesUnseen: unseen,
        outboxUnsent: outbox.unsent,
        outboxOldestAt: outbox.oldestAt,
        troubles: countByCode(troubles),
      };
    },
    async nudgeAgain(cases) {
      await nudgeAgain(db, cases, { bulk: true });
    },
    save: (report) => saveAgreement(db, report),
  };
}

function countByCode(troubles: readonly { code: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of troubles) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
