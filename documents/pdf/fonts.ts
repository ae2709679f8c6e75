import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** Static weights only: pdfkit takes the wrong weight of a variable font (ecosystem.md §5). Images keep these four files. */
const FILES = {
  serif: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  serifBold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  sans: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  sansBold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const;
export type Face = keyof typeof FILES;
const FACES = Object.keys(FILES) as Face[];

const require = createRequire(import.meta.url);
const buffers = new Map<Face, Buffer>();

function bufferOf(face: Face): Buffer {
  const known = buffers.get(face);
  if (known) return known;
  const buffer = readFileSync(require.resolve(FILES[face]));
  buffers.set(face, buffer);
  return buffer;
}

export function registerFaces(doc: PDFKit.PDFDocument): void {
  for (const face of FACES) doc.registerFont(face, bufferOf(face));
}

interface OpenFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): { path: { commands: unknown[] } };
}

let fonts: OpenFont[] | null = null;

function openFonts(): OpenFont[] {
  if (fonts) return fonts;
  const doc = new PDFDocument({ autoFirstPage: false });
  fonts = FACES.map((face) => {
    doc.font(bufferOf(face) as unknown as string);
    // pdfkit keeps the fontkit font of the current face here; its types do not say so
    return (doc as unknown as { _font: { font: OpenFont } })._font.font;
  });
  return fonts;
}

const printable = new Map<string, boolean>();

function isPrintable(character: string): boolean {
  const known = printable.get(character);
  if (known !== undefined) return known;
  const codePoint = character.codePointAt(0)!;
  const answer = openFonts().every(
    (font) =>
      font.hasGlyphForCodePoint(codePoint) &&
      (/\s/u.test(character) || font.glyphForCodePoint(codePoint).path.commands.length > 0),
  );
  printable.set(character, answer);
  return answer;
}

/** Characters that some face lacks or would draw without ink, each once. Asked before a number is taken: □ is a wrong certificate. */
export function missingGlyphs(text: string): string[] {
  return [...new Set(text)].filter((character) => !isPrintable(character));
}
