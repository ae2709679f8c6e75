import PDFDocument from 'pdfkit';
import type { Certificate } from '../../schemas/certificate.ts';
import { darkRuns, qrMatrix } from '../qr.ts';
import type { Face } from './fonts.ts';
import { registerFaces } from './fonts.ts';

export type Doc = PDFKit.PDFDocument;

/** 学历 indigo, 技能 teal, wherever they appear (console.md §2). */
export const hues = { diploma: '#2f3aa0', skill: '#0b6e69' } as const satisfies Record<Certificate['kind'], string>;
export const ink = '#1c2024';
export const grey = '#59626c';
export const alert = '#b3261e';

interface DocumentOptions {
  title: string;
  author: string;
  subject: string;
  /** The only time in the file: equal input gives equal bytes. */
  at: Date;
  layout: 'landscape' | 'portrait';
}

export function openDocument({ title, author, subject, at, layout }: DocumentOptions): Doc {
  const doc = new PDFDocument({
    size: 'A4',
    layout,
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: title,
      Author: author,
      Subject: subject,
      Creator: '双证',
      Producer: '双证',
      CreationDate: at,
      ModDate: at,
    },
  });
  registerFaces(doc);
  return doc;
}

export function finish(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
    doc.end();
  });
}

export interface Put {
  x: number;
  y: number;
  width: number;
  face: Face;
  size: number;
  color?: string;
  align?: 'left' | 'center' | 'right';
  spacing?: number;
  lineGap?: number;
}

/** Draws text and gives the y below it. */
export function put(doc: Doc, text: string, at: Put): number {
  doc
    .font(at.face)
    .fontSize(at.size)
    .fillColor(at.color ?? ink);
  doc.text(text, at.x, at.y, {
    width: at.width,
    align: at.align ?? 'left',
    characterSpacing: at.spacing ?? 0,
    lineGap: at.lineGap ?? 0,
  });
  return doc.y;
}

/** The largest size up to `most` at which the text stays on one line. */
export function fittingSize(
  doc: Doc,
  text: string,
  { face, most, width }: { face: Face; most: number; width: number },
): number {
  doc.font(face).fontSize(most);
  const wide = doc.widthOfString(text);
  return wide <= width ? most : Math.floor((most * width * 10) / wide) / 10;
}

/** Narrowed as far as the number of lines allows, so that the last line is no orphan. */
export function putBalanced(doc: Doc, text: string, at: Put): number {
  doc.font(at.face).fontSize(at.size);
  const height = (width: number): number => doc.heightOfString(text, { width, lineGap: at.lineGap ?? 0 });
  const wanted = height(at.width);
  let width = at.width;
  while (width > at.width / 2 && height(width - 6) === wanted) width -= 6;
  return put(doc, text, { ...at, width, x: at.x + (at.width - width) / 2 });
}

/** Two overlapping rounded squares: one student, both certificates. */
export function drawMark(
  doc: Doc,
  { x, y, side, opacity = 1 }: { x: number; y: number; side: number; opacity?: number },
): void {
  const square = side * 0.66;
  doc.save().fillOpacity(0.85 * opacity);
  doc.roundedRect(x, y, square, square, square * 0.22).fill(hues.diploma);
  doc.roundedRect(x + side - square, y + side - square, square, square, square * 0.22).fill(hues.skill);
  doc.restore();
}

/** One filled path of rectangles, sharp at any size. */
export function drawQr(doc: Doc, text: string, { x, y, side }: { x: number; y: number; side: number }): void {
  const matrix = qrMatrix(text);
  const module = side / matrix.size;
  for (const { row, column, length } of darkRuns(matrix))
    doc.rect(x + column * module, y + row * module, length * module, module);
  doc.fill('#000000');
}
