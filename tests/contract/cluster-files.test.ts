import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../bin/lib/host.mjs';
import { resolveTemporalCli } from '../../bin/lib/resolve-temporal.mjs';

const compose = read('docker-compose.yml');

function read(file: string): string {
  return readFileSync(join(projectRoot, file), 'utf8');
}

function all(pattern: RegExp, text = compose): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

test('every file the compose file mounts or builds from is there', () => {
  const files = [
    ...all(/- \.\/(\S+?):/g),
    ...all(/dockerfile: (\S+?) /g),
    ...all(/"\/scripts\/(\S+?)"/g).map((name) => `docker/${name}`),
  ];

  expect(files.length).toBeGreaterThan(4);
  expect(files.filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
});

test('every command of a container is one of our entries', () => {
  const entries = all(/"dist\/bin\/(\S+?)\.js"/g);

  expect(new Set(entries)).toEqual(new Set(['migrate', 'signer', 'api', 'worker']));
  expect(entries.filter((name) => !existsSync(join(projectRoot, `bin/${name}.ts`)))).toEqual([]);
});

test('the cluster runs the server version that the embedded mode runs', async () => {
  const { serverVersion } = await resolveTemporalCli();

  expect(new Set(all(/\$\{TEMPORAL_VERSION:-([\d.]+)\}/g))).toEqual(new Set([serverVersion]));
  expect(read('docs/operations-cluster.md')).toContain(`server@v${serverVersion}`);
});

test('every variable the compose file asks for stands in the example', () => {
  const asked = new Set(all(/\$\{([A-Z_]+):\?/g));
  const example = new Set(all(/^([A-Z_]+)=/gm, read('.env.example')));

  expect([...asked].filter((name) => !example.has(name))).toEqual([]);
});

test('the scripts of the containers are sound shell and may be run', () => {
  const scripts = readdirSync(join(projectRoot, 'docker')).filter((name) => name.endsWith('.sh'));

  for (const name of scripts) {
    const path = join(projectRoot, 'docker', name);
    expect(() => execFileSync('sh', ['-n', path])).not.toThrow();
    expect(statSync(path).mode & 0o100).toBe(0o100);
  }
});

test('history shards are fixed before the first start', () => {
  expect(compose).toContain('NUM_HISTORY_SHARDS: "512"');
});
