import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Agreement } from '../schemas/agreement.ts';

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

/** What an operator's Prometheus reads of this worker: ids and persons never, codes and counts only. */
export function createWorkerMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name: `dualcert_${name}`, help, registers });
  const unsent = gauge('outbox_unsent', 'Nudges not yet sent');
  const oldest = gauge('outbox_oldest_seconds', 'Age of the oldest unsent nudge');
  const unseen = gauge('cases_unseen', 'Open cases with an event unseen for five minutes');
  const orphans = gauge('cases_without_workflow', 'Open cases without a running workflow');
  const strays = gauge('workflows_without_case', 'Running workflows without an open case');
  const troubles = new Gauge({
    name: 'dualcert_case_troubles',
    help: 'Open troubles',
    labelNames: ['code'],
    registers,
  });
  const nudges = new Counter({
    name: 'dualcert_nudges_total',
    help: 'Nudges by result',
    labelNames: ['result'],
    registers,
  });
  const actions = new Histogram({
    name: 'dualcert_due_action_seconds',
    help: 'Due actions by kind and result',
    labelNames: ['kind', 'result'],
    buckets: SECONDS,
    registers,
  });
  return {
    registry,
    nudged: (result: string) => nudges.inc({ result }),
    acted: ({ kind, result, millis }: { kind: string; result: string; millis: number }) =>
      actions.observe({ kind, result }, millis / 1000),
    agreed(report: Agreement) {
      unsent.set(report.outboxUnsent);
      oldest.set(
        report.outboxOldestAt === null ? 0 : (Date.parse(report.at) - Date.parse(report.outboxOldestAt)) / 1000,
      );
      unseen.set(report.casesUnseen);
      orphans.set(report.casesWithoutWorkflow);
      strays.set(report.workflowsWithoutCase);
      troubles.reset();
      for (const [code, count] of Object.entries(report.troubles)) troubles.set({ code }, count);
    },
  };
}

/** Serves them on an address such as `127.0.0.1:9464`. */
export function serveMetrics(registry: Registry, address: string): Server {
  const [host, port] = address.split(':');
  const server = createServer((_request, response) => {
    registry.metrics().then(
      (text) => response.setHeader('Content-Type', registry.contentType).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return server.listen(Number(port), host);
}
