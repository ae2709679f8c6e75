import { PassThrough } from 'node:stream';
import type { EventsAnswer, ServerEvent } from './answers.ts';
import type { ApiContext } from './state.ts';

const HEARTBEAT_MS = 15_000;

/** Server-sent events by hand. The client resumes by Last-Event-ID; a proxy is kept awake by comments. */
export function sendEvents(ctx: ApiContext, answer: EventsAnswer, signal: AbortSignal): void {
  const stream = new PassThrough();
  ctx.type = 'text/event-stream';
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Accel-Buffering', 'no');
  ctx.compress = false;
  ctx.body = stream;
  stream.write('retry: 2000\n\n');
  const beat = setInterval(() => stream.write(': still here\n\n'), HEARTBEAT_MS);
  const after = ctx.get('last-event-id') || null;
  pump(stream, answer.events(after, signal))
    .catch((err: unknown) => ctx.app.emit('error', err, ctx))
    .finally(() => {
      clearInterval(beat);
      stream.end();
    });
}

async function pump(stream: PassThrough, events: AsyncIterable<ServerEvent>): Promise<void> {
  for await (const { id, event, data } of events) {
    if (stream.destroyed) return;
    stream.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
