import type { ActivityOptions } from '@temporalio/common';
import type { Profile } from './messages.ts';

/** Timeouts and retries are no part of a history's order of commands: changing them needs no patch. */
const brisk = { initialInterval: '1 second', maximumInterval: '1 minute', backoffCoefficient: 2 } as const;
const patient = { initialInterval: '5 seconds', maximumInterval: '5 minutes', backoffCoefficient: 2 } as const;

/** Reading where a case stands: tried until it succeeds. No task queue means the workflow's own. */
export const READ: ActivityOptions = { startToCloseTimeout: '30 seconds', retry: brisk };

/** `scheduleToCloseTimeout` keeps a failing action from blocking the rest of its case. */
export const profiles: Record<Profile, ActivityOptions> = {
  quick: { startToCloseTimeout: '30 seconds', scheduleToCloseTimeout: '10 minutes', retry: brisk },
  document: {
    taskQueue: 'documents',
    startToCloseTimeout: '5 minutes',
    scheduleToCloseTimeout: '30 minutes',
    heartbeatTimeout: '30 seconds',
    retry: patient,
  },
  outside: {
    taskQueue: 'documents',
    startToCloseTimeout: '60 seconds',
    scheduleToCloseTimeout: '15 minutes',
    retry: { ...patient, initialInterval: '10 seconds' },
  },
  page: {
    taskQueue: 'cohort',
    startToCloseTimeout: '10 minutes',
    scheduleToCloseTimeout: '2 hours',
    heartbeatTimeout: '30 seconds',
    retry: patient,
  },
  analysis: {
    taskQueue: 'rules',
    startToCloseTimeout: '30 minutes',
    scheduleToCloseTimeout: '2 hours',
    heartbeatTimeout: '30 seconds',
    retry: { ...patient, initialInterval: '10 seconds' },
  },
};
