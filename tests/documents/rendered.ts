import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What poppler makes of a PDF: the picture, the text, the places of words, the attached files. */
export interface Picture {
  width: number;
  height: number;
  /** 0 black to 255 white. */
  at(x: number, y: number): number;
}

export const DPI = 216;
export const PIXELS = DPI / 72;

function withFile<T>(pdf: Buffer, use: (path: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
  try {
    const path = join(folder, 'a.pdf');
    writeFileSync(path, pdf);
    return use(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Poppler is named when it is missing: apt-get install poppler-utils. */
function poppler(tool: string, args: string[]): Buffer {
  try {
    return execFileSync(tool, args, { maxBuffer: 2 ** 27, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error(`${tool} is missing: apt-get install poppler-utils`);
    throw error;
  }
}

export function pictureOf(pdf: Buffer, page = 1): Picture {
  return withFile(pdf, (path) => {
    const pgm = poppler('pdftoppm', ['-gray', '-r', String(DPI), '-f', String(page), '-l', String(page), path]);
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'));
    if (!head) throw new Error('no grey picture');
    const [width, height] = [Number(head[1]), Number(head[2])];
    const pixels = pgm.subarray(head[0].length);
    return { width, height, at: (x, y) => pixels[Math.round(y) * width + Math.round(x)] ?? 255 };
  });
}

export const textOf = (pdf: Buffer): string =>
  withFile(pdf, (path) => poppler('pdftotext', ['-layout', path, '-']).toString('utf8'));

export interface Word {
  text: string;
  xMin: number;
  yMin: number;
  xMax: number;
  yMax: number;
}

const WORD = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g;

export function wordsOf(pdf: Buffer): Word[] {
  const html = withFile(pdf, (path) => poppler('pdftotext', ['-bbox', path, '-']).toString('utf8'));
  return [...html.matchAll(WORD)].map(([, xMin, yMin, xMax, yMax, text]) => ({
    text: text ?? '',
    xMin: Number(xMin),
    yMin: Number(yMin),
    xMax: Number(xMax),
    yMax: Number(yMax),
  }));
}

export function attachmentOf(pdf: Buffer, name: string): string {
  return withFile(pdf, (path, folder) => {
    poppler('pdfdetach', ['-saveall', '-o', folder, path]);
    return readFileSync(join(folder, name), 'utf8');
  });
}
