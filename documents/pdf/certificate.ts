import type { Certificate } from '../../schemas/certificate.ts';
import type { CertificateSignature } from '../../schemas/signer.ts';
import type { Text } from '../../schemas/text.ts';
import { canonicalPayload, verificationUrl } from '../payload/certificate.ts';
import { dateWords, signatureMeaning, statementOf, titleOf } from '../payload/words.ts';
import { refuseMissingGlyphs } from './glyph-faults.ts';
import type { Doc } from './page.ts';
import {
  alert,
  drawMark,
  drawQr,
  finish,
  fittingSize,
  grey,
  hues,
  ink,
  openDocument,
  put,
  putBalanced,
} from './page.ts';

export interface CertificatePrint {
  payload: Certificate;
  signature: CertificateSignature;
  publicUrl: string;
  /** A demo college's papers say so across the page; a payload marked as example does so by itself. */
  college: { example: boolean };
}

const WIDTH = 841.89;
const HEIGHT = 595.28;
const MARGIN = 66;
const COLUMN = WIDTH - 2 * MARGIN;

/** A4 landscape, from the signed payload alone; equal input gives equal bytes. */
export async function renderCertificate(print: CertificatePrint): Promise<Buffer> {
  const { payload, signature } = print;
  refuseMissingGlyphs(payload);
  const title = titleOf(payload);
  const doc = openDocument({
    title: `${title['zh-CN']} ${payload.number}`,
    author: payload.issuer.name['zh-CN'],
    subject: title.en,
    at: new Date(payload.allocatedAt),
    layout: 'landscape',
  });
  doc.addPage();
  drawFrame(doc, payload);
  if (payload.example || print.college.example) drawExample(doc);
  drawHead(doc, payload);
  drawHolder(doc, payload);
  drawFoot(doc, print);
  attachProof(doc, payload, signature);
  return finish(doc);
}

function drawFrame(doc: Doc, { kind }: Certificate): void {
  const hue = hues[kind];
  drawMark(doc, { x: WIDTH / 2 - 165, y: HEIGHT / 2 - 150, side: 330, opacity: 0.045 });
  doc
    .lineWidth(1.6)
    .strokeColor(hue)
    .roundedRect(22, 22, WIDTH - 44, HEIGHT - 44, 9)
    .stroke();
  doc
    .lineWidth(0.4)
    .roundedRect(28, 28, WIDTH - 56, HEIGHT - 56, 5)
    .stroke();
}

function drawExample(doc: Doc): void {
  doc
    .save()
    .rotate(-24, { origin: [WIDTH / 2, HEIGHT / 2] })
    .fillOpacity(0.09);
  put(doc, '示例 EXAMPLE', {
    x: 0,
    y: HEIGHT / 2 - 80,
    width: WIDTH,
    face: 'sansBold',
    size: 104,
    color: alert,
    align: 'center',
  });
  doc.restore();
  doc
    .lineWidth(1.2)
    .strokeColor(alert)
    .roundedRect(WIDTH - MARGIN - 124, 50, 124, 30, 4)
    .stroke();
  put(doc, '示例 EXAMPLE', {
    x: WIDTH - MARGIN - 124,
    y: 52.5,
    width: 124,
    face: 'sansBold',
    size: 12,
    color: alert,
    align: 'center',
  });
  put(doc, '无效力 · no legal effect', {
    x: WIDTH - MARGIN - 124,
    y: 68,
    width: 124,
    face: 'sans',
    size: 6.5,
    color: alert,
    align: 'center',
  });
}

function drawHead(doc: Doc, payload: Certificate): void {
  const { name } = payload.issuer;
  const title = titleOf(payload);
  const hue = hues[payload.kind];
  const centred = { x: MARGIN, width: COLUMN, align: 'center' } as const;
  drawMark(doc, { x: WIDTH / 2 - 14, y: 46, side: 28 });
  const issuerSize = fittingSize(doc, name['zh-CN'], { face: 'serifBold', most: 16, width: 420 });
  put(doc, name['zh-CN'], { ...centred, y: 80, face: 'serifBold', size: issuerSize, spacing: 1.2 });
  const enSize = fittingSize(doc, name.en, { face: 'sans', most: 8.5, width: 420 });
  put(doc, name.en, { ...centred, y: 104, face: 'sans', size: enSize, color: grey });
  put(doc, title['zh-CN'], { ...centred, y: 120, face: 'serifBold', size: 38, color: hue, spacing: 4 });
  put(doc, title.en.toUpperCase(), { ...centred, y: 177, face: 'sans', size: 9.5, color: hue, spacing: 2.2 });
  doc
    .lineWidth(0.8)
    .strokeColor(hue)
    .moveTo(WIDTH / 2 - 34, 203)
    .lineTo(WIDTH / 2 + 34, 203)
    .stroke();
}

