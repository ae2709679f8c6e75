import type { Readable } from 'node:stream';

/** An answer with more to say than its body: a version, headers, cookies. */
export class Reply<T> {
  readonly body: T;
  readonly options: ReplyOptions;
  constructor(body: T, options: ReplyOptions) {
    this.body = body;
    this.options = options;
  }
}

export interface ReplyOptions {
  /** The row version; without it, `version` of the output is taken. */
  version?: number;
  headers?: Record<string, string>;
  cookies?: readonly Cookie[];
}

/** Value null ends the cookie. */
export interface Cookie {
  value: string | null;
  secondsToLive?: number;
}

export function reply<T>(body: T, options: ReplyOptions = {}): Reply<T> {
  return new Reply(body, options);
}

/** A file to download; `inline` shows it in the browser instead. */
export interface FileAnswer {
  contentType: string;
  body: Buffer | Readable;
  name: string;
  inline?: boolean;
  /** Names these very bytes: whoever has them is told so instead. */
  etag?: string;
}

/** Another page to go to instead, by GET. */
export interface SeeOther {
  seeOther: string;
}

/** A page for people that is complete without script. `styleHash` is `sha256-…` of its one inline stylesheet. */
export interface HtmlAnswer {
  html: string;
  styleHash: string;
  status?: number;
}

export interface ServerEvent {
  /** The id a client sends back as Last-Event-ID. */
  id: string;
  event: string;
  data: unknown;
}

/** What happens, as it happens. `after` is the last event the client has; ending the iteration ends the stream. */
export interface EventsAnswer {
  events(after: string | null, signal: AbortSignal): AsyncIterable<ServerEvent>;
}

/** What a route may answer instead of JSON. */
export const media = { file: 'file', html: 'html', events: 'events', nothing: 'nothing' } as const;
export type Medium = (typeof media)[keyof typeof media];
