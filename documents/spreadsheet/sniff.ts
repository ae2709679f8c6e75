import { decode } from './decode.ts';

export type FileType = 'zip' | 'compound' | 'html' | 'csv';

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const HEAD = 4096;
// what no text file holds; tab, line feed, form feed and return may stand in CSV
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f]/;
const MARKUP = /^\s*(<!doctype html|<html|<head|<meta|<body|<table|<style|<!--)/i;

/** What a file is by its bytes. The name is not asked: Chinese systems call HTML tables `.xls`. */
export function sniff(bytes: Buffer): FileType | undefined {
  if (bytes.subarray(0, 4).equals(ZIP)) return 'zip';
  if (bytes.subarray(0, 8).equals(COMPOUND)) return 'compound';
  const head = decode(bytes.subarray(0, HEAD));
  if (CONTROL.test(head)) return undefined;
  if (MARKUP.test(head)) return 'html';
  return /^\s*</.test(head) || head.startsWith('%PDF') ? undefined : 'csv';
}
