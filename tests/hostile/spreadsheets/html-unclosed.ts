import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '10 MB of opened tags',
  make: () => Buffer.from(`<html><table>${'<script><td><!--'.repeat(600_000)}`),
  kind: 'students',
  faults: ['1 headers_not_found'],
};
