import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { pictureOf, PIXELS, wordsOf } from './rendered.ts';
import type { Picture, Word } from './rendered.ts';

interface Glyph {
  advanceWidth: number;
  path: { toSVG(): string };
}
interface Font {
  ascent: number;
  unitsPerEm: number;
  glyphForCodePoint(codePoint: number): Glyph;
}

const file = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf');

interface Cell {
  character: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The same word drawn as bare outlines at the same place: no font is embedded, so none can lose a glyph. */
function outlines(word: Word, text: string): Promise<{ pdf: Buffer; cells: Cell[] }> {
  const doc = new PDFDocument({ size: 'A4', layout: 'landscape', margin: 0 });
  doc.font(readFileSync(file) as unknown as string);
  const { font } = (doc as unknown as { _font: { font: Font } })._font;
  const glyphs = [...text].map((character) => ({
    character,
    glyph: font.glyphForCodePoint(character.codePointAt(0)!),
  }));
  const total = glyphs.reduce((sum, { glyph }) => sum + glyph.advanceWidth, 0);
  const scale = (word.xMax - word.xMin) / total;
  const baseline = word.yMin + font.ascent * scale;
  let x = word.xMin;
  const cells = glyphs.map(({ character, glyph }) => {
    doc.save().translate(x, baseline).scale(scale, -scale).path(glyph.path.toSVG()).fill('#1c2024').restore();
    const cell = { character, x, y: word.yMin, width: glyph.advanceWidth * scale, height: word.yMax - word.yMin };
    x += cell.width;
    return cell;
  });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve({ pdf: Buffer.concat(chunks), cells }));
    doc.end();
  });
}

export interface CellInk {
  character: string;
  /** Dark pixels wanted by the outline. */
  wanted: number;
  /** Pixels without their ink and ink without its outline, as a share of the wanted. */
  astray: number;
}

/** Compares each glyph cell of a word on the page with the font's own outline. */
export async function inkOf(pdf: Buffer, text: string, drawn = text): Promise<CellInk[]> {
  const word = wordsOf(pdf).find((each) => each.text === drawn);
  if (!word) throw new Error(`${drawn} is not in the text layer`);
  const reference = await outlines(word, text);
  const [page, wanted] = [pictureOf(pdf), pictureOf(reference.pdf)];
  return reference.cells.map((cell) => compare(cell, page, wanted));
}

/** Poppler places embedded glyphs to a fraction of a pixel: ink one pixel aside is in its place. */
function nearInk(picture: Picture, column: number, row: number): boolean {
  for (let y = row - 1; y <= row + 1; y += 1) {
    for (let x = column - 1; x <= column + 1; x += 1) if (picture.at(x, y) < 128) return true;
  }
  return false;
}

function compare({ character, x, y, width, height }: Cell, page: Picture, reference: Picture): CellInk {
  let [wanted, astray] = [0, 0];
  for (let row = Math.ceil(y * PIXELS); row < (y + height) * PIXELS; row += 1) {
    for (let column = Math.ceil(x * PIXELS); column < (x + width) * PIXELS; column += 1) {
      const [is, should] = [page.at(column, row) < 128, reference.at(column, row) < 128];
      if (should) wanted += 1;
      if (should ? !nearInk(page, column, row) : is && !nearInk(reference, column, row)) astray += 1;
    }
  }
  return { character, wanted, astray: astray / wanted };
}
