import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a script before, inside and instead of the table',
  make: () =>
    Buffer.from(
      `<html><script>throw 1</script><table><tr><td>学号<script>document.write('x')</script></td><td onclick="x()">姓名</td></tr></table><iframe src="file:///etc/passwd"></iframe></html>`,
    ),
  kind: 'students',
  faults: ['1 column_missing'],
};