function drawHolder(doc: Doc, payload: Certificate): void {
  const { name, idLastFour } = payload.holder;
  const centred = { x: MARGIN, width: COLUMN, align: 'center' } as const;
  put(doc, '兹证明  This is to certify that', { ...centred, y: 214, face: 'sans', size: 9, color: grey });
  const size = fittingSize(doc, name, { face: 'serifBold', most: 34, width: COLUMN - 20 });
  // a smaller name keeps the same middle line
  put(doc, name, { ...centred, y: 229 + (34 - size) * 0.72, face: 'serifBold', size });
  const ending = idLastFour ? `身份证号后四位  ID number ending in  ${idLastFour}` : '';
  if (ending) put(doc, ending, { ...centred, y: 284, face: 'sans', size: 8.5, color: grey });

  drawStatement(doc, statementOf(payload));
}

/** As large as leaves room for the foot. */
function drawStatement(doc: Doc, statement: Text): void {
  const text = { x: MARGIN + 52, y: 306, width: COLUMN - 104, align: 'center' } as const;
  const heightAt = (size: number): number =>
    doc.font('serif').fontSize(size).heightOfString(statement['zh-CN'], { width: text.width, lineGap: 3 }) +
    doc.fontSize(size * 0.63).heightOfString(statement.en, { width: text.width, lineGap: 1 });
  const size = [15, 13.5, 12, 10.5].find((each) => 306 + heightAt(each) < FOOT - 16) ?? 9;
  const below = putBalanced(doc, statement['zh-CN'], { ...text, face: 'serif', size, lineGap: 3 });
  putBalanced(doc, statement.en, { ...text, y: below + 5, face: 'serif', size: size * 0.63, color: grey, lineGap: 1 });
}

const QR_SIDE = 84;
const FOOT = 438;

function drawFoot(doc: Doc, { payload, signature, publicUrl }: CertificatePrint): void {
  const { number, checkCode, verificationId, issuedOn, issuer } = payload;
  drawLine(doc, { y: FOOT, label: '证书编号  Certificate number', value: number });
  drawLine(doc, { y: FOOT + 31, label: '校验码  Check code', value: checkCode });

  const issued = dateWords(issuedOn);
  const right = { x: 400, width: 250, align: 'right' } as const;
  put(doc, '发证单位（盖章）  Issued by (seal)', { ...right, y: FOOT, face: 'sans', size: 7.5, color: grey });
  const size = fittingSize(doc, issuer.name['zh-CN'], { face: 'serifBold', most: 13, width: 250 });
  put(doc, issuer.name['zh-CN'], { ...right, y: FOOT + 11, face: 'serifBold', size });
  put(doc, issued['zh-CN'], { ...right, y: FOOT + 35, face: 'serif', size: 13 });
  put(doc, issued.en, { ...right, y: FOOT + 57, face: 'sans', size: 8, color: grey });

  const x = WIDTH - MARGIN - QR_SIDE;
  const url = verificationUrl(publicUrl, verificationId);
  drawQr(doc, url, { x, y: FOOT - 4, side: QR_SIDE });
  // the code keeps its quiet zone of four modules
  const under = { x: x - 30, width: QR_SIDE + 60, size: 7, align: 'center' } as const;
  put(doc, '扫码查验  Scan to verify', { ...under, y: FOOT + QR_SIDE + 7, face: 'sans' });
  put(doc, new URL(publicUrl).host, { ...under, y: FOOT + QR_SIDE + 18, face: 'sansBold' });

  const wide = { x: MARGIN, width: 572 } as const;
  const proof = `${signature.alg}  密钥 key ${signature.kid}  签名 signature ${signature.signature}`;
  put(doc, proof, { ...wide, y: FOOT + 74, face: 'sans', size: 5.4, color: grey });
  const legal = put(doc, signatureMeaning['zh-CN'], { ...wide, y: FOOT + 92, face: 'sans', size: 6.6, color: grey });
  put(doc, signatureMeaning.en, { ...wide, y: legal, face: 'sans', size: 6.2, color: grey });
}

function drawLine(doc: Doc, { y, label, value }: { y: number; label: string; value: string }): void {
  put(doc, label, { x: MARGIN, y, width: 330, face: 'sans', size: 7.5, color: grey });
  put(doc, value, { x: MARGIN, y: y + 9, width: 330, face: 'sansBold', size: 12, color: ink, spacing: 0.4 });
}

/** The signed bytes travel inside the file: anyone can check the signature without us. */
function attachProof(doc: Doc, payload: Certificate, signature: CertificateSignature): void {
  const at = new Date(payload.allocatedAt);
  const dates = { creationDate: at, modifiedDate: at, type: 'application/json' };
  doc.file(Buffer.from(canonicalPayload(payload)), { ...dates, name: 'certificate.json' });
  doc.file(Buffer.from(`${JSON.stringify(signature)}\n`), { ...dates, name: 'signature.json' });
}
